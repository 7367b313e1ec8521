import { type Conversation, fill, runChat, say, type Setting } from './conversation.js';

const SYSTEM = [
  'You grade answers. Compare the candidate with the reference and judge facts, not style.',
  'Give every rubric line 0, 1 or 2 points with a reason of one sentence, then the sum, then PASS or FAIL. 70 % passes.',
  'A candidate that claims something the reference contradicts fails, whatever its points.',
  'Length earns nothing. Missing units cost a point. A refusal where the reference answers is a FAIL.',
];

const TASKS = [
  'Explain why a transaction that only reads can still fail with a serialization error.',
  'A tank fills in 6 hours through one pipe and empties in 9 through another. Both are open. When is it full?',
  'Summarise the change log below in two sentences for people who do not program.',
  'Which of these four statements about HTTP caching are wrong, and why?',
  'Translate the paragraph into German. Keep the names of buttons in English.',
  'Write a regular expression for ISO dates between 1990 and 2049, and name one date that it wrongly accepts.',
];

const CANDIDATE = [
  'Snapshot isolation gives each transaction a consistent view, but the database must also guarantee that some serial order exists.',
  'A reader can be the pivot of a dangerous structure: it sees one write and misses another, so that no order explains both.',
  'The net rate is 1/6 − 1/9 = 1/18 of the tank per hour, so it is full after 18 hours.',
  'An answer with no-store may not be kept; one with no-cache may be kept, but not used before it was asked for again.',
  'Drücken Sie „Save“, bevor Sie das Fenster schließen; sonst gehen die Änderungen verloren.',
  'The expression accepts 2023-02-30, because it does not know how long months are.',
];

const GRADES = [
  '1. Names the cause: 2. It says that a reader can be the pivot.',
  '2. Gives an example: 1. There is one, but without the order of events.',
  '3. No false claim: 2. Nothing contradicts the reference.',
  '4. Units: 2. Hours are given.',
  '5. Keeps the names of buttons: 2. “Save” is unchanged.',
  'Sum: 9 of 10. PASS',
];

const THOUGHTS = [
  'The reference has three points; the candidate makes the first two.',
  'It says 18 hours, as the reference does.',
  'The wording differs, the claim is the same.',
  'Nothing in it contradicts the reference, so the sum decides.',
];

/** A judge of answers, at night: the same prompts again and again, with one model and another. */
export function writeEval(setting: Setting): Conversation {
  const { random } = setting;
  const task = random.pick(TASKS);
  const half = (chars: number): number => Math.max(0, chars - task.length) / 2;
  return {
    system: SYSTEM.join('\n'),
    tools: [],
    turns: runChat(setting, {
      ask: (_index, chars) =>
        say(
          `Task:\n${task}\n\nReference:\n${fill(random, CANDIDATE, half(chars))}\n\nCandidate:\n${fill(random, CANDIDATE, half(chars))}`,
        ),
      answer: (_index, chars) => fill(random, GRADES, chars, '\n'),
      thoughts: THOUGHTS,
    }),
  };
}
