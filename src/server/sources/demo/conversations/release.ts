import { type Conversation, fill, runChat, say, type Setting } from './conversation.js';

const SYSTEM =
  'You write release notes for the people who use the shop software, not for those who build it. Group into New, Better and Fixed. One line for each change, what somebody notices first. Leave out what nobody notices. No marketing.';

const COMMITS = [
  'checkout: hold the order number before the payment starts (#4812)',
  'refunds: refuse a second refund of the same charge (#4790)',
  'search: fold accents in product names (#4826)',
  'admin: remember the columns of the order table per person (#4801)',
  'export: stream rows instead of keeping them, 40 min to 3 (#4833)',
  'fix: totals of mixed tax rates were off by one cent (#4779)',
  'deps: update 14 packages (#4841)',
  'test: no more sleeping in cart.spec (#4822)',
  'fix: “Save” was disabled after a failed upload (#4838)',
  'ci: run migrations against a copy of production (#4809)',
];

const NOTES = [
  '## New',
  '- The order table remembers which columns you chose, on every machine.',
  '- Searching for “cafe” also finds “café”.',
  '## Better',
  '- Exports of large shops take minutes instead of most of an hour.',
  '- An order keeps its number when a payment has to be tried again.',
  '## Fixed',
  '- A charge can no longer be refunded twice.',
  '- Totals with several tax rates are right to the cent.',
  '- “Save” works again after an upload that failed.',
];

const THOUGHTS = [
  'Dependency updates and test changes are nothing that anybody notices.',
  'The export change is the one that people will feel, so it comes high.',
  'Two commits are one change; I join them.',
];

/** Release notes from a list of commits: one long answer, then corrections. */
export function writeReleaseNotes(setting: Setting): Conversation {
  const { random } = setting;
  return {
    system: SYSTEM,
    tools: [],
    turns: runChat(setting, {
      ask: (index, chars) =>
        index === 0
          ? say(
              `Changes since 8.${random.integer(2, 40)}:\n\n${fill(
                random,
                COMMITS.map((line) => `${random.hex(9)} ${line}`),
                chars,
                '\n',
              )}`,
            )
          : say(
              random.pick([
                'Shorter, please. Nobody reads more than ten lines.',
                'Put the fix of the totals first.',
                'Now in German as well, für die Kolleginnen in Köln.',
              ]),
            ),
      answer: (_index, chars) => fill(random, NOTES, chars, '\n'),
      thoughts: THOUGHTS,
    }),
  };
}
