import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatPlural } from './format.js';
import { sumRedactions, type BodySummary, type RedactionOptions } from './redaction-model.js';
import { FIRST_ROWS, renderRest } from './redaction-projects.js';

/** What the daemon's names stand for; any other name is shown as it is. */
const WORDS: Readonly<Record<string, string>> = {
  anthropic_key: 'Anthropic API keys',
  openai_key: 'OpenAI API keys, or alike',
  stripe_secret: 'Stripe secret keys',
  stripe_publishable: 'Stripe publishable keys',
  aws_access_key: 'AWS access key ids',
  aws_secret_key: 'AWS secret keys',
  jwt: 'JSON Web Tokens',
  github_pat: 'GitHub tokens',
  google_api_key: 'Google API keys',
  xai_key: 'xAI API keys',
  groq_key: 'Groq API keys',
  bearer_token: 'bearer tokens of any kind',
};

/** Projects named in a row; the rest is counted, and told in full where the project is opened. */
const NAMED = 3;

interface Share {
  readonly slug: string;
  readonly count: number;
}

/** What was redacted, by category and, within it, by project. */
export function renderCategories(summary: BodySummary, options: RedactionOptions): TemplateResult {
  const { categories, redactedBodies } = summary.totals;
  if (categories.length === 0) return html`<p class="muted">Nothing was redacted in these calls.</p>`;
  const byCategory = groupProjects(summary);
  const shown = options.whole.includes('categories') ? categories : categories.slice(0, FIRST_ROWS);
  return html`<p class="note muted">
      In ${formatPlural(redactedBodies, 'call')}. One secret may be counted under two names, so each figure is the most
      it can be.
    </p>
    <div class="scroller">
      <table part="categories" aria-labelledby="redactions">
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col" class="number">Up to</th>
            <th scope="col" class="from-460 wide">Projects</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            ({ category, count }) =>
              html`<tr>
                <th scope="row">
                  <span class="category" title=${category}>${category || 'no name'}</span>
                  <span class="meaning muted">${Object.hasOwn(WORDS, category) ? WORDS[category] : nothing}</span>
                </th>
                <td class="number">${formatCount(count)}</td>
                <td class="from-460 wide">${renderProjects(byCategory.get(category) ?? [])}</td>
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td class="number">${formatCount(sumRedactions(summary.totals))}</td>
            <td class="from-460 wide"></td>
          </tr>
        </tfoot>
      </table>
    </div>
    ${renderRest('categories', categories.length - shown.length, 'kind', options)}`;
}

/** The projects of each category, most first. */
function groupProjects({ projects }: BodySummary): ReadonlyMap<string, readonly Share[]> {
  const groups = new Map<string, Share[]>();
  for (const { slug, categories } of projects) {
    for (const { category, count } of categories) {
      const group = groups.get(category);
      if (group === undefined) groups.set(category, [{ slug, count }]);
      else group.push({ slug, count });
    }
  }
  for (const group of groups.values()) group.sort((a, b) => b.count - a.count);
  return groups;
}

function renderProjects(shares: readonly Share[]): TemplateResult {
  const rest = shares.length - NAMED;
  return html`${shares
    .slice(0, NAMED)
    .map(
      ({ slug, count }, at) =>
        html`${at > 0 ? ', ' : nothing}<span class="slug" title=${slug}>${slug || 'no name'}</span>
          ${formatCount(count)}`,
    )}${rest > 0 ? html` <span class="muted">and ${formatCount(rest)} more</span>` : nothing}`;
}
