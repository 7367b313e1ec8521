import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { renderCommand } from './command.js';
import { formatCount, formatExactMoney, formatPlural } from './format.js';
import { renderMark, renderSwatch } from './mark.js';
import { renderCostSum } from './money.js';
import { RATE_LABELS, renderRate } from './pricing-columns.js';
import { countDecimals, RATE_KEYS, type Unlisted } from './pricing-rows.js';
import { formatRate, type RateUnit, UNIT_WORDS } from './rate-units.js';
import { quoteName } from './shell-quotes.js';

/** Models that calls use and the daemon's list has no rate for: what they cost, who knew the price, what can be done. */

export interface UnlistedOptions {
  readonly unit: RateUnit;
  /** The model whose row is open, by `keyUnlisted`. */
  readonly opened: string;
  readonly toggle: (key: string) => void;
  /** Rates that the calls of a model imply; null where none are known, or not yet. */
  readonly findImplied: (model: Unlisted) => ImpliedRates | null;
  readonly copy: (text: string) => Promise<boolean>;
}

type ImpliedRates = NonNullable<Unlisted['implied']>;

export const keyUnlisted = ({ provider, model }: Unlisted): string => JSON.stringify(['unlisted', provider, model]);

/** All tokens of the priced calls, of whatever kind; null where nobody counted them for us. */
export function countPricedTokens({ pricedTokens }: Unlisted): number | null {
  if (pricedTokens === undefined) return null;
  const { inputTokens, outputTokens, thinkingTokens, cacheReadTokens, cacheWriteTokens } = pricedTokens;
  return inputTokens + outputTokens + thinkingTokens + cacheReadTokens + cacheWriteTokens;
}

/**
 * What a million tokens of the priced calls cost on average, millicents, input, output and cached ones together. One sum
 * can't tell five rates apart, so this is all that it says for certain. Null where no call is priced or used a token.
 */
export function findImpliedRate(model: Unlisted): number | null {
  const tokens = countPricedTokens(model);
  if (model.costMillicents === null || tokens === null || tokens === 0) return null;
  return Math.round((model.costMillicents / tokens) * 1_000_000);
}

export function renderUnlisted(models: readonly Unlisted[], options: UnlistedOptions): TemplateResult {
  const decimals = measureImplied(models, options.unit);
  return html`<div class="scroller">
    <table part="unlisted" aria-labelledby="unlisted">
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col" class="from-460">Provider</th>
          <th scope="col" class="number">Calls</th>
          <th scope="col" class="number">Cost</th>
          <th scope="col" class="number from-600">On average</th>
          <th scope="col" class="apart from-720">Price</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(models, keyUnlisted, (model) => renderModel(model, decimals, options))}
      </tbody>
    </table>
  </div>`;
}

function renderModel(model: Unlisted, decimals: number, options: UnlistedOptions): TemplateResult {
  const key = keyUnlisted(model);
  const isOpen = options.opened === key;
  return html`<tr>
      <th scope="row">
        <button type="button" class="opens" value=${key} aria-expanded=${isOpen} @click=${() => options.toggle(key)}>
          ${renderSwatch(model.provider)}<span class="name">${model.model ?? 'unknown model'}</span>
        </button>
      </th>
      <td class="from-460">${model.provider ?? 'unknown'}</td>
      <td class="number">${formatCount(model.calls)}</td>
      <td class="number">${renderCostSum(model)}</td>
      <td class="number from-600">${renderImplied(model, decimals, options.unit)}</td>
      <td class="apart from-720">${renderPriceWords(model)}</td>
    </tr>
    ${
      isOpen
        ? html`<tr class="detail" part="opened">
            <td colspan="6"><div class="opened">${renderDetail(model, options)}</div></td>
          </tr>`
        : nothing
    }`;
}

function renderImplied(model: Unlisted, decimals: number, unit: RateUnit): TemplateResult {
  const rate = findImpliedRate(model);
  return rate === null
    ? html`<span class="muted">–</span>`
    : html`<span class="muted">≈&nbsp;</span>${renderRate(rate, decimals, unit)}`;
}

/** Decimals that the averages need for their points to stand in one line. */
function measureImplied(models: readonly Unlisted[], unit: RateUnit): number {
  const rates = models.map(findImpliedRate).filter((rate) => rate !== null);
  return Math.max(0, ...rates.map((rate) => countDecimals(formatRate(rate, unit))));
}

function renderPriceWords({ calls, unpricedCalls, costMillicents }: Unlisted): TemplateResult {
  const inside = html`<span class="muted">inside the daemon</span>`;
  if (unpricedCalls === 0) return inside;
  const unpriced = html`${renderMark('unpriced')}${formatCount(unpricedCalls)} of ${formatPlural(calls, 'call')} not
  priced`;
  return costMillicents === null ? html`none known, ${unpriced}` : html`${inside}, ${unpriced}`;
}

function renderDetail(model: Unlisted, { unit, copy, findImplied }: UnlistedOptions): TemplateResult {
  const implied = findImplied(model);
  const isLacking = model.unpricedCalls > 0 && (model.unpricedModes ?? [model]).length > 0;
  const commands = listCommands(model);
  return html`${implied === null ? nothing : renderImpliedRates(model, implied, unit)}
    <p>${describeImplied(model, unit, implied !== null)}</p>
    ${
      model.unpricedCalls === 0 || (isLacking && model.costMillicents === null)
        ? nothing
        : html`<p>${describeUnpriced(model)}</p>`
    }
    ${
      commands.length === 0
        ? nothing
        : html`<p>
              ${isLacking ? 'To have its calls priced' : 'To have its calls priced at rates of your own'} from now on,
              put the provider's rates, in US dollars per million tokens, in place of the words in capitals. What is
              left out counts as 0; as it stands the command is refused.
            </p>
            ${commands.map((words) => renderCommand(words.map(({ text }) => text).join(' '), copy, drawCommand(words)))}`
    }
    ${
      isLacking && commands.length > 0
        ? html`<p>
              Then have the calls priced that are already recorded. This prices every recorded call anew; with
              <code>--dry-run</code> behind it, it only says what it would change.
            </p>
            ${renderCommand('halton-meter recompute-costs --include-null', copy)}`
        : nothing
    }`;
}

/** What the sums say, by what method, and what they can not. */
export function describeImplied(model: Unlisted, unit: RateUnit, hasRates: boolean): string {
  const rate = findImpliedRate(model);
  const priced = model.calls - model.unpricedCalls;
  if (model.costMillicents === null) return 'None of its calls is priced, so nothing is known of its rates.';
  if (rate === null) return 'Its priced calls say nothing of its rates: no tokens are counted.';
  const whose = `Its ${formatPlural(priced, 'priced call')}`;
  return (
    `${whose} cost ${formatExactMoney(model.costMillicents)} for ${formatPlural(countPricedTokens(model)!, 'token')}: ` +
    `on average ${formatRate(rate, unit)} ${UNIT_WORDS[unit]}, input, output and cached ones taken together.` +
    (hasRates
      ? ''
      : ' The daemon prices each kind at a rate of its own, which it does not publish and a sum can not tell.')
  );
}

/** The rates that explain every one of its calls, and what that is worth. */
function renderImpliedRates(model: Unlisted, implied: ImpliedRates, unit: RateUnit): TemplateResult {
  const known = RATE_KEYS.map((key) => implied[key]).filter((rate) => rate !== null);
  const decimals = Math.max(0, ...known.map((rate) => countDecimals(formatRate(rate, unit))));
  return html`<p>${describeFit(implied, unit)}</p>
    <div class="scroller">
      <table class="periods" aria-label="Rates that the calls of ${model.model ?? 'the unknown model'} imply">
        <thead>
          <tr>
            ${RATE_KEYS.map((key) => html`<th scope="col" class="number">${RATE_LABELS[key]}</th>`)}
          </tr>
        </thead>
        <tbody>
          <tr>
            ${RATE_KEYS.map((key) => {
              const rate = implied[key];
              return html`<td class="number">
                ${rate === null ? html`<span class="muted">not used</span>` : renderRate(rate, decimals, unit)}
              </td>`;
            })}
          </tr>
        </tbody>
      </table>
    </div>`;
}

/** `These rates give each of its 1,656 priced calls its cost to the millicent; …` */
export function describeFit({ calls, step }: ImpliedRates, unit: RateUnit): string {
  return (
    `Its calls imply these rates, ${UNIT_WORDS[unit]}: they give each of the ${formatPlural(calls, 'priced call')} that used tokens ` +
    `its cost to the millicent, and none that are a step of ${formatRate(step, unit)} beside them do. ` +
    `Fitted to the recorded costs; the daemon itself publishes none.`
  );
}

function describeUnpriced({ unpricedCalls, unpricedModes }: Unlisted): string {
  const are = `${formatPlural(unpricedCalls, 'call')} ${unpricedCalls === 1 ? 'is' : 'are'} not priced`;
  if (unpricedModes === undefined || unpricedModes.length > 0) return `${are}: its cost is at least what is shown.`;
  return `${are}, because the provider told no token counts: no rate would change that.`;
}

interface Word {
  readonly text: string;
  /** To be replaced before the command is run. */
  readonly isOpen?: boolean;
}

const MODES = ['standard', 'thinking'] as const;

/** The commands that set a rate, one for each mode: the daemon prices a mode by its own rate only. */
export function listCommands({ provider, model, unpricedModes = [] }: Unlisted): Word[][] {
  if (provider === null || model === null) return [];
  const lacking = MODES.filter((mode) => unpricedModes.includes(mode));
  return (lacking.length > 0 ? lacking : MODES).map((mode) => {
    const names = [quoteName(provider), quoteName(model)].map((text) => ({ text }));
    const options: Word[] = [
      { text: `--mode ${mode}` },
      ...['input', 'output', ...(mode === 'thinking' ? ['thinking'] : []), 'cache-read', 'cache-write'].flatMap(
        (name) => [{ text: `--${name}` }, { text: name.toUpperCase().replace('-', '_'), isOpen: true }],
      ),
    ];
    const start = { text: 'halton-meter pricing set' };
    // Behind two dashes nothing is taken for an option any more: a name may begin with one.
    const hasDash = provider.startsWith('-') || model.startsWith('-');
    return hasDash ? [start, ...options, { text: '--' }, ...names] : [start, ...names, ...options];
  });
}

const drawCommand = (words: readonly Word[]): unknown =>
  words.map(({ text, isOpen }, place) => html`${place > 0 ? ' ' : ''}${isOpen ? html`<mark>${text}</mark>` : text}`);
