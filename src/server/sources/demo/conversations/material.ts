import type { Random } from '../random.js';
import type { JsonObject } from './conversation.js';

/** What tools and files hold: text of any wanted length that looks like code, logs or records. */

const NAMES = [
  'amount',
  'currency',
  'charge',
  'refund',
  'ledger',
  'session',
  'cart',
  'voucher',
  'ticket',
  'customer',
  'shipment',
  'invoice',
];
const VERBS = [
  'load',
  'apply',
  'verify',
  'reserve',
  'release',
  'settle',
  'merge',
  'parse',
  'format',
  'retry',
  'collect',
  'schedule',
];

function upper(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function joinLines(chars: number, line: (index: number) => string): string {
  const lines: string[] = [];
  for (let length = 0, index = 0; length < chars || index === 0; index++) {
    const text = line(index);
    lines.push(text);
    length += text.length + 1;
  }
  return lines.join('\n');
}

/** TypeScript of a shop, numbered as agents' file readers number it. */
export function writeCode(random: Random, chars: number, firstLine = 1): string {
  let number = firstLine;
  return joinLines(chars, () => {
    const noun = random.pick(NAMES);
    const other = random.pick(NAMES);
    const verb = random.pick(VERBS);
    const body = random.pick([
      `export async function ${verb}${upper(noun)}(${other}: ${upper(other)}, signal: AbortSignal): Promise<${upper(noun)}> {`,
      `  const ${noun} = await this.#${other}s.${verb}(${other}Id, { signal });`,
      `  if (${noun}.state !== 'open') throw new ${upper(noun)}Error(\`${noun} \${${noun}.id} is \${${noun}.state}\`);`,
      `  // A ${noun} is written before its ${other}: a crash in between leaves a row that ${verb}s itself.`,
      `  await this.#db.run('UPDATE ${noun}s SET ${other}_id = ? WHERE id = ?', [${other}.id, ${noun}.id]);`,
      `  return { ...${noun}, ${other}At: this.#clock.now() };`,
      '}',
      '',
      `  for (const ${noun} of ${other}.${noun}s) total += ${noun}.amountMinor;`,
      `  log.info('${verb} ${noun}', { ${other}: ${other}.id, attempt });`,
    ]);
    return `${String(number++).padStart(5)}→${body}`;
  });
}

/** Lines of a service's log, one a second or so from `fromMs` (Unix milliseconds). */
export function writeLogs(random: Random, chars: number, fromMs: number): string {
  let atMs = fromMs;
  return joinLines(chars, () => {
    atMs += random.integer(40, 2400);
    const noun = random.pick(NAMES);
    const level = random.weighted([
      ['INFO ', 80],
      ['DEBUG', 12],
      ['WARN ', 6],
      ['ERROR', 2],
    ]);
    return `${new Date(atMs).toISOString()} ${level} ${random.pick(VERBS)}-${noun} ${noun}_${random.hex(8)} took=${random.integer(2, 980)}ms attempt=${random.integer(1, 3)}`;
  });
}

/** Charges of a payment provider, as its interface lists them: the one in question, and others of the same order. */
export function writeCharges(random: Random, chars: number, order: string, first: string): string {
  const charges: JsonObject[] = [];
  const amount = random.integer(900, 24_900) / 100;
  let length = 0;
  do {
    const charge: JsonObject = {
      id: charges.length === 0 ? first : `ch_3Q${random.alphanumeric(8)}`,
      amount: charges.length < 2 ? amount : random.integer(900, 38_900) / 100,
      currency: random.pick(['EUR', 'GBP', 'USD']),
      status: random.weighted([
        ['succeeded', 8],
        ['refunded', 1],
        ['failed', 1],
      ]),
      card: { brand: random.pick(['visa', 'mastercard', 'amex']), last4: String(random.integer(1000, 9999)) },
      metadata: { order, channel: random.pick(['web', 'app', 'phone']) },
    };
    charges.push(charge);
    length += JSON.stringify(charge).length;
  } while (length < chars);
  return JSON.stringify({ charges, has_more: random.chance(0.4) }, null, 2);
}

// Small pictures, and real ones: an orange disc, a blue sheet, a gradient.
const IMAGES = [
  'iVBORw0KGgoAAAANSUhEUgAAABgAAAAYCAIAAABvFaqvAAAAT0lEQVR42mP49vUTVRDDUDPoRoUSMiLZIDT9mIgogwiagtUsBvJMwTSLgWxT0MwazAaRYQqyWaMGkWLQME5H1Mxr1Mz91CyPqFlCDmThDwB8xt1evAqoqgAAAABJRU5ErkJggg==',
  'iVBORw0KGgoAAAANSUhEUgAAABgAAAAgCAIAAACHPC9vAAAALUlEQVR42mN4eO8GVRDDqEEkGyTrv4N4NGrQqEGjBo0aNGrQqEG0MWi0ysZEALea0VHRrQYPAAAAAElFTkSuQmCC',
  'iVBORw0KGgoAAAANSUhEUgAAACAAAAAQCAIAAAD4YuoOAAADsElEQVR42g3NoarqAAAA0Pdhq65YZhIGJlcsMwkHTK5YZhIGJlcsMw0GJlcsMwkDk8lkMplM93l+4Pz7C3wDn8A78Ao8A4/APXALXAOXwDlwCtSBY+AQ2Ad2gW1gE1gHVoFlYBGYB2aBaWASGAdGgWFgEPj3F/qGPqF36BV6hh6he+gWuoYuoXPoFKpDx9AhtA/tQtvQJrQOrULL0CI0D81C09AkNA6NQsPQIPwFkW/kE3lHXpFn5BG5R26Ra+QSOUdOkTpyjBwi+8guso1sIuvIKrKMLCLzyCwyjUwi48goMowMol8Q+8Y+sXfsFXvGHrF77Ba7xi6xc+wUq2PH2CG2j+1i29gmto6tYsvYIjaPzWLT2CQ2jo1iw9gg/gWJb+KTeCdeiWfikbgnbolr4pI4J06JOnFMHBL7xC6xTWwS68QqsUwsEvPELDFNTBLjxCgxTAySX5D6pj6pd+qVeqYeqXvqlrqmLqlz6pSqU8fUIbVP7VLb1Ca1Tq1Sy9QiNU/NUtPUJDVOjVLD1CD9BXz58ObFkwd3bly5cOZEzZEDe3Zs2bBmxZIFc2ZMmTBmxJCBX5D5Zj6Zd+aVeWYemXvmlrlmLplz5pSpM8fMIbPP7DLbzCazzqwyy8wiM8/MMtPMJDPOjDLDzCD7Bblv7pN75165Z+6Ru+duuWvukjvnTrk6d8wdcvvcLrfNbXLr3Cq3zC1y89wsN81NcuPcKDfMDfJfUPgWPoV34VV4Fh6Fe+FWuBYuhXPhVKgLx8KhsC/sCtvCprAurArLwqIwL8wK08KkMC6MCsPCoPgFpW/pU3qXXqVn6VG6l26la+lSOpdOpbp0LB1K+9KutC1tSuvSqrQsLUrz0qw0LU1K49KoNCwNyl9Q+VY+lXflVXlWHpV75Va5Vi6Vc+VUqSvHyqGyr+wq28qmsq6sKsvKojKvzCrTyqQyrowqw8qg+gWNb+PTeDdejWfj0bg3bo1r49I4N06NunFsHBr7xq6xbWwa68aqsWwsGvPGrDFtTBrjxqgxbAyaX9D6tj6td+vVerYerXvr1rq2Lq1z69SqW8fWobVv7Vrb1qa1bq1ay9aiNW/NWtPWpDVujVrD1qD9BZ1v59N5d16dZ+fRuXdunWvn0jl3Tp26c+wcOvvOrrPtbDrrzqqz7Cw6886sM+1MOuPOqDPsDLpf0Pv2Pr1379V79h69e+/Wu/YuvXPv1Kt7x96ht+/tetveprfurXrL3qI37816096kN+6NesPeoPcf6XVCLlT6e84AAAAASUVORK5CYII=',
];

/** A PNG in base64. */
export function pickImage(random: Random): string {
  return random.pick(IMAGES);
}
