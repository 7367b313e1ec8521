import type {
  Manifest,
  ManifestClass,
  ManifestItem,
  ManifestProperty,
  ManifestType,
  ManifestValue,
} from '../daemon/manifest.js';

/** One element, as the gallery shows it. */
export interface ElementDocs {
  readonly tag: string;
  readonly summary: string;
  /** Paragraphs. */
  readonly description: readonly string[];
  readonly attributes: readonly ManifestValue[];
  /** Properties that no attribute sets, or that are of another type than their attribute. */
  readonly properties: readonly ManifestValue[];
  readonly events: readonly EventDocs[];
  readonly slots: readonly ManifestItem[];
  readonly parts: readonly ManifestItem[];
  /** Custom properties that this element alone heeds. */
  readonly ownProperties: readonly ManifestProperty[];
}

export interface EventDocs extends ManifestItem {
  readonly type: ManifestType;
  /** What the event carries. */
  readonly fields: readonly ManifestValue[];
}

export interface GalleryDocs {
  readonly elements: readonly ElementDocs[];
  /** Custom properties that every element heeds. */
  readonly tokens: readonly ManifestProperty[];
}

/** What stands in the manifest, sorted for the gallery: what all elements share once, the rest by element. */
export function readDocs(manifest: Manifest): GalleryDocs {
  const classes = manifest.modules.flatMap(({ declarations }) => declarations);
  const elements = classes.filter(({ tagName }) => tagName !== undefined);
  const drawn = elements.filter(({ cssParts }) => cssParts !== undefined);
  const isShared = (name: string): boolean =>
    drawn.every(({ cssProperties = [] }) => cssProperties.some((property) => property.name === name));
  return {
    elements: elements.map((element) => readElement(element, classes, isShared)),
    tokens: (drawn[0]?.cssProperties ?? []).filter(({ name }) => isShared(name)),
  };
}

function readElement(
  element: ManifestClass,
  classes: readonly ManifestClass[],
  isShared: (name: string) => boolean,
): ElementDocs {
  const { tagName = '', summary = '', description = '', attributes = [], members } = element;
  const isText = (field: ManifestValue): boolean =>
    attributes.some(({ name, type }) => name === field.attribute && type.text === field.type.text);
  return {
    tag: tagName,
    summary,
    description: description.split('\n\n'),
    attributes,
    properties: members.filter((field) => !isText(field)),
    events: (element.events ?? []).map((event) => ({
      ...event,
      fields: classes.find(({ name }) => name === event.type.text)?.members ?? [],
    })),
    slots: element.slots ?? [],
    parts: element.cssParts ?? [],
    ownProperties: (element.cssProperties ?? []).filter(({ name }) => !isShared(name)),
  };
}

/** The texts that a union of texts allows, `'asc' | 'desc'`; null of any other type. */
export function readUnion({ text }: ManifestType): string[] | null {
  const texts = text.split(' | ');
  return texts.every((one) => /^'[^']*'$/.test(one)) ? texts.map((one) => one.slice(1, -1)) : null;
}

/** What an attribute is while it is not set, as a text: `'desc'` is `desc`, and what has no default is nothing. */
export function readDefault({ default: expression = '' }: ManifestValue): string {
  return /^'.*'$/.test(expression) ? expression.slice(1, -1) : expression === '[]' ? '' : expression;
}

/** What stands between backticks in a description: names of values, most of the time. */
export function listQuoted(description = ''): string[] {
  return [...description.matchAll(/`([^`]+)`/g)].map(([, quoted]) => quoted!);
}

/** The two colours of `light-dark(a, b)`; null of any other value. */
export function readColors(value = ''): readonly [light: string, dark: string] | null {
  const [, light, dark] = /^light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)$/.exec(value) ?? [];
  return light === undefined ? null : [light, dark!];
}
