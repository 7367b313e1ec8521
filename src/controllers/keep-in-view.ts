/** So long the elements above may need to be drawn. */
const LONGEST_MS = 5_000;

/**
 * Scrolls an element into view and keeps it there while what stands above is drawn and grows, until the user does
 * anything or the page is scrolled.
 * @param topPx where its top is to be in the window; without it, it is enough that it is seen
 * @returns what ends it.
 */
export function keepInView(target: Element, topPx?: number): () => void {
  let placed = { topPx: 0, heightPx: 0 };
  const readPlace = (): typeof placed => ({
    topPx: target.getBoundingClientRect().top,
    heightPx: document.documentElement.scrollHeight,
  });
  const scroll = (): void => {
    const { top, bottom } = target.getBoundingClientRect();
    if (topPx !== undefined) scrollBy(0, top - topPx);
    else if (top < 0 || bottom > innerHeight) target.scrollIntoView();
    placed = readPlace();
  };
  // A page that has grown is scrolled by the browser too, which keeps or restores its place: that is not meant.
  const onScroll = (): void => {
    const place = readPlace();
    if (place.heightPx === placed.heightPx && Math.abs(place.topPx - placed.topPx) > 1) end();
  };
  const ended = new AbortController();
  const end = (): void => ended.abort();
  let frame = 0;
  const growth = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(scroll);
  });
  const timer = setTimeout(end, LONGEST_MS);
  ended.signal.addEventListener('abort', () => {
    growth.disconnect();
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  });
  for (const type of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
    addEventListener(type, end, { capture: true, passive: true, signal: ended.signal });
  }
  addEventListener('scroll', onScroll, { passive: true, signal: ended.signal });
  growth.observe(document.body);
  scroll();
  return end;
}
