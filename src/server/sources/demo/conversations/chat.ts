import { type Conversation, fill, runChat, say, type Setting } from './conversation.js';

const QUESTIONS = [
  'Hello! Are you there?',
  'How do I get access to the staging cluster?',
  'Write a friendly mail that moves tomorrow’s meeting to Thursday.',
  'What is the difference between a process and a thread, in three sentences?',
  'Can you make this shorter without losing the numbers?',
  'Who do I ask about holidays in my first month?',
  'Give me a shell command that lists the ten largest files here.',
  'Is 3.11 larger than 3.9? I mean versions.',
  'Explain the joke about the two generals to my manager 🙂',
];

const ANSWERS = [
  'Yes, I am here. What would you like to do?',
  'Ask in #platform for the role “staging-read”; it is granted within the day and ends after 90.',
  'A process has memory of its own, threads share it. Switching between threads is cheaper, and a fault in one can take down all of them.',
  'find . -type f -printf "%s %p\\n" | sort -rn | head',
  'As versions, 3.11 comes after 3.9, because the parts are compared as whole numbers. As decimals it is the other way round.',
  'Your buddy knows; otherwise the people team, who answer within a day.',
  'Dear all, I have to move our meeting to Thursday, same time and room. Tell me if that does not work for you.',
  'Two generals can never be sure that the last messenger arrived, so they go on sending messengers until the war is over.',
  'Here is the shorter form; all four figures are still in it.',
];

const THOUGHTS = ['A greeting; a short answer will do.', 'They mean versions, not decimals.'];

/** Plain talk, as most first programs and bots have it. */
export function writeChat(setting: Setting): Conversation {
  const { random } = setting;
  const secret = random.chance(0.06)
    ? ` My key is ${random.pick(['[REDACTED:github_pat]', '[REDACTED:aws_access_key]', '[REDACTED:xai_key]', '[REDACTED:google_api_key]'])}.`
    : '';
  const offset = random.integer(0, QUESTIONS.length - 1);
  return {
    system: fill(
      random,
      [
        'You are a helpful assistant.',
        'Answer briefly.',
        'Say so when you do not know.',
        'You work for the people of Acme.',
      ],
      setting.prefix,
    ),
    tools: [],
    turns: runChat(setting, {
      ask: (index, chars) => {
        const question = QUESTIONS[(offset + index * 2) % QUESTIONS.length] ?? '';
        return say(
          `${question}${index === 0 ? secret : ''}${chars > 600 ? `\n\n${fill(random, ANSWERS, chars, '\n')}` : ''}`,
        );
      },
      answer: (_index, chars) => fill(random, ANSWERS, chars, '\n\n'),
      thoughts: THOUGHTS,
    }),
  };
}
