/**
 * Whether a key, which came along this path, is there for our shortcuts: nobody took it before, it is no shortcut of the
 * browser's, and it was not pressed within one of `entries`, a selector.
 */
export function isFreeKey(event: KeyboardEvent, [target]: readonly EventTarget[], entries: string): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  return !(target instanceof Element) || target.closest(entries) === null;
}
