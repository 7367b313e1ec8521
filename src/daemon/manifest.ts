import { getJson } from './get.js';
import type { Shape } from './shape.js';

/** What the gallery shows of the custom-elements manifest, in the words of its schema. */

export interface ManifestType {
  readonly text: string;
}

export interface ManifestItem {
  readonly name: string;
  readonly description?: string;
}

/** An attribute, or a field of a class. `default` is an expression: `'desc'`, `false`. */
export interface ManifestValue extends ManifestItem {
  readonly type: ManifestType;
  readonly default?: string;
  /** The field's attribute, where it has one. */
  readonly attribute?: string;
}

export interface ManifestEvent extends ManifestItem {
  readonly type: ManifestType;
}

/** `syntax` is CSS's own name of a kind of value: `<color>`, `<length>`, or `*`. */
export interface ManifestProperty extends ManifestItem {
  readonly default?: string;
  readonly syntax?: string;
}

export interface ManifestClass extends ManifestItem {
  readonly tagName?: string;
  readonly summary?: string;
  readonly members: readonly ManifestValue[];
  readonly attributes?: readonly ManifestValue[];
  readonly events?: readonly ManifestEvent[];
  readonly slots?: readonly ManifestItem[];
  readonly cssParts?: readonly ManifestItem[];
  readonly cssProperties?: readonly ManifestProperty[];
}

export interface Manifest {
  readonly modules: readonly { readonly declarations: readonly ManifestClass[] }[];
}

const text = ['!', 's'] as const;
const itemShape = { name: 's', description: text } as const;
const valueShape = { ...itemShape, type: { text: 's' }, default: text, attribute: text } as const;

const manifestShape: Shape<Manifest> = {
  modules: [
    {
      declarations: [
        {
          ...itemShape,
          tagName: text,
          summary: text,
          members: [valueShape],
          attributes: ['!', [valueShape]],
          events: ['!', [{ ...itemShape, type: { text: 's' } }]],
          slots: ['!', [itemShape]],
          cssParts: ['!', [itemShape]],
          cssProperties: ['!', [{ ...itemShape, default: text, syntax: text }]],
        },
      ],
    },
  ],
};

/** `GET /custom-elements.json` */
export function readManifest(origin: string, signal: AbortSignal): Promise<Manifest> {
  return getJson<Manifest>(origin, '/custom-elements.json', manifestShape, signal);
}
