import { html } from 'lit';
import type { LazyPart } from '../controllers/lazy-part.js';
import { renderError } from '../view/states.js';

/** Loads what a click asks for, once more where that failed before; undefined where it fails again. */
export function loadAgain<T>(part: LazyPart<T>): Promise<T | undefined> {
  return part.error === undefined ? part.load() : part.retry();
}

/** Draws what is loaded when it is first drawn: until then that it is read, or why it can't be. */
export function renderLate<T>(
  part: LazyPart<T>,
  draw: (value: T) => unknown,
  waiting: unknown = html`<p class="note waiting">Reading…</p>`,
): unknown {
  const { value, error } = part;
  if (value !== undefined) return draw(value);
  if (error !== undefined) return renderError('the script that draws this', error, '', () => void part.retry());
  void part.load();
  return waiting;
}
