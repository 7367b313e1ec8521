import { type Conversation, runAgent, say, type Setting, type Step, tool } from './conversation.js';
import { writeCode, writeLogs } from './material.js';

const SYSTEM = [
  'You are a coding assistant inside an editor. You work in the folder that is open and change only what the task needs.',
  'Read before you edit. Run the tests after each change and report what they said, also when they fail.',
  'Keep the style of the file you are in: its quotes, its names, its way of handling errors.',
  'Do not add dependencies. Do not rename public functions. Ask when a task can be read in two ways.',
  'Answer in at most five sentences unless you were asked to explain.',
];

const TOOLS = [
  tool('read_file', 'Reads a file, with line numbers.', {
    path: 'Relative to the open folder',
    limit: 'Lines at most',
  }),
  tool('search_code', 'Searches the folder with a regular expression.', {
    pattern: 'The expression',
    glob: 'Which files',
  }),
  tool('edit_file', 'Replaces one passage of a file.', {
    path: 'Relative to the open folder',
    old_text: 'As it stands now, unique',
    new_text: 'What comes in its place',
  }),
  tool('run_tests', 'Runs the tests and returns the last lines.', { filter: 'Only tests whose title has this' }),
  tool('list_folder', 'Names in a folder.', { path: 'Relative to the open folder' }),
];

const TASKS = [
  'The refund button can be pressed twice. Disable it while the request is out, and make the endpoint idempotent.',
  'Checkout shows the wrong currency for guests from Switzerland. Find out why before you change anything.',
  'Replace the hand-written retry in payments/client.ts by the one in lib/retry.ts, with a test for 429 and for 503.',
  'The nightly export takes 40 minutes. Read src/export and tell me what dominates; do not change it yet.',
  'Tests in cart.spec.ts fail one time in ten. I think it is the clock.',
  'Rename the column voucher_id to coupon_id everywhere, with a migration that can be rolled back.',
];

const FILES = [
  'src/payments/client.ts',
  'src/cart/cart.ts',
  'src/lib/retry.ts',
  'src/export/run.ts',
  'test/cart.spec.ts',
  'src/checkout/currency.ts',
];

const THOUGHTS = [
  'The function is called from two places, and only one of them passes a signal.',
  'I should look at the test first, it says what the author meant.',
  'The mutex is released in finally, so that is not it.',
  'The clock is read twice: once for the row and once for the key. They can fall on two sides of midnight.',
  'A unique index would make this impossible rather than unlikely.',
  'Small change, but it touches money, so a test that fails without it comes first.',
];

const CLOSING = [
  'The key is now made once and passed on, so that row and key agree.',
  'All 214 tests pass; the new one fails without the change.',
  'I left the public signature as it was.',
  'One thing I did not touch: the same pattern stands in src/export/run.ts, line 88.',
  'The migration can be rolled back: it copies, it does not rename.',
  'You may want to look at the retry in lib/retry.ts, which ignores Retry-After.',
];

/** A coding agent in an editor: long contexts that grow by files, logs and edits. */
export function writeCodingSession(setting: Setting): Conversation {
  const { random, turns } = setting;
  const path = random.pick(FILES);
  const startMs = setting.startedAtMs - random.integer(1, 9) * 3_600_000;
  const secret = random.chance(0.3)
    ? ' The key for staging is [REDACTED:anthropic_key], in case the tests want one.'
    : '';
  const change = writeCode(random, 240).replace(/^ *\d+→/gm, '');
  const task = `${random.pick(TASKS)}${secret}`;
  // What the editor sends along: the file that is open.
  const opening = `${task}\n\nOpen file ${path}:\n${writeCode(random, (turns[0]?.asked ?? 0) - task.length)}`;
  const takeSteps = (): Step[] => [
    {
      say: `I read ${path} first.`,
      tool: 'read_file',
      input: { path, limit: 400 },
      result: (chars) => writeCode(random, chars),
    },
    {
      say: '',
      tool: 'search_code',
      input: { pattern: `${random.pick(['retry', 'refund', 'voucher', 'currency'])}\\(`, glob: 'src/**/*.ts' },
      result: (chars) => writeCode(random, chars, random.integer(20, 300)),
    },
    {
      say: 'Now the test that covers it.',
      tool: 'read_file',
      input: { path: 'test/cart.spec.ts', limit: 200 },
      result: (chars) => writeCode(random, chars),
    },
    {
      say: 'This is the change.',
      tool: 'edit_file',
      input: { path, old_text: change.split('\n')[0] ?? '', new_text: change },
      result: () => `Edited ${path}: 1 passage replaced.`,
    },
    {
      say: '',
      tool: 'run_tests',
      input: { filter: random.pick(['cart', 'refund', 'retry']) },
      result: (chars) => `${writeLogs(random, chars, startMs)}\n\nTests: ${random.integer(120, 240)} passed`,
    },
  ];
  return {
    system: `${SYSTEM.join('\n')}\n\nThe open folder:\n\n${writeTree(setting.prefix - 600)}`,
    tools: TOOLS,
    turns: runAgent(setting, {
      opening: say(opening),
      takeSteps,
      closing: CLOSING,
      thoughts: THOUGHTS,
    }),
  };
}

function writeTree(chars: number): string {
  const lines: string[] = [];
  for (let length = 0, index = 0; length < chars; index++) {
    const file = FILES[index % FILES.length] ?? '';
    const line = index < FILES.length ? file : file.replace('.ts', `-${Math.floor(index / FILES.length)}.ts`);
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join('\n');
}
