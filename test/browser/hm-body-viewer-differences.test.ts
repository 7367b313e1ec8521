import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import type { HmBodyViewer } from '../../components/hm-body-viewer.js';
import type { WireCallDetail } from '../../src/api/call.js';
import { alter, alterBody, mountDrawn, PRICED, restore, storeBodies, STREAMED } from './bodies.js';
import { expectAccessible, find, findAll, mount, readText, until } from './mount.js';

/** The earlier of both. */
const [A, B] = [PRICED, STREAMED];

const RATES = { input: 300_000, output: 1_500_000, thinking: 1_500_000, cache_read: 30_000, cache_write: 375_000 };
const PRICE = { ...RATES, effective_from: '1970-01-01T00:00:00Z', effective_to: null, source: 'bundled' };

/** Gives each of two calls a request, and a record of its tokens. */
function storeRequests(
  requests: Readonly<Record<string, object | string>>,
  recorded: Readonly<Record<string, Partial<WireCallDetail>>> = {},
): void {
  storeBodies({});
  for (const [id, request] of Object.entries(requests)) {
    const text = typeof request === 'string' ? request : JSON.stringify(request);
    alter(new RegExp(`/${id}/request$`), () => new Response(text));
    alterBody((body) =>
      body.call_id === id
        ? { request: { ...body.request, bytes: text.length, stored_bytes: text.length, truncated: false } }
        : {},
    );
    alter(new RegExp(`/api/calls/${id}$`), async (answer) =>
      Response.json({
        ...((await answer.json()) as object),
        model: 'claude-sonnet-4-6',
        price: PRICE,
        ...recorded[id],
      }),
    );
  }
}

const TOOL = {
  name: 'lookup_charges',
  description: 'Looks up charges',
  input_schema: { type: 'object', properties: { order: { type: 'string' }, limit: { type: 'integer', maximum: 20 } } },
};
const REQUEST = {
  model: 'claude-sonnet-4-6',
  max_tokens: 8192,
  system: 'You answer for the shop.',
  tools: [TOOL],
  messages: [
    { role: 'user', content: 'Order 48-20931 was charged twice.' },
    { role: 'assistant', content: 'I look at its charges.' },
    { role: 'user', content: 'It is 13:58.' },
  ],
};
const edited = (index: number, content: string): object => ({
  ...REQUEST,
  messages: REQUEST.messages.map((message, at) => (at === index ? { ...message, content } : message)),
});

const verdict = async (element: HmBodyViewer): Promise<string> => {
  const drawn = await until(() => element.shadowRoot!.querySelector('.cache-verdict:not(.muted)'));
  return readText(drawn);
};

const mountCompared = (): Promise<HmBodyViewer> => mountDrawn('/captured', [A, B]);

/** Lines of a table of what differs: name and kind, then the values. */
const changes = (within: ParentNode): string[] =>
  [...within.querySelectorAll('.changes > [role="row"]')].slice(1).map(readText);

describe('<hm-body-viewer> on what differs', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(restore);

  it('names the first message at which the prompt cache could no longer match, and what the rest cost', async () => {
    storeRequests(
      { [A]: REQUEST, [B]: edited(2, 'It is 14:01.') },
      {
        [A]: { input_tokens: 2_210, cache_read_tokens: 58_402, cache_write_tokens: 0 },
        [B]: { input_tokens: 42_408, cache_read_tokens: 18_204, cache_write_tokens: 0, cost_millicents: 13_268 },
      },
    );
    const words = await verdict(await mountCompared());
    expect(words).to.contain('The prompt cache of B could match A up to message 2,');
    expect(words).to.contain('Message 3 differs.');
    expect(words).to.contain('B read 18,204 of its 60,612 prompt tokens from the cache.');
    // 42,408 tokens at $3.00 a million, and at $0.30; floored as the daemon does.
    expect(words).to.contain(
      'The uncached remainder, 42,408 tokens, cost $0.12722, $0.1145 more than read from the cache.',
    );
  });

  it('opens the message that it names, and marks it', async () => {
    storeRequests({ [A]: REQUEST, [B]: edited(2, 'It is 14:01.') });
    const element = await mountCompared();
    await verdict(element);
    find(element, '.cache-verdict button').click();
    const spot = await until(() => element.shadowRoot!.querySelector('.spot'));
    expect(readText(spot)).to.match(/It is 1[34]:/);
    expect(spot.getBoundingClientRect().top).to.be.within(0, innerHeight);
  });

  it('says what else broke the cache: model, tools, system prompt, a parameter', async () => {
    const cases: [later: object, words: RegExp, recorded?: Partial<WireCallDetail>][] = [
      [
        { ...REQUEST, tools: [{ ...TOOL, description: 'Other' }] },
        /The tool lookup_charges differs, and everything else/,
      ],
      [{ ...REQUEST, tools: [] }, /could match nothing of A\. The tool lookup_charges was removed/],
      [{ ...REQUEST, system: 'You answer for a bank.' }, /The system prompt differs, and all messages come after it/],
      [{ ...REQUEST, tool_choice: { type: 'any' } }, /tool_choice\/type was added, and the messages are cached by it/],
      [
        { ...REQUEST, model: 'claude-opus-4-6' },
        /could match nothing of A\. The model changed from claude-sonnet-4-6 to claude-opus-4-6/,
        { model: 'claude-opus-4-6' },
      ],
    ];
    for (const [later, words, recorded] of cases) {
      storeRequests({ [A]: REQUEST, [B]: later }, recorded === undefined ? {} : { [B]: recorded });
      expect(await verdict(await mountCompared())).to.match(words);
      restore();
    }
  });

  it('says that all could have matched where the conversation only went on, and that nothing was read', async () => {
    const later = { ...REQUEST, messages: [...REQUEST.messages, { role: 'assistant', content: 'Both are refunded.' }] };
    const tokens = { cache_write_tokens: 0, complete: true };
    storeRequests(
      { [A]: REQUEST, [B]: later },
      {
        [A]: { ...tokens, input_tokens: 400, cache_read_tokens: 2_000 },
        [B]: { ...tokens, input_tokens: 2_500, cache_read_tokens: 0 },
      },
    );
    const words = await verdict(await mountCompared());
    expect(words).to.contain('The prompt cache of B could match all of A: nothing that both sent differs');
    expect(words).to.contain('B read none of its 2,500 prompt tokens from the cache, where 2,400 could have matched');
  });

  it('says why it cannot be told: cut, not priced, without rates, of another form, not stored', async () => {
    const cut = JSON.stringify(REQUEST).slice(0, -30);
    storeRequests({ [A]: REQUEST, [B]: cut }, { [B]: { cost_millicents: null, price: null } });
    alterBody((body) => (body.call_id === B ? { request: { ...body.request, truncated: true } } : {}));
    const words = await verdict(await mountCompared());
    expect(words).to.contain('cannot be told: a body is cut, and up to the cut nothing differs');
    expect(words).to.contain('What the rest cost cannot be told: B is not priced.');
    restore();
    storeRequests({ [A]: REQUEST, [B]: { model: 'm', input: 'Hello' } }, { [B]: { price: null } });
    const others = await verdict(await mountCompared());
    expect(others).to.contain('the two requests are of different forms').and.to.contain('the rates are not known');
    restore();
    storeRequests({ [A]: REQUEST, [B]: 'Hello' });
    expect(await verdict(await mountCompared())).to.contain('the request of B is of no form that is known.');
    restore();
    alterBody((body) => (body.call_id === B ? { request: { ...body.request, stored_bytes: null } } : {}));
    expect(await verdict(await mountCompared())).to.contain('the request of B is not stored.');
  });

  it('says of a cut body how far the cache reached at most', async () => {
    const cut = JSON.stringify(edited(0, 'Order 48-20931 was charged once.')).slice(0, -30);
    storeRequests({ [A]: REQUEST, [B]: cut });
    alterBody((body) => (body.call_id === B ? { request: { ...body.request, truncated: true } } : {}));
    const words = await verdict(await mountCompared());
    expect(words).to.match(/could match no more than the first [\d,]+ characters of A\. Message 1 differs\./);
    expect(words).to.contain('Whether it broke before that cannot be told, because a body is cut.');
  });

  it('compares three calls each with the one before it in time, whatever their letters', async () => {
    storeRequests({ [A]: REQUEST, [B]: edited(0, 'Other.') });
    const element = await mountDrawn('/captured', [B, A, 'eb1f55d2-b6fd-48cd-99e0-e3d773bac6cc']);
    const all = await until(() => {
      const drawn = findAll(element, '.cache-verdict:not(.muted)');
      return drawn.length === 2 && drawn.map(readText);
    });
    expect(all[0]).to.contain('The prompt cache of A could match').and.to.contain('Message 1 differs');
    expect(all[1]).to.contain('The prompt cache of C');
    expect(findAll(element, '.heads-compared h3').map(readText)).to.deep.equal(['B against A', 'C against A']);
  });

  it('draws columns of what differs alone, with difference, ratio and money, and tells the rest in a line', async () => {
    const tokens = { thinking_tokens: 0, cache_write_tokens: 0, complete: true, status: 'success', latency_ms: 2_000 };
    storeRequests(
      { [A]: REQUEST, [B]: REQUEST },
      {
        [A]: { ...tokens, input_tokens: 2_000, cache_read_tokens: 0, output_tokens: 100, cost_millicents: 1_000 },
        [B]: { ...tokens, input_tokens: 1_000, cache_read_tokens: 500, output_tokens: 100, cost_millicents: 4_000 },
      },
    );
    const element = await mountCompared();
    const table = find(element, '.differs');
    const heads = [...table.querySelectorAll('thead th')].map(readText);
    expect(heads).to.include.members(['Input, uncached', 'Cache read', 'Cost']);
    for (const label of ['Output', 'Latency', 'Project', 'Model']) expect(heads).not.to.include(label);
    const same = readText(find(element, '.same'));
    expect(same)
      .to.match(/^Same: model claude-sonnet-4-6, project cap, provider anthropic/)
      .and.contain('output 100');
    const rows = [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map(readText));
    const column = (label: string): string[] => rows.slice(2).map((row) => row[heads.indexOf(label)]!);
    expect(rows.slice(2).map(([title]) => title)).to.deep.equal(['B less A', 'as a ratio', 'in money']);
    expect(column('Input, uncached')).to.deep.equal(['−1,000', '×0.50', '−$0.0030']);
    // Nothing is so many times 0.
    expect(column('Cache read')).to.deep.equal(['+500', '–', '+$0.0002']);
    expect(column('Cost')).to.deep.equal(['', '×4.00', '+$0.0300']);
  });

  it('compares parameters one by one, as they are written', async () => {
    const before = { ...REQUEST, temperature: 1.0, top_p: 0.9, metadata: { user_id: 'a', run: 7 } };
    const after = JSON.stringify({ ...REQUEST, max_tokens: 4096, metadata: { user_id: 'b', run: 7 }, stream: true });
    storeRequests({
      [A]: JSON.stringify(before).replace('"temperature":1', '"temperature":1.0'),
      [B]: after.replace('"stream"', '"temperature":1,"stream"'),
    });
    const element = await mountCompared();
    const details = await until(() => element.shadowRoot!.querySelector('.heads-compared details'));
    expect(readText(details.querySelector('summary')!)).to.equal('5 parameters differ');
    expect(changes(details).sort()).to.deep.equal([
      'max_tokens changed 8192 4096',
      'metadata/user_id changed "a" "b"',
      'stream added – true',
      'temperature written otherwise, equal in value 1.0 1',
      'top_p removed 0.9 –',
    ]);
    expect(readText(find(element, '.heads-compared .equal'))).to.equal(
      'Equal: system prompt, 24 characters; 1 tool definition.',
    );
    await expectAccessible(element);
  });

  it('compares tools by what their definitions say, field by field', async () => {
    const schema = {
      ...TOOL.input_schema,
      properties: { order: { type: 'string' }, limit: { type: 'integer', maximum: 50 } },
    };
    storeRequests({
      [A]: { ...REQUEST, tools: [{ ...TOOL, name: 'refund' }, TOOL, { ...TOOL, name: 'notify' }] },
      [B]: {
        ...REQUEST,
        tools: [
          { ...TOOL, input_schema: schema },
          { ...TOOL, name: 'notify' },
          { ...TOOL, name: 'ship' },
        ],
      },
    });
    const element = await mountCompared();
    const details = await until(() => element.shadowRoot!.querySelector('.heads-compared details'));
    expect(readText(details.querySelector('summary')!)).to.equal('Tool definitions: 1 changed, 1 added, 1 removed');
    expect([...details.querySelectorAll('.tool-changed')].map(readText)).to.deep.equal([
      'refund only in A',
      'lookup_charges changed',
      'ship only in B',
    ]);
    expect(changes(details)).to.deep.equal(['input_schema/properties/limit/maximum changed 20 50']);
  });

  it('shows which words of the system prompt differ, by more than colour', async () => {
    storeRequests({ [A]: REQUEST, [B]: { ...REQUEST, system: 'You answer for the bank.' } });
    const element = await mountCompared();
    const details = await until(() => element.shadowRoot!.querySelector<HTMLDetailsElement>('.heads-compared details'));
    details.open = true;
    expect(readText(details.querySelector('del')!)).to.equal('shop');
    expect(readText(details.querySelector('ins')!)).to.equal('bank');
    expect(getComputedStyle(details.querySelector('del')!).textDecorationStyle).to.equal('dotted');
    expect(getComputedStyle(details.querySelector('ins')!).textDecorationStyle).to.equal('solid');
  });

  it('turns the figures on their side in a narrow place, and stays within it', async () => {
    await setViewport({ width: 390, height: 800 });
    storeRequests({ [A]: { ...REQUEST, temperature: 0.5 }, [B]: edited(2, 'It is 14:01.') });
    const element = await mountCompared();
    await verdict(element);
    const [head, first] = findAll(element, '.differs tr');
    expect(first!.getBoundingClientRect().left).to.be.at.least(head!.getBoundingClientRect().right - 1);
    expect(document.documentElement.scrollWidth).to.be.at.most(innerWidth);
    await setViewport({ width: 1366, height: 900 });
  });

  it('draws hostile names and values as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>\u202e';
    storeRequests({ [A]: REQUEST, [B]: { ...REQUEST, [hostile]: hostile, tools: [{ ...TOOL, name: hostile }] } });
    const element = await mountCompared();
    await until(() => element.shadowRoot!.querySelector('.tool-changed'));
    expect(find(element, '.heads-compared').querySelector('img')).to.equal(null);
    expect(readText(find(element, '.heads-compared'))).to.contain('<img src=x');
  });

  it('tells nothing of a single call', async () => {
    const element = mount<HmBodyViewer>(html`<hm-body-viewer daemon="/captured" calls=${A}></hm-body-viewer>`);
    await until(() => element.shadowRoot!.querySelector('.pane'));
    expect(element.shadowRoot!.querySelector('.cache-verdict, .heads-compared, .differs')).to.equal(null);
  });
});
