import type { TemplateResult } from 'lit';
import { BODY_KEYS } from './body-help.js';
import { type KeyGroup, renderKeys } from './key-help.js';

const GROUPS: readonly KeyGroup[] = [
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

/** All keys of the calls table, and of the bodies that it leads to. */
export function renderHelp(): TemplateResult {
  return renderKeys([...GROUPS, BODY_KEYS]);
}
