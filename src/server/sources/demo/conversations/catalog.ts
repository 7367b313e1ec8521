import { type Block, type Conversation, runChat, type Setting } from './conversation.js';
import { pickImage } from './material.js';

const SYSTEM =
  'You write product data from a supplier’s sheet and a photo. Return JSON with title (at most 60 characters), description (two sentences, no superlatives), colour, material, weight_g and warnings. Leave out what neither sheet nor photo tells. Weights are grams, lengths millimetres.';

const THINGS = [
  'garden chair',
  'enamel pot',
  'watering can',
  'chopping board',
  'pruning saw',
  'glass teapot',
  'picnic blanket',
  'herb planter',
];
const COLOURS = ['slate', 'cream', 'moss green', 'terracotta', 'navy', 'natural'];
const MATERIALS = ['steel', 'enamelled iron', 'beech', 'borosilicate glass', 'cotton', 'clay'];

const THOUGHTS = [
  'The sheet says pounds, so I convert.',
  'The photo shows the darker variant.',
  'There is no care advice, so none goes in.',
];

/** Product data from sheets and photos. */
export function writeCatalogEntry(setting: Setting): Conversation {
  const { random } = setting;
  const thing = random.pick(THINGS);
  const colour = random.pick(COLOURS);
  const material = random.pick(MATERIALS);
  const grams = random.integer(120, 8200);
  const image: Block = { type: 'image', mediaType: 'image/png', base64: pickImage(random) };
  return {
    system: SYSTEM,
    tools: [],
    turns: runChat(setting, {
      ask: (_index, chars) => {
        const rows = Array.from(
          { length: Math.min(40, Math.max(3, Math.floor(chars / 42))) },
          (_, row) => `variant ${row + 1};${random.pick(MATERIALS)};${random.integer(1, 9999)};${random.pick(COLOURS)}`,
        );
        return {
          role: 'user',
          blocks: [
            {
              type: 'text',
              text: `name;${thing}\nsupplier;S-${random.integer(100, 999)}\nprice;1.10\nean;${random.integer(1_000_000, 9_999_999)}${random.integer(100_000, 999_999)}\n${rows.join('\n')}`,
            },
            image,
          ],
        };
      },
      answer: () =>
        JSON.stringify(
          {
            title: `${thing.charAt(0).toUpperCase()}${thing.slice(1)}, ${colour}`,
            description: `A ${thing} of ${material} for everyday use. It is ${colour} and weighs ${(grams / 1000).toFixed(1)} kg.`,
            colour,
            material,
            weight_g: grams,
            warnings: random.chance(0.2) ? ['Photo and sheet disagree on the colour.'] : [],
          },
          null,
          2,
        ),
      thoughts: THOUGHTS,
    }),
  };
}
