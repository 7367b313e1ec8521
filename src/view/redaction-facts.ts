import { html, nothing, type TemplateResult } from 'lit';
import { formatBytes } from './bytes.js';
import { renderCommand } from './command.js';
import { formatCount, formatPlural } from './format.js';
import { renderMark } from './mark.js';
import type { CaptureStatus, RedactionOptions } from './redaction-model.js';
import { formatBodies } from './redaction-words.js';
import { formatDay, formatInstant } from './time.js';

type Capture = NonNullable<CaptureStatus['capture']>;
type Copy = RedactionOptions['copy'];

interface Fact {
  readonly term: string;
  readonly value: unknown;
  /** What else to know, smaller. */
  readonly note?: string;
  /** What to run, or to write into the file, to change it; each with its own words before it. */
  readonly changes?: readonly (readonly [words: string, command: string])[];
}

const DAY_MS = 86_400_000;
const unknown = html`<span class="muted">unknown</span>`;
const RUN_DRY = '30d';

/** What holds for all projects, each with what changes it. The change is the daemon's to make: we never write. */
export function renderFacts(status: CaptureStatus & { capture: Capture }, options: RedactionOptions): TemplateResult {
  const facts = [
    describeSwitch(status.capture),
    describeCap(status.capture),
    describeRetention(status.capture),
    describeStored(status.capture),
    describeOldest(status.capture, options),
    describeCloud(status.cloud),
  ];
  return html`<dl part="facts" class="facts">${facts.map((fact) => renderFact(fact, options.copy))}</dl>
    <p class="note muted">
      Lines such as <code>enabled = false</code> go into the part <code>[bodies]</code> of
      <code>~/.halton-meter/config.toml</code>, which the daemon reads when it starts. To start it anew:
    </p>
    ${renderCommand('halton-meter stop && halton-meter start', options.copy)}`;
}

function renderFact({ term, value, note, changes }: Fact, copy: Copy): TemplateResult {
  return html`<div>
    <dt>${term}</dt>
    <dd>
      ${value}${note === undefined ? nothing : html`<p class="muted">${note}</p>`}
      ${changes?.map(([words, command]) => html`<div class="change"><span>${words}</span>${renderCommand(command, copy)}</div>`)}
    </dd>
  </div>`;
}

function describeSwitch({ enabled }: Capture): Fact {
  const term = 'Master switch';
  if (enabled === null) {
    return { term, value: unknown, note: 'config.toml can not be read. Without a line there, the switch is on.' };
  }
  return enabled
    ? { term, value: 'on', changes: [['To capture nothing at all', 'enabled = false']] }
    : {
        term,
        value: html`${renderMark('off')}off`,
        note: "Whatever the projects' own switches say.",
        changes: [['To capture from now on', 'enabled = true']],
      };
}

function describeCap({ maxBodyBytes }: Capture): Fact {
  const other = maxBodyBytes === 1_048_576 ? 524_288 : 1_048_576;
  return {
    term: 'Size cap',
    value: maxBodyBytes === null ? unknown : `${formatBytes(maxBodyBytes)} of a request, and of an answer`,
    note: 'Longer ones are cut, after redaction. Of those above 4 MiB nothing is kept.',
    changes: [[`For ${formatBytes(other)}`, `max_body_bytes = ${other}`]],
  };
}

function describeRetention({ retentionDays }: Capture): Fact {
  const other = retentionDays === 30 ? 90 : 30;
  return {
    term: 'Kept for',
    value: retentionDays === null ? unknown : formatPlural(retentionDays, 'day'),
    note: 'Once a day the daemon removes what is older. Calls and their costs stay.',
    changes: [[`For ${other} days`, `retention_days = ${other}`]],
  };
}

function describeStored({ bodies, storedBytes }: Capture): Fact {
  const term = 'Stored now';
  if (bodies === 0) return { term, value: html`<span class="muted">nothing</span>` };
  const purge = `halton-meter bodies purge --older-than ${RUN_DRY}`;
  return {
    term,
    value: html`<span title=${formatPlural(storedBytes, 'byte')}>${formatBytes(storedBytes)}</span>,
      ${formatBodies(bodies)}`,
    changes: [
      ['To count those older than 30 days', `${purge} --dry-run`],
      ['To remove them', purge],
    ],
  };
}

function describeOldest({ oldestBodyAt, retentionDays }: Capture, { timeZone, now }: RedactionOptions): Fact {
  const term = 'Oldest body';
  if (oldestBodyAt === undefined) return { term, value: unknown };
  if (oldestBodyAt === null) return { term, value: html`<span class="muted">none</span>` };
  const value = html`<span title=${formatInstant(oldestBodyAt, timeZone)}
    >${formatDay(oldestBodyAt, timeZone, now)}</span
  >`;
  if (retentionDays === null) return { term, value };
  const expiry = new Date(Date.parse(oldestBodyAt) + retentionDays * DAY_MS);
  if (Number.isNaN(expiry.getTime())) return { term, value };
  const isDue = expiry <= now;
  const day = formatDay(expiry.toISOString(), timeZone, now);
  return { term, value, note: isDue ? `Due to be removed since ${day}.` : `Expires ${day}.` };
}

const SHOW_POLICY = ['What would be sent', 'halton-meter cloud privacy show'] as const;

function describeCloud(cloud: CaptureStatus['cloud']): Fact {
  const term = 'Sent to a cloud';
  if (cloud === null) return { term, value: 'nothing', note: 'This daemon is from before it could.' };
  const { paired, workspace, uploadedBodies, uploadsBodies } = cloud;
  const sent = `${formatBodies(uploadedBodies)} sent so far`;
  if (!paired) {
    return {
      term,
      value: uploadedBodies === 0 ? 'nothing' : html`${renderMark('warning')}${sent}`,
      note: 'The daemon is not paired with its vendor’s cloud, or its sync is paused.',
      changes: [SHOW_POLICY],
    };
  }
  const where = workspace === null ? 'a workspace' : `the workspace ${workspace}`;
  const stop = [
    ['To pause all of it', 'halton-meter cloud pause'],
    ['To leave the cloud', 'halton-meter cloud disconnect'],
  ] as const;
  if (uploadsBodies === true) {
    return {
      term,
      value: html`${renderMark('warning')}bodies, ${formatCount(uploadedBodies)} so far`,
      note: `The daemon is paired with ${where} and uploads calls and bodies, redacted as they are here.`,
      changes: [['To keep bodies here', 'halton-meter cloud privacy set bodies.enabled false'], ...stop],
    };
  }
  return {
    term,
    value: html`${renderMark('warning')}${uploadedBodies === 0 ? 'calls, no bodies' : `calls; ${sent}`}`,
    note:
      uploadsBodies === false
        ? `The daemon is paired with ${where}. Uploading bodies is a setting of its own, and is off.`
        : `The daemon is paired with ${where}. Whether it uploads bodies too stands in its config.toml, which can not be read.`,
    changes: [SHOW_POLICY, ...stop],
  };
}
