import { html, nothing, type TemplateResult } from 'lit';
import { renderCommand } from './command.js';
import { formatExactMoney, formatPlural } from './format.js';
import { RATE_LABELS, renderRate } from './pricing-columns.js';
import { RATE_KEYS, type Unlisted } from './pricing-rows.js';
import { countPricedTokens, findImpliedRate } from './pricing-unlisted.js';
import { countDecimals, formatRate, type RateUnit, describeUnit } from './rate-units.js';
import { quoteName } from './shell-quotes.js';

/** What is known of the rates of a model that the daemon publishes none of, and what can be done. */

type ImpliedRates = NonNullable<Unlisted['implied']>;

interface DetailOptions {
  readonly unit: RateUnit;
  /** Rates that the calls of the model imply; null where none are known, or not yet. */
  readonly implied: ImpliedRates | null;
  readonly copy: (text: string) => Promise<boolean>;
}

/** What an open row says of its model. */
export function renderUnlistedDetail(model: Unlisted, { unit, copy, implied }: DetailOptions): TemplateResult {
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
    `on average ${formatRate(rate, unit)} ${describeUnit(unit)}, input, output and cached ones taken together.` +
    (hasRates
      ? ''
      : ' The daemon prices each kind at a rate of its own, which it does not publish and a sum can not tell.')
  );
}

/** The rates that explain every one of its calls, and what that is worth. */
function renderImpliedRates(model: Unlisted, implied: ImpliedRates, unit: RateUnit): TemplateResult {
  const known = RATE_KEYS.map((key) => implied[key]).filter((rate) => rate !== null);
  const decimals = countDecimals(known, unit);
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
    `Its calls imply these rates, ${describeUnit(unit)}: they give each of the ${formatPlural(calls, 'priced call')} that used tokens ` +
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
