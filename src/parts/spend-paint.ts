import type { BarsPaint } from '../controllers/spend-drawing.js';

const SIZE_PX = 11;

/** A canvas can't read custom properties: every colour of the picture is taken from the style sheet here, by its class. */
export function readPaint(probe: SVGElement, colours: readonly string[]): BarsPaint {
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
