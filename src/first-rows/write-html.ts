import { nothing, type TemplateResult } from 'lit';

/** ` name=`, or ` name="begun`: the template's value belongs to an attribute, property (`.`), flag (`?`) or event (`@`). */
const BEFORE_VALUE = /\s([.?@]?)([\w-]+)=("?)[^"]*$/;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
}

/**
 * What Lit would draw, as HTML: values are text and never markup; events and properties, which HTML has no words for, are
 * left out. For the templates of `src/view`: no directives, no `>` in an attribute of the template itself.
 * @throws Error for a value that Lit would not draw as text.
 */
export function writeHtml(value: unknown): string {
  if (value === nothing || value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(writeHtml).join('');
  if (isTemplate(value)) return writeTemplate(value);
  return escapeHtml(writeText(value));
}

function isTemplate(value: unknown): value is TemplateResult {
  return typeof value === 'object' && value !== null && '_$litType$' in value;
}

function writeText(value: unknown): string {
  if (value === nothing || value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`A template holds ${typeof value}, which is no text.`);
}

function writeTemplate({ strings, values }: TemplateResult): string {
  let html = '';
  let isInTag = false;
  let isInQuotes = false;
  strings.forEach((text, index) => {
    const value = values[index];
    if (text.includes('<') || text.includes('>')) isInTag = text.lastIndexOf('<') > text.lastIndexOf('>');
    if (isInQuotes && text.includes('"')) isInQuotes = false;
    if (index === values.length) {
      html += text;
      return;
    }
    const found = isInTag && !isInQuotes ? BEFORE_VALUE.exec(text) : null;
    if (found === null) {
      html += text;
      // As in Lit's drawing, a value that is text is a text by itself.
      if (!isInQuotes && /[^>\s]\s*$/.test(text)) html += '<!---->';
      html += isInQuotes ? escapeHtml(writeText(value)) : writeHtml(value);
      if (!isInQuotes && /^\s*[^<\s]/.test(strings[index + 1]!)) html += '<!---->';
      return;
    }
    const [, sign = '', name = '', quote] = found;
    if (quote === '"') {
      isInQuotes = true;
      html += text + escapeHtml(writeText(value));
      return;
    }
    html += text.slice(0, found.index);
    if (sign === '?' ? value : sign === '' && value !== nothing) {
      html += ` ${name}="${sign === '?' ? '' : escapeHtml(writeText(value))}"`;
    }
  });
  return html;
}
