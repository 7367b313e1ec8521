import { hashOf, type StaticFile } from './static-files.js';

const TYPE = 'text/html; charset=utf-8';

/** What is shown where there is no page. */
export const NO_PAGE: StaticFile = makePage(
  'No such page',
  `
    <main>
      <h1>No such page</h1>
      <p><a href="/">All calls and costs</a></p>
    </main>`,
);

/** A small page of the server's own; `html` is its body's. */
export function makePage(title: string, html: string, role: StaticFile['role'] = 'page'): StaticFile {
  const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="/favicon.svg" />
    <link rel="stylesheet" href="/page.css" />
    <link rel="stylesheet" href="/plain.css" />
    <title>${title}</title>
  </head>
  <body>${html}
  </body>
</html>
`;
  const bytes = Buffer.from(page, 'utf8');
  return { bytes, type: TYPE, etag: hashOf(bytes), role, isImmutable: false };
}

/** Text as it stands in a page, whatever it is. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
