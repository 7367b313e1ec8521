import type { BarsPaint } from '../controllers/spend-drawing.js';

const SIZE_PX = 11;

/** Colours as they were read last; they are read again when ground or ink are others, or other series are asked for. */
export class PaintReader {
  #last: { readonly key: string; readonly paint: BarsPaint } | undefined;

  read(probe: SVGElement, colours: readonly string[]): BarsPaint {
    const { fill, color } = getComputedStyle(probe);
    const key = [fill, color, ...colours].join();
    if (this.#last?.key !== key) this.#last = { key, paint: readPaint(probe, colours) };
    return this.#last.paint;
  }

  forget(): void {
    this.#last = undefined;
  }
}

/** A canvas can't read custom properties: every colour of the picture is taken from the style sheet here, by its class. */
function readPaint(probe: SVGElement, colours: readonly string[]): BarsPaint {
  const read = (classes: string): { fill: string; stroke: string } => {
    probe.setAttribute('class', `colour ${classes}`);
    const { fill, stroke } = getComputedStyle(probe);
    return { fill, stroke };
  };
  const [bg, ink, muted, line, unpriced, imputed] = ['bg', 'ink', 'quiet', 'line', 'hatch', 'imputed'].map(
    (name) => read(name).fill,
  );
  const stacks = colours.map((colour) => {
    const { fill, stroke } = read(`${colour} edged`);
    return { fill, edge: stroke === 'none' ? null : stroke };
  });
  read('bg');
  const { fontFamily } = getComputedStyle(probe);
  return {
    ...{ bg: bg!, ink: ink!, muted: muted!, line: line!, unpriced: unpriced!, imputed: imputed! },
    stacks,
    font: `${SIZE_PX}px ${fontFamily}`,
  };
}

const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)', 'print'];

/** Tells when the browser's colours change, until it is stopped. */
export function watchColours(changed: () => void): () => void {
  const lists = QUERIES.map((query) => matchMedia(query));
  for (const list of lists) list.addEventListener('change', changed);
  return () => {
    for (const list of lists) list.removeEventListener('change', changed);
  };
}
