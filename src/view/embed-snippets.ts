/** How an element gets into a page, as text to be copied into it. */

export interface Embedded {
  /** `hm-calls` */
  readonly tag: string;
  /** Attributes by their names; an empty text is an attribute without a value. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The server's, `http://localhost:3000`; with what it wants before every path, where it wants something. */
  readonly origin: string;
}

export interface Snippets {
  /** In a page that the same server serves. */
  readonly sameOrigin: string;
  /** In a page of another origin on this machine, which the server was told of at start. */
  readonly otherOrigin: string;
  /** In any page on this machine, a file too. */
  readonly iframe: string;
}

/** Names of the filter that are an attribute of an element as well: in the frame's address they mean the attribute. */
export const ATTRIBUTES_FIRST: ReadonlySet<string> = new Set(['provider']);

/** What an attribute's text can not show, or would be another text after reading it back. */
const UNSEEN = /[&"<>\t\n\r\p{Cf}\p{DI}\p{Zl}\p{Zp}]/gu;
const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

/** The three ways to one element, each ready to be copied. */
export function writeSnippets({ tag, attributes, origin }: Embedded): Snippets {
  const element = writeElement(tag, attributes);
  return {
    sameOrigin: `${writeScript(`/elements/${tag}.js`)}\n${element}\n`,
    otherOrigin: `<!-- hm-elements must know this page's origin: npx hm-elements --allow-origin http://localhost:5173 -->
${writeScript(`${origin}/elements/${tag}.js`)}
${element}
`,
    iframe: `<iframe src="${escapeText(origin + writeFramePath(tag, attributes))}" title="${tag}"
  allow="clipboard-write" style="width: 100%; height: 400px; border: 0"></iframe>
<script>
  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== ${JSON.stringify(new URL(origin).origin)} || !(data?.hmHeight > 0)) return;
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.contentWindow === source) frame.style.height = \`\${data.hmHeight}px\`;
  });
</script>
`,
  };
}

/** The frame's path and query: the element's attributes, and the names of its filter beside them. */
export function writeFramePath(tag: string, attributes: Readonly<Record<string, string>>): string {
  const { filter = '', ...others } = attributes;
  const names = new URLSearchParams(filter);
  const isPlain = [...names.keys()].every((name) => !(name in attributes) && !ATTRIBUTES_FIRST.has(name));
  const params = new URLSearchParams(isPlain ? names : { filter });
  for (const [name, value] of Object.entries(others)) params.append(name, value);
  // What a query may hold as it is stays readable.
  const query = String(params).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
  return `/embed/${tag}${query && `?${query}`}`.replace(/=(?=&|$)/g, '');
}

function writeScript(address: string): string {
  return `<script type="module" src="${address}"></script>`;
}

function writeElement(tag: string, attributes: Readonly<Record<string, string>>): string {
  const words = Object.entries(attributes).map(([name, value]) =>
    value === '' ? ` ${name}` : ` ${name}="${escapeText(value)}"`,
  );
  return `<${tag}${words.join('')}></${tag}>`;
}

function escapeText(text: string): string {
  return text.replace(UNSEEN, (character) => NAMED[character] ?? `&#${character.codePointAt(0)};`);
}
