import { readFile } from 'node:fs/promises';

const TOKENS = new URL('../src/styles/tokens.ts', import.meta.url);

/**
 * Tokens that most sheets use. `base`, which every element has, gives each a short name of the host's own, so that their
 * texts stand in one file and not in each.
 */
const SHARED = [
  ...['bg', 'sunken', 'hover', 'selected', 'ink', 'muted', 'line', 'lineStrong', 'rule', 'accent', 'error', 'warn'],
  ...['unpriced', 'imputed', 'radius', 'row', 'mono'],
];

/** A pixel at the default size of text, of which lengths such as `px12` are made, and what it is. */
const PIXEL = ['--_9', 'calc(var(--hm-size,13px)/13)'];

/**
 * Packs templates so that a browser reads them all the same; they are a good part of an element's weight. In `html` and
 * `svg` a line break with its indent becomes one space (a template with a `<pre>` in it stays as it is). In `css`
 * comments and spaces go and `${t.ink}` becomes the token's text, or its short name; what is left is a plain text, which
 * needs neither the tokens nor the code of Lit's tag.
 */
export function packTemplates() {
  let tokens;
  let names;
  let lengths;
  return {
    name: 'pack-templates',
    async buildStart() {
      const source = await readFile(TOKENS, 'utf8');
      tokens = new Map(
        [...source.matchAll(/export const (\w+) = css`([^`]*)`/g)].map(([, name, text]) => [name, text]),
      );
      names = SHARED.map((name, place) => [name, `--_${(place + 10).toString(36)}`]);
      lengths = [...tokens.keys()].flatMap((name) => {
        const [, count] = /^px(\d+)$/.exec(name) ?? [];
        return count === undefined ? [] : [[name, `calc(${count}*var(${PIXEL[0]}))`]];
      });
    },
    transform(code, id) {
      if (id.includes('node_modules')) return null;
      const changes = [];
      const written = new Map([...tokens, ...lengths, ...names.map(([name, short]) => [name, `var(${short})`])]);
      const shared = [PIXEL, ...names.map(([name, short]) => [short, tokens.get(name)])];
      let host = id.endsWith('/styles/base.ts') ? shared.map((pair) => `${pair.join(':')};`) : [];
      for (const node of walkTree(this.parse(code))) {
        if (node.type === 'ImportSpecifier' && node.imported.name === 'css') {
          changes.push({ ...node, text: 'unsafeCSS as css' });
        } else if (node.type === 'TaggedTemplateExpression' && node.tag.name === 'css') {
          const texts = node.quasi.quasis.map(({ value }) => value.raw);
          const values = node.quasi.expressions.map(({ object, property }) => {
            const text = object?.name === 't' ? written.get(property.name) : undefined;
            return text ?? this.error(`${id}: only a token can stand in a css template.`, node.start);
          });
          if (host.length > 0) texts[0] = texts[0].replace(':host {', (rule) => rule + host.join(''));
          host = [];
          changes.push({ ...node, text: `css(\`${packCss(String.raw({ raw: texts }, ...values))}\`)` });
        } else if (node.type === 'TaggedTemplateExpression' && /^(html|svg)$/.test(node.tag.name)) {
          const { quasis } = node.quasi;
          // Lit's code for values within them is left out: see dropPolyfills.
          if (quasis.some(({ value }) => value.raw.includes('<!--'))) this.error(`${id}: a comment`, node.start);
          if (quasis.some(({ value }) => value.raw.includes('<pre'))) continue;
          changes.push(...quasis.map((part) => ({ ...part, text: packMarkup(part.value.raw) })));
        }
      }
      changes.sort((a, b) => b.start - a.start);
      for (const { start, end, text } of changes) code = code.slice(0, start) + text + code.slice(end);
      // Otherwise the tokens would be kept for what making them might do.
      return { code, map: null, moduleSideEffects: !id.endsWith('/styles/tokens.ts') };
    },
  };
}

function* walkTree(node) {
  yield node;
  for (const child of Object.values(node).flat()) if (typeof child?.type === 'string') yield* walkTree(child);
}

/** `<td\n  >x</td\n>`, as Prettier keeps spaces out of the text, is one tag's inside: there no space counts. */
function packMarkup(markup) {
  return markup.replace(/\s*\n\s*(>?)/g, (_, end) => end || ' ').replaceAll('" />', '"/>');
}

const CSS_SPACE = String.raw`(?:\s|/\*.*?\*/)`;
const CSS_PARTS = new RegExp(`('[^']*'|"[^"]*")|${CSS_SPACE}*([{}>,;]|:(?=\\s))${CSS_SPACE}*|${CSS_SPACE}+`, 'gs');

const PLAIN_VALUE = /\[([\w-]+)=(['"])([a-z][\w-]*)\2\]/gi;

/** A space before a colon can tell a descendant (`th :focus-visible`), one after it never counts. Texts stay whole. */
function packCss(css) {
  return css
    .replace(CSS_PARTS, (_, text, sign) => text ?? sign ?? ' ')
    .trim()
    .replaceAll(';}', '}')
    .replace(PLAIN_VALUE, '[$1=$3]')
    .replace(/(#)([\da-f])\2([\da-f])\3([\da-f])\4\b/g, '$1$2$3$4');
}
