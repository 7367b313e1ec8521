import { moduleOrigin } from '../daemon/origin.js';
import { openPageChanges } from '../daemon/page-changes.js';

/**
 * Loads one of the user's own pages anew when a file of them changes. The server puts this script into each page, with the
 * version it had then. As with the events, one tab listens for all: a browser allows six connections to a host.
 */
function followPages(script: HTMLScriptElement): void {
  const { version } = script.dataset;
  // The page is as its author wrote it.
  script.remove();
  const origin = moduleOrigin(import.meta.url);
  const name = `hm-elements pages ${origin}`;
  const channel = new BroadcastChannel(name);
  const hear = (current: string): void => {
    if (current !== version) location.reload();
  };
  channel.onmessage = ({ data }: MessageEvent<string>) => hear(data);
  void navigator.locks.request(name, () => {
    openPageChanges(origin).onmessage = ({ data }: MessageEvent<string>) => {
      channel.postMessage(data);
      hear(data);
    };
    // For as long as the page is there.
    return new Promise(() => undefined);
  });
}

const script = document.querySelector<HTMLScriptElement>('script[data-version][src$="/elements/follow-pages.js"]');
if (script !== null) followPages(script);
