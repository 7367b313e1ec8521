import { type Conversation, fill, runChat, say, type Setting } from './conversation.js';

const SYSTEM =
  'You answer questions about our documentation from the passages given and from nothing else. Cite passages as [1], [2]. If they do not hold the answer, say so and name the page that comes closest. Use short paragraphs and the words of the documentation.';

const QUESTIONS = [
  'How do I rotate an API key without downtime?',
  'What does error 4031 mean when I create a webhook?',
  'Can two shops share one warehouse?',
  'Why is the total on the invoice one cent higher than the sum of its lines?',
  'Is there a limit on how many products an import may have?',
  'How long are deleted customers kept, and where?',
  'Does the search find “café” when I type “cafe”?',
];

const PASSAGES = [
  'Keys. A shop can have up to five active keys. A new key works as soon as it is shown; the old one goes on working until it is revoked. Revoke it after the last client has changed over.',
  'Webhooks. The address must answer to a test call within five seconds. Error 4031 says that it did not, or that its certificate is not trusted. The test call is repeated twice.',
  'Warehouses. Stock belongs to a warehouse, a warehouse to any number of shops. Reservations are kept per shop, so that one shop can not sell what another has in its carts.',
  'Rounding. Tax is computed on the total of each tax rate and rounded half up. Lines show rounded figures of their own, whose sum can differ from the total by one unit per rate.',
  'Imports. A file may have 200,000 rows and 500 MB. Rows are checked before the first is written; a file with errors writes nothing and returns the first 1,000 of them.',
  'Deletion. Deleted customers are kept for 30 days, hidden from searches and exports. After that their orders remain, with the name replaced. Accounting laws keep invoices for ten years.',
  'Search. Words are folded: accents, case and ß make no difference. Quotation marks ask for the exact form. A minus before a word leaves it out.',
  'Limits. 40 calls a second for each key, with bursts of 120. An answer with 429 carries Retry-After. Limits are per key, not per shop.',
  'Time. All times are UTC and carry a Z. Reports use the zone of the shop, and a day there may have 23 or 25 hours.',
];

const ANSWERS = [
  'Make a second key, change your clients over to it and revoke the first when none uses it any more [1].',
  'Both keys work in the meantime, and a shop can have up to five [1].',
  'The test call has five seconds and is repeated twice [2].',
  'Tax is rounded once per rate and not per line, so the total can differ by one unit [4].',
  'Such an import writes nothing; you get the first 1,000 errors instead [5].',
  'The passages do not say what happens to drafts; the page “Deletion” comes closest [6].',
  'Yes: accents make no difference unless you use quotation marks [7].',
];

const THOUGHTS = [
  'Passage 1 answers this directly.',
  'Two passages touch it; the second is about reports and does not apply.',
  'I must not promise what is not there.',
];

/** Answers from found passages: long questions, short answers. */
export function writeDocsSearch(setting: Setting): Conversation {
  const { random } = setting;
  return {
    system: SYSTEM,
    tools: [],
    turns: runChat(setting, {
      ask: (index, chars) => {
        const numbered = fill(random, PASSAGES, chars, '\u0000')
          .split('\u0000')
          .map((passage, place) => `[${place + 1}] ${passage}`);
        const question = random.pick(QUESTIONS);
        return say(
          index === 0
            ? `Passages:\n\n${numbered.join('\n\n')}\n\nQuestion: ${question}`
            : `${question}\n\n${numbered.join('\n\n')}`,
        );
      },
      answer: (_index, chars) => fill(random, ANSWERS, chars),
      thoughts: THOUGHTS,
    }),
  };
}
