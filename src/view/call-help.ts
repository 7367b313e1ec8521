import { html, type TemplateResult } from 'lit';

type Key = readonly [keys: readonly string[], words: string];

const GROUPS: readonly (readonly [title: string, keys: readonly Key[]])[] = [
  [
    'Rows',
    [
      [['j', '↓'], 'next call'],
      [['k', '↑'], 'call before'],
      [['Page down', 'Page up'], 'a page further or back'],
      [['Home', 'End'], 'first or last call'],
      [['Enter'], 'show the bodies of this call alone'],
      [['Space', 'x'], 'choose this call beside others, up to four'],
      [['e'], 'open this call, or close it'],
      [['Esc'], 'choose none'],
    ],
  ],
  [
    'Heads',
    [
      [['←', '→'], 'next head'],
      [['Enter'], 'sort, and once more the other way'],
      [['Shift ←', 'Shift →'], 'narrower, wider'],
    ],
  ],
  [
    'Page',
    [
      [['/'], 'write a filter'],
      [['g p'], 'go to the projects'],
      [['g c'], 'go to the calls'],
      [['g b'], 'go to the bodies'],
      [['g r'], 'go to the rates'],
      [['?'], 'these keys'],
    ],
  ],
];

/** All keys of the calls table. */
export function renderHelp(): TemplateResult {
  return html`<h3 id="help-title">Keys</h3>
    ${GROUPS.map(
      ([title, keys]) =>
        html`<h4>${title}</h4>
          <dl>
            ${keys.map(
              ([names, words]) =>
                html`<dt>${names.map((name) => html`<kbd>${name}</kbd> `)}</dt>
                  <dd>${words}</dd>`,
            )}
          </dl>`,
    )}
    <form method="dialog"><button class="button">Close</button></form>`;
}
