/** Which colour a series wears: names of classes in the style sheet, from which the picture takes them too. */

export type SplitBy = 'none' | 'project' | 'provider' | 'model' | 'status';

/** What there is in the whole database, so that a filter never changes a colour. */
export interface KnownKeys {
  /** Providers, by first call. */
  readonly providers: readonly (string | null)[];
  /** Projects, dearest first. */
  readonly projects: readonly (string | null)[];
  /** Models with the provider that most of their calls went to, those with the most calls first. */
  readonly models: readonly { readonly model: string | null; readonly provider: string | null }[];
}

const NAMED = ['anthropic', 'openai', 'gemini', 'xai'];
const COLOURS = 8;
/** Lightnesses of one colour, for models of one provider. */
const TONES = 3;
const OTHER = 'series-other';

function colourProvider(provider: string | null, { providers }: KnownKeys): string {
  const named = NAMED.indexOf(provider ?? '');
  if (named >= 0) return `series-${named + 1}`;
  const place = providers.filter((known) => known !== null && !NAMED.includes(known)).indexOf(provider);
  const colour = NAMED.length + 1 + place;
  return place >= 0 && colour <= COLOURS ? `series-${colour}` : OTHER;
}

function colourModel(model: string | null, known: KnownKeys): string {
  const entry = known.models.find((one) => one.model === model);
  if (entry === undefined) return OTHER;
  const tone = known.models.filter(({ provider }) => provider === entry.provider).indexOf(entry) % TONES;
  return `${colourProvider(entry.provider, known)} tone-${tone}`;
}

/** The class names of a series. */
export function findColour(by: SplitBy, key: string | null, known: KnownKeys): string {
  if (by === 'none') return 'plain';
  if (by === 'provider') return colourProvider(key, known);
  if (by === 'model') return colourModel(key, known);
  if (by === 'status') return key === 'success' ? 'plain' : key === 'error' ? 'failed' : OTHER;
  const place = key === null ? -1 : known.projects.indexOf(key);
  return place >= 0 && place < COLOURS ? `series-${place + 1}` : OTHER;
}

/** Of the tail. */
export const TAIL_COLOUR = OTHER;
