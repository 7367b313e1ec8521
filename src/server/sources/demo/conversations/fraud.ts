import { type Conversation, runAgent, say, type Setting, type Step, tool } from './conversation.js';
import { writeCharges, writeLogs } from './material.js';

const SYSTEM = [
  'You review payments that a rule has held back. Decide: release, hold or reject, with the two facts that decided it.',
  'A new device alone is no reason to reject. A new device, a new address and a first order above 400 together are.',
  'Look at the history of the device before you decide about anything above 150.',
  'Never decide from a name, a language or a country of birth.',
  'End with a line of the form DECISION: release, confidence 0.92.',
];

const TOOLS = [
  tool('device_history', 'What a device has done here before.', { device: 'Device id', limit: 'Events at most' }),
  tool('card_charges', 'Charges of a card in the last 90 days.', { card: 'Card fingerprint' }),
];

const THOUGHTS = [
  'The amount is above 150, so I need the history first.',
  'Three orders from this device in two years, all paid. That weighs more than the new address.',
  'The address differs from the last one by a street number. It may be a move.',
  'Two cards on one device within an hour. That is the pattern that the rule was made for.',
  'The basket is gift cards only, which is easily turned into money.',
];

const CLOSING = [
  'The device has bought here since 2024 and every charge was settled.',
  'The address is new, but the mail domain and the phone number are not.',
  'Two cards failed on this device within the hour before.',
  'The basket holds gift cards only.',
];

/** Reviewing held payments, with much thought and two tools. */
export function writeFraudReview(setting: Setting): Conversation {
  const { random } = setting;
  const device = `dev_${random.hex(12)}`;
  const card = `card_${random.hex(10)}`;
  const startMs = setting.startedAtMs - random.integer(1, 9) * 3_600_000;
  const payment = {
    id: `pay_${random.alphanumeric(14)}`,
    amount: random.integer(2000, 89_900) / 100,
    currency: random.pick(['EUR', 'GBP']),
    device,
    card,
    rule: random.pick(['velocity-3', 'new-address', 'gift-cards', 'two-cards']),
    account_age_days: random.integer(0, 1400),
    basket: Array.from({ length: random.integer(1, 5) }, () => ({
      sku: `KIT-${random.integer(1000, 9999)}`,
      quantity: random.integer(1, 4),
    })),
  };
  const takeSteps = (): Step[] => [
    {
      say: '',
      tool: 'device_history',
      input: { device, limit: 50 },
      result: (chars) => writeLogs(random, chars, startMs),
    },
    {
      say: 'The device is known. Now the card.',
      tool: 'card_charges',
      input: { card },
      result: (chars) => writeCharges(random, chars, payment.id, `ch_3Q${random.alphanumeric(8)}`),
    },
  ];
  const decision = random.weighted([
    ['release', 7],
    ['hold', 2],
    ['reject', 1],
  ]);
  const turns = runAgent(setting, {
    opening: say(`Held payment:\n\n${JSON.stringify(payment, null, 2)}`),
    takeSteps,
    closing: CLOSING,
    thoughts: THOUGHTS,
  });
  const last = turns.at(-1);
  if (last) {
    const line = `DECISION: ${decision}, confidence ${(random.integer(61, 98) / 100).toFixed(2)}`;
    turns[turns.length - 1] = { ...last, answer: [...last.answer, { type: 'text', text: line }] };
  }
  return { system: SYSTEM.join('\n'), tools: TOOLS, turns };
}
