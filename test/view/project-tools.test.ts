import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { writeHtml } from '../../src/first-rows/write-html.js';
import { canRetag, renderRetagging } from '../../src/view/project-fix.js';
import { ALL_COLUMNS, describeColumn, pickColumns } from '../../src/view/project-more-columns.js';
import { searchProjects } from '../../src/view/project-search.js';
import { makeProject } from './one-project.js';

const never = (): Promise<boolean> => Promise.resolve(false);

const keys = (names: string): string =>
  pickColumns(names, ALL_COLUMNS)
    .columns.map(({ key }) => key)
    .join();

describe('the columns of projects that are chosen', () => {
  it('stand in the order in which they are named, once each, at any width', () => {
    const { columns } = pickColumns('last, cost,tokens,cost', ALL_COLUMNS);
    assert.equal(columns.map(({ key }) => key).join(), 'last,cost,tokens');
    assert.ok(columns.every(({ classes }) => !classes.includes('from-')));
  });

  it('leave out names that are none, and tell them', () => {
    assert.equal(keys('cost,nonsense'), 'cost');
    assert.deepEqual(pickColumns('cost,nonsense,project,', ALL_COLUMNS).unknown, ['nonsense']);
  });

  it('are named once, and those whose label leaves something out say what', () => {
    assert.equal(new Set(ALL_COLUMNS.map(({ key }) => key)).size, ALL_COLUMNS.length);
    assert.match(describeColumn(ALL_COLUMNS.find(({ key }) => key === 'p95')!)!, /95 %/);
  });
});

describe('the search of projects', () => {
  const projects = [
    makeProject('acme', { name: 'Acme Checkout', topModel: 'claude-opus-4-6' }),
    makeProject('default', { tags: [{ method: 'smart_default', calls: 2 }], topModel: 'gpt-5.4-mini' }),
  ];
  const find = (search: string): string =>
    searchProjects(projects, search)
      .map(({ slug }) => slug)
      .join();

  it('finds by slug, name, top model and the word for how calls came to it, whatever the case', () => {
    assert.equal(find('ACME'), 'acme');
    assert.equal(find('checkout'), 'acme');
    assert.equal(find('gpt'), 'default');
    assert.equal(find('unattributed'), 'default');
    assert.equal(find('  '), 'acme,default');
    assert.equal(find('acme opus'), 'acme');
    assert.equal(find('acme gpt'), '');
  });
});

describe('the commands that give calls another project', () => {
  const commandsOf = (slug: string): string[] =>
    [
      ...writeHtml(renderRetagging(slug, 3, never)).matchAll(
        /<code>(?:<!---->)?([^<]*retag [^<]*)(?:<!---->)?<\/code>/g,
      ),
    ].map(([, text]) => unescape(text!));
  const unescape = (text: string): string =>
    text.replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]!,
    );

  it('name the project as the daemon has it', () => {
    assert.deepEqual(commandsOf('default'), [
      'halton-meter retag --from default --to my-project',
      'halton-meter retag --from default --to my-project --apply',
    ]);
  });

  it('hand a shell the very name, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter(canRetag), (slug) => {
        const [command] = commandsOf(slug);
        const said = execFileSync('bash', ['-c', command!.replace('halton-meter', 'printf "%s\\n"')], {
          encoding: 'utf8',
        });
        assert.equal(said, ['retag', '--from', slug, '--to', 'my-project', ''].join('\n'));
      }),
      { numRuns: 40 },
    );
  });

  it('are not shown for a name that they would refuse', () => {
    for (const slug of ['team/bot', '..', 'a..b', '.', ' a', 'a\nb', 'a\\b', '']) {
      assert.equal(canRetag(slug), false, JSON.stringify(slug));
      assert.deepEqual(commandsOf(slug), []);
    }
    for (const slug of ['.halton-meter', 'docker:web', "it's", '-x']) assert.equal(canRetag(slug), true, slug);
  });
});
