import { FIRST_COLUMNS } from '../view/call-columns.js';
import { CHOICE_PX } from '../view/call-layout.js';

/**
 * What `layOutColumns` works out for an element whose width it knows, as rules for one whose width only the browser will
 * know: which columns stand, and each as wide as its least and its share of the room that is left, in whole pixels.
 */
export function printColumnRules(): string {
  const from = [...new Set(FIRST_COLUMNS.map(({ fromPx = 0 }) => fromPx))].sort((a, b) => a - b);
  const rules = from.map((px) => {
    const columns = FIRST_COLUMNS.filter(({ fromPx = 0 }) => fromPx <= px);
    const leastPx = columns.reduce((sum, { minPx }) => sum + minPx, CHOICE_PX);
    const shares = columns.reduce((sum, { share }) => sum + share, 0);
    return `@container (min-width:${px}px){.grid{--room:max(0px,100% - ${leastPx}px);--shares:${shares}}}`;
  });
  FIRST_COLUMNS.forEach(({ minPx, share, fromPx = 0 }, index) => {
    rules.push(
      `.c${index}{width:${share === 0 ? `${minPx}px` : `round(down,${minPx}px + ${share}*var(--room)/var(--shares),1px)`}}`,
    );
    if (fromPx > 0) rules.push(`@container not (min-width:${fromPx}px){.grid .c${index}{display:none}}`);
  });
  return rules.join('');
}
