import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface OpeningPage {
  /** `file:///…/open.html` */
  readonly url: string;
  remove(): Promise<void>;
}

/**
 * A page in a file that its user alone can read, which leads to an address with a key: every user of a machine sees the
 * words that a program is started with, so that the browser must not be given the key itself.
 */
export async function writeOpeningPage(address: string): Promise<OpeningPage> {
  const folder = await mkdtemp(join(tmpdir(), 'hm-elements-open-'));
  const path = join(folder, 'open.html');
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="referrer" content="no-referrer" />
    <meta http-equiv="refresh" content="0; url=${address}" />
    <title>Opening hm-elements</title>
  </head>
  <body><a href="${address}">Open hm-elements</a></body>
</html>
`;
  await writeFile(path, html, { mode: 0o600, flag: 'wx' });
  return { url: pathToFileURL(path).href, remove: () => rm(folder, { recursive: true, force: true }) };
}
