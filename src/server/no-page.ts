import { hashOf, type StaticFile } from './static-files.js';

/** What is shown where there is no page. */
export const NO_PAGE: StaticFile = makeNoPage();

function makeNoPage(): StaticFile {
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="/favicon.svg" />
    <title>No such page</title>
  </head>
  <body>
    <main>
      <h1>No such page</h1>
      <p><a href="/">All calls and costs</a></p>
    </main>
  </body>
</html>
`;
  const bytes = Buffer.from(html, 'utf8');
  return { bytes, type: 'text/html; charset=utf-8', etag: hashOf(bytes), role: 'page', isImmutable: false };
}
