import { type Conversation, fill, runChat, say, type Setting } from './conversation.js';

const SYSTEM = [
  'You sort messages to the support of a shop. Answer with one JSON object and nothing else: {"queue", "urgency", "language", "summary"}.',
  'Queues: payments, delivery, returns, account, product, press, spam. Urgency: 1 (can wait) to 4 (somebody must look now).',
  'A message that names a lawyer, a newspaper or an injury has urgency 4 and goes to a person, whatever else it says.',
  'The summary is one English sentence of at most 25 words, without names and numbers of people.',
  'If a second message follows, draft a reply in the language of the first.',
];

const MESSAGES = [
  'Hi, I ordered the cast-iron pan on Monday and the tracking has not moved since. I need it for a birthday on Saturday. Is there any chance?',
  'Bonjour, je voudrais renvoyer deux chaises de jardin, mais le formulaire refuse mon code postal (67000). Que faire ?',
  'Guten Tag, auf der Rechnung fehlt unsere USt-IdNr. Können Sie sie bitte neu ausstellen? Bestellung liegt bei, Frau Grünwald.',
  'You charged me twice!!! I want my money back today or I will call my bank.',
  'The lid of the kettle gets so hot that my daughter burned her hand. I am not asking for money, I want you to know it.',
  'Hello, this is about SEO for your website. We can bring you to the first page of Google in 30 days.',
  'Can I change the delivery address? I moved last week. The order was sent to the old flat, I think it is still in your warehouse.',
  '¿Tienen la batidora en color verde? En la web sólo aparece en rojo y en blanco.',
  'My password reset mail never arrives. I checked spam. Same with my colleague, both of us use Outlook.',
];

const SORTED = [
  '{"queue":"delivery","urgency":2,"language":"en","summary":"Parcel has not moved since Monday; customer needs it by Saturday."}',
  '{"queue":"returns","urgency":1,"language":"fr","summary":"Return form rejects a valid postcode for two garden chairs."}',
  '{"queue":"payments","urgency":2,"language":"de","summary":"Customer asks for a corrected invoice with VAT number."}',
  '{"queue":"payments","urgency":3,"language":"en","summary":"Customer reports a double charge and threatens a chargeback."}',
  '{"queue":"product","urgency":4,"language":"en","summary":"Kettle lid became hot enough to burn a child."}',
  '{"queue":"spam","urgency":1,"language":"en","summary":"Unsolicited offer of search engine services."}',
  '{"queue":"delivery","urgency":2,"language":"en","summary":"Customer wants to change the delivery address of a running order."}',
  '{"queue":"product","urgency":1,"language":"es","summary":"Customer asks whether a blender exists in green."}',
  '{"queue":"account","urgency":2,"language":"en","summary":"Password reset mails do not reach two customers on one mail provider."}',
];

const DRAFT = [
  'Thank you for writing, and sorry for the wait.',
  'We have passed this to the colleague who can change it, and you will hear from us by tomorrow evening.',
  'You do not have to do anything in the meantime.',
  'If it should not fit, you can answer this mail and reach a person.',
  'Kind regards, the Acme team',
];

const THOUGHTS = [
  'There is a date in it, so urgency is at least 2.',
  'No lawyer, no newspaper, no injury.',
  'The language is plain from the first words.',
];

/** Sorting mail: short calls, JSON answers, sometimes a draft of a reply. */
export function writeTriage(setting: Setting): Conversation {
  const { random } = setting;
  const which = random.integer(0, MESSAGES.length - 1);
  const message = MESSAGES[which] ?? '';
  const secret = random.chance(0.03) ? '\n\nPS: my token is [REDACTED:jwt]' : '';
  return {
    system: `${SYSTEM.join('\n')}\n\nExamples:\n${writeExamples(setting.prefix - 800)}`,
    tools: [],
    turns: runChat(setting, {
      ask: (index, chars) =>
        index === 0
          ? say(`${message}${secret}${chars > 1500 ? `\n\n> ${fill(random, MESSAGES, chars, '\n> ')}` : ''}`)
          : say('Draft the reply, please.'),
      answer: (index, chars) => (index === 0 ? (SORTED[which] ?? '') : fill(random, DRAFT, chars)),
      thoughts: THOUGHTS,
    }),
  };
}

function writeExamples(chars: number): string {
  const lines: string[] = [];
  for (let length = 0, index = 0; length < chars; index++) {
    const line = `${MESSAGES[index % MESSAGES.length] ?? ''}\n=> ${SORTED[index % SORTED.length] ?? ''}`;
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join('\n');
}
