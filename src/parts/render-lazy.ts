import type { TemplateResult } from 'lit';
import type { LazyPart } from '../controllers/lazy-part.js';
import { renderError, renderLoading } from '../view/states.js';

/**
 * What a part draws once it is there; until then that `what` is being read, or that its script could not be had: `script`
 * says what that does, as in "prices anew".
 */
export function renderLazy<T>(
  { value, error, retry }: LazyPart<T>,
  [what, script]: readonly [what: string, script: string],
  render: (part: T) => TemplateResult,
): TemplateResult {
  if (value !== undefined) return render(value);
  return error === undefined
    ? renderLoading(what)
    : renderError(`the script that ${script}`, error, '', () => void retry());
}
