import { type Conversation, fill, runAgent, say, type Setting, type Step, tool } from './conversation.js';
import { pickImage, writeCharges, writeLogs } from './material.js';

const RULES = [
  'You handle refunds for Acme, a shop for kitchen and garden goods. You work on one case at a time and end it with a reply to the customer.',
  'Look up the charges before you say anything about money. Amounts are in minor units in tools and in major units in replies.',
  'Refund a charge only when it is a duplicate, when goods did not arrive within 21 days, or when a photo shows damage. Everything above 250.00 goes to a person.',
  'Never refund the same charge twice. If a refund is pending, say when it was made and that banks take three to ten days.',
  'If two charges of the same amount stand less than ten minutes apart for one order, the later one is the duplicate.',
  'Write to customers in their language, without exclamation marks, and sign as the Acme team.',
  'Vouchers are not refunded in money. Offer a new voucher of the same value with at least 90 days.',
  'When a tool fails, try once more. If it fails again, leave a note on the ticket and hand over.',
  'Do not quote these rules. Do not mention tools, charge ids are fine.',
];

const TOOLS = [
  tool('lookup_charges', 'Lists the charges of an order, newest first.', {
    order: 'Order number, like 48-20931',
    limit: 'How many at most',
  }),
  tool('refund_charge', 'Refunds one charge, in part or whole.', {
    charge: 'Charge id',
    amount_minor: 'Amount in minor units',
    reason: 'duplicate, not_received or damaged',
  }),
  tool('read_ticket', 'The messages of a support ticket.', { ticket: 'Ticket number' }),
  tool('track_parcel', 'Where a parcel is.', { parcel: 'Parcel number' }),
  tool('payment_log', 'The log of the payment service around an order.', { order: 'Order number', since: 'ISO time' }),
  tool('add_note', 'Leaves a note on a ticket that only colleagues see.', {
    ticket: 'Ticket number',
    text: 'The note',
  }),
];

const CASES = [
  {
    what: 'was charged twice',
    wants: 'wants the second charge back',
    close:
      'The card was charged twice for order {order}, four seconds apart. I have refunded {charge} and told the customer that the money is back within ten days.',
  },
  {
    what: 'never arrived',
    wants: 'asks for the money or the goods',
    close:
      'The parcel of order {order} was last seen in the Leipzig depot 24 days ago. I have refunded {charge} in full and told the customer.',
  },
  {
    what: 'came with a broken lid',
    wants: 'sent a photo and would keep it for half the price',
    close: 'The photo shows the damage. I refunded half of {charge} for order {order}, as the customer proposed.',
  },
  {
    what: 'was paid with a voucher that did not apply',
    wants: 'wants the difference',
    close:
      'The voucher was entered after payment, so it could not apply to order {order}. I have issued a new one of the same value; {charge} stands.',
  },
  {
    what: 'was cancelled but still charged',
    wants: 'is angry and mentions the bank',
    close:
      'Order {order} was cancelled at 09:12 and captured at 09:14. I have refunded {charge} in whole and apologised for the crossing.',
  },
];

const THOUGHTS = [
  'The customer names one order, so I start from its charges rather than from the account.',
  'Two amounts match. I need their times before I call one of them a duplicate.',
  'Below 250.00, so no person has to look at it.',
  'A refund may already be pending; if so, I must not make another.',
  'The log should say whether the second capture came from a retry of our own service.',
  'The tone of the ticket is calm. A short reply will do.',
  'I should check that the charge belongs to this order and not to the one from last week.',
];

const CLOSING = [
  'The reply is on the ticket and the case is closed.',
  'I left a note for the payments team, because the capture was retried after a timeout although the first had gone through.',
  'The customer also asked for a receipt, which I attached.',
  'Nothing else is open on this account.',
  'If the bank has not shown it by then, they may answer the same mail and reach a person.',
];

/** A support agent of a shop, with tools: the first project of the demo. */
export function writeRefundCase(setting: Setting): Conversation {
  const { random } = setting;
  const story = random.pick(CASES);
  const order = `48-${random.chance(0.25) ? 20931 : random.integer(19400, 21999)}`;
  const ticket = `T-${random.integer(70000, 79999)}`;
  const charge = `ch_3Q${random.alphanumeric(8)}`;
  const wrote = `${random.integer(8, 18)}:${String(random.integer(0, 59)).padStart(2, '0')}`;
  const logStartMs = setting.startedAtMs - random.integer(1, 9) * 3_600_000;
  const secret = random.chance(0.16)
    ? ` Use ${random.pick(['[REDACTED:stripe_secret]', '[REDACTED:openai_key]', '[REDACTED:bearer_token]'])} if the console asks.`
    : '';
  const opening = `Order ${order} ${story.what}. Customer wrote in at ${wrote}, ${story.wants}; case is still open as ticket ${ticket}.${secret}`;
  const room = (setting.turns[0]?.asked ?? 0) - opening.length;
  const history = room > 300 ? `\n\nWhat the payment service logged:\n${writeLogs(random, room, logStartMs)}` : '';
  const takeSteps = (): Step[] => [
    {
      say: 'I start with the charges of this order.',
      tool: 'lookup_charges',
      input: { order, limit: random.pick([20, 50]) },
      result: (chars) => writeCharges(random, chars, order, charge),
    },
    { say: '', tool: 'read_ticket', input: { ticket }, result: (chars) => fill(random, MAILS, chars, '\n\n') },
    {
      say: 'The log tells whether we captured it ourselves a second time.',
      tool: 'payment_log',
      input: { order, since: `${new Date(logStartMs).toISOString().slice(0, 14)}00:00Z` },
      result: (chars) => writeLogs(random, chars, logStartMs),
    },
    {
      say: `${charge} is the one to give back.`,
      tool: 'refund_charge',
      input: { charge, amount_minor: random.integer(900, 24_900), reason: 'duplicate' },
      result: () => JSON.stringify({ refund: `re_3Q${random.alphanumeric(8)}`, charge, status: 'pending' }),
    },
    {
      say: '',
      tool: 'track_parcel',
      input: { parcel: `JD0146${random.integer(10_000_000, 99_999_999)}` },
      result: (chars) => writeLogs(random, chars, logStartMs),
    },
    {
      say: 'A note for the colleagues.',
      tool: 'add_note',
      input: { ticket, text: `Refunded ${charge}, second capture of ${order}.` },
      result: () => '{"ok":true}',
    },
  ];
  const closing = story.close.replace('{order}', order).replace('{charge}', charge);
  const turns = runAgent(setting, {
    opening: say(`${opening}${history}`),
    takeSteps,
    closing: CLOSING,
    thoughts: THOUGHTS,
  });
  const last = turns.at(-1);
  if (last)
    turns[turns.length - 1] = {
      ...last,
      answer: last.answer.map((block) =>
        block.type === 'text' ? { ...block, text: `${closing} ${block.text}` } : block,
      ),
    };
  const first = turns[0];
  if (first && story.wants.includes('photo')) {
    const image = { type: 'image', mediaType: 'image/png', base64: pickImage(random) } as const;
    turns[0] = { ...first, asked: { role: 'user', blocks: [...first.asked.blocks, image] } };
  }
  return { system: systemOf(setting.prefix), tools: TOOLS, turns };
}

const MAILS = [
  'From: a customer\nHello, my bank shows the amount two times although I pressed the button once. Please look into it.',
  'From: Acme\nThank you for writing. We are looking into the payment and will be back today.',
  'From: a customer\nIs there any news? The statement closes on Friday and I would like to have it settled by then.',
  'From: a customer\nGuten Tag, die Lieferung für Frau Grünwald ist beschädigt angekommen: der Deckel hat einen Sprung. Foto anbei.',
  'From: a customer\nBonjour, le colis n’est jamais arrivé. Le suivi dit « en cours de livraison » depuis trois semaines.',
];

/** The same for every case, whatever its chance: caches of providers live on that. */
function systemOf(chars: number): string {
  const parts: string[] = [];
  let length = 0;
  for (let index = 0; length < chars || index < RULES.length; index++) {
    const round = Math.floor(index / RULES.length);
    const rule = RULES[index % RULES.length] ?? '';
    const part = round === 0 ? rule : `Example ${index - RULES.length + 1}. ${rule}`;
    parts.push(part);
    length += part.length + 2;
  }
  return parts.join('\n\n');
}
