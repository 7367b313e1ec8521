import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import {
  button,
  catchCopies,
  chooseView,
  mountDrawn,
  pane,
  PRICED,
  restore,
  storeBodies,
  STREAMED,
  textRows,
  turnOf,
  turns,
} from './bodies.js';
import { find, findAll, readText, until } from './mount.js';

/** One pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const ANTHROPIC = {
  model: 'claude-sonnet-4-6',
  max_tokens: 100,
  system: 'Answer briefly.',
  tools: [
    { name: 'read_file', description: 'Reads a file.', input_schema: { type: 'object' } },
    { name: 'write_file', description: 'Writes a file.', input_schema: { type: 'object' } },
  ],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Look at **this**: [site](https://example.org/x)\n\n```js\nlet a = 1;\n```' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
        { type: 'image', source: { type: 'url', url: 'https://example.org/p.png' } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Let me think.', signature: 'abc' },
        { type: 'tool_use', id: 't1', name: 'read_file', input: { path: 'a.txt' } },
      ],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', is_error: true, content: 'no such file' }] },
  ],
};

const ANSWER = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-6',
  content: [{ type: 'text', text: 'Sorry.' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 1, output_tokens: 77, cache_read_input_tokens: 4096, cache_creation_input_tokens: 2048 },
};

describe('<hm-body-viewer>, conversation', () => {
  before(() => setViewport({ width: 1366, height: 900 }));
  afterEach(restore);

  it('shows parameters, system prompt, tools and messages, each with its role', async () => {
    storeBodies({ request: JSON.stringify(ANTHROPIC), response: JSON.stringify(ANSWER) });
    const element = await mountDrawn('/captured', [PRICED]);
    const request = pane(element, 'Request of A');
    await until(() => turns(request).length === 6);
    expect(
      turns(request)
        .map(([role]) => role)
        .slice(0, 6),
    ).to.deep.equal(['request', 'system', 'tools', 'user', 'assistant', 'user']);
    expect(readText(turnOf(request, 'request')))
      .to.contain('model claude-sonnet-4-6')
      .and.to.contain('max_tokens 100');
    expect(readText(turnOf(request, 'system'))).to.contain('Answer briefly.');
  });

  it('joins a tool call to its result, and leads from one to the other', async () => {
    storeBodies({ request: JSON.stringify(ANTHROPIC), response: JSON.stringify(ANSWER) });
    const element = await mountDrawn('/captured', [PRICED]);
    const request = pane(element, 'Request of A');
    const link = await until(() =>
      [...request.querySelectorAll('button')].find((one) => readText(one) === 'result in 3'),
    );
    await until(() => readText(request).includes('error of read_file'));
    expect(readText(request)).to.contain('calls read_file').and.to.contain('called in 2');
    link.click();
    await until(() =>
      readText(request.querySelector('.turn.spot') ?? document.createElement('i')).includes('no such file'),
    );
  });

  it('folds thinking and tool definitions, and searches the definitions', async () => {
    storeBodies({ request: JSON.stringify(ANTHROPIC), response: JSON.stringify(ANSWER) });
    const element = await mountDrawn('/captured', [PRICED]);
    const request = pane(element, 'Request of A');
    const assistant = await until(() => turns(request).length === 6 && turnOf(request, 'assistant'));
    expect(readText(assistant)).to.contain('Thinking, 13 characters').and.not.to.contain('Let me think.');
    button(assistant, 'Show').click();
    await until(() => readText(turnOf(request, 'assistant')).includes('Let me think.'));
    button(turnOf(request, 'tools'), 'Show').click();
    await until(() => request.querySelectorAll('.tools > li').length === 2);
    const search = request.querySelector<HTMLInputElement>('.tool-search input')!;
    search.value = 'writes';
    search.dispatchEvent(new InputEvent('input'));
    await until(() => request.querySelectorAll('.tools > li').length === 1);
    expect(readText(turnOf(request, 'tools')))
      .to.contain('1 of 2')
      .and.to.contain('write_file');
  });

  it('draws Markdown without a link out, with code that can be copied, and plain when asked', async () => {
    const copied = catchCopies();
    storeBodies({ request: JSON.stringify(ANTHROPIC), response: JSON.stringify(ANSWER) });
    const element = await mountDrawn('/captured', [PRICED]);
    const request = pane(element, 'Request of A');
    const strong = await until(() => request.querySelector('.markdown b'));
    expect(readText(strong)).to.equal('this');
    expect(element.shadowRoot!.querySelector('.pane a')).to.equal(null);
    expect(readText(turnOf(request, 'user').querySelector('.markdown')!)).to.contain('site https://example.org/x');
    button(request.querySelector('.markdown .code')!, 'Copy').click();
    await until(() => copied.length === 1);
    expect(copied).to.deep.equal(['let a = 1;']);
    button(element.shadowRoot!, 'Plain text').click();
    await until(() => request.querySelector('.markdown') === null);
    expect(readText(request)).to.contain('Look at **this**: [site](https://example.org/x)');
  });

  it('draws pictures that are in the body and fetches none that are not', async () => {
    storeBodies({ request: JSON.stringify(ANTHROPIC), response: JSON.stringify(ANSWER) });
    const element = await mountDrawn('/captured', [PRICED]);
    const picture = await until(() => element.shadowRoot!.querySelector<HTMLImageElement>('img.picture'));
    expect(picture.src).to.match(/^blob:/);
    await picture.decode();
    expect(picture.naturalWidth).to.equal(1);
    expect(findAll(element, 'img')).to.have.length(1);
    expect(readText(pane(element, 'Request of A')))
      .to.contain('image, image/png, 70 bytes')
      .and.to.contain('by address, not fetched: https://example.org/p.png');
  });

  it('says why the model stopped, and sets what it used against what was recorded', async () => {
    storeBodies({ response: JSON.stringify(ANSWER) });
    const element = await mountDrawn('/captured', [PRICED]);
    const response = pane(element, 'Response of A');
    const usage = await until(() => response.querySelector('.usage'));
    expect(readText(response.querySelector('.role:has(+ .said .part)')!)).to.contain('end_turn');
    expect(readText(usage.querySelector('caption')!)).to.equal('The response says otherwise than what was recorded');
    expect([...usage.querySelectorAll('tbody tr')].map(readText)).to.include.members([
      'Input, uncached 1 1,234',
      'Output 77 77',
    ]);
  });

  for (const [name, provider, request, words] of [
    [
      'OpenAI chat',
      'openai',
      { model: 'gpt-5.1', messages: [{ role: 'developer', content: 'Be kind.' }] },
      ['developer', 'Be kind.'],
    ],
    [
      'OpenAI responses',
      'openai',
      { model: 'gpt-5.1', instructions: 'Be kind.', input: 'Hello' },
      ['system', 'Be kind.'],
    ],
    ['Gemini', 'gemini', { contents: [{ role: 'model', parts: [{ text: 'Hello' }] }] }, ['model', 'Hello']],
    ['embeddings', 'openai', { model: 'text-embedding-3-small', input: ['one', 'two'] }, ['input', 'one']],
  ] as const) {
    it(`reads a request of ${name}`, async () => {
      storeBodies({ request: JSON.stringify(request) }, provider);
      const element = await mountDrawn('/captured', [PRICED]);
      const body = pane(element, 'Request of A');
      await until(() => turns(body).some(([role, said]) => role === words[0] && said === words[1]));
    });
  }

  it('shows refusals, documents and errors of a provider in their own words', async () => {
    const refusal = {
      id: 'c1',
      object: 'chat.completion',
      model: 'gpt-5.1',
      choices: [
        { index: 0, message: { role: 'assistant', content: null, refusal: 'I can’t.' }, finish_reason: 'stop' },
      ],
    };
    const document = {
      type: 'document',
      title: 'Terms',
      source: { type: 'text', media_type: 'text/plain', data: 'All of it.' },
    };
    const request = { ...ANTHROPIC, messages: [{ role: 'user', content: [document] }] };
    storeBodies({ request: JSON.stringify(request), response: JSON.stringify(refusal) });
    const element = await mountDrawn('/captured', [PRICED]);
    await until(() => /refusal I can’t\./.test(readText(pane(element, 'Response of A'))));
    await until(() =>
      /document, text\/plain, 10 characters: Terms All of it\./.test(readText(pane(element, 'Request of A'))),
    );
    restore();
    storeBodies({ response: JSON.stringify({ type: 'error', error: { type: 'overloaded_error', message: 'Busy' } }) });
    const failed = await mountDrawn('/captured', [PRICED]);
    await until(() => /overloaded_error Busy/.test(readText(pane(failed, 'Response of A'))));
  });

  it('leaves out the line of parameters where a body has none', async () => {
    storeBodies(
      {
        request: '{"requests":[{"model":"models/gemini-embedding-001","content":{"parts":[{"text":"hi"}]}}]}',
        response: '{"embeddings":[{"values":[0.1,0.2]}]}',
      },
      'gemini',
    );
    const element = await mountDrawn('/captured', [PRICED]);
    const panes = ['Request of A', 'Response of A'].map((label) => pane(element, label));
    await until(() => panes.every((shown) => turns(shown).length > 0));
    expect(panes.map((shown) => turns(shown).map(([role]) => role))).to.deep.equal([['input'], ['output']]);
  });

  it('keeps what a program wrote clear of the button that copies it', async () => {
    const result = 'word '.repeat(200);
    storeBodies({
      request: JSON.stringify({
        ...ANTHROPIC,
        messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: result }] }],
      }),
    });
    const element = await mountDrawn('/captured', [PRICED]);
    await until(() => findAll(element, '.program').length > 0);
    const copy = find(element, '.code .copy').getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(find(element, '.program .chunk'));
    const covered = [...range.getClientRects()].filter(
      ({ right, top, bottom }) => right > copy.left && top < copy.bottom - 4 && bottom > copy.top + 4,
    );
    expect(covered).to.deep.equal([]);
  });

  it('falls back to the tree where the form is unknown', async () => {
    storeBodies({ request: '{"what": "ever"}' });
    const element = await mountDrawn('/captured', [PRICED]);
    await until(() => pane(element, 'Request of A').querySelector('[role="tree"]'));
  });

  it('puts a stream together into the message, and shows beside it which event added what', async () => {
    const element = await mountDrawn('/captured', [STREAMED]);
    const response = pane(element, 'Response of A');
    await until(() => turns(response).some(([role]) => role === 'assistant'));
    await chooseView(element, 'Events');
    const events = await until(() =>
      response.querySelector<HTMLElement>('.events [role="option"]')?.closest<HTMLElement>('.events'),
    );
    const delta = await until(() =>
      [...events.querySelectorAll<HTMLElement>('[role="option"]')].find((one) => readText(one).includes('text_delta')),
    );
    delta.click();
    const place = await until(() => response.querySelector('.place'));
    await until(() => /adds \d+ characters? to \/content\/\d+\/text/.test(readText(place)));
    await until(() => response.querySelector('.rebuilt-side .part.spot mark.current'));
    expect(readText(place)).to.contain('event: content_block_delta');
  });

  it('says that a stream stopped before its end, with everything that came', async () => {
    const events = [
      { type: 'message_start', message: { ...ANSWER, content: [], stop_reason: null } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Half a' } },
    ];
    storeBodies({
      response: events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
    });
    const element = await mountDrawn('/captured', [PRICED]);
    const response = pane(element, 'Response of A');
    await until(() => readText(response).includes('Stream not complete:'));
    expect(readText(response)).to.contain('Half a');
  });

  it('shows a long text to its end only when asked, and draws of a long conversation only what shows', async () => {
    const messages = Array.from({ length: 3_000 }, (_, index) => ({
      role: index % 2 === 0 ? 'user' : 'assistant',
      content: index === 0 ? 'long '.repeat(2_000) : `message ${index}`,
    }));
    storeBodies({ request: JSON.stringify({ ...ANTHROPIC, messages }) });
    const element = await mountDrawn('/captured', [PRICED]);
    const request = pane(element, 'Request of A');
    await until(() => readText(request).includes('Show all 10,000 characters'));
    button(request, 'Show all 10,000 characters').click();
    await until(() => readText(request).includes('Show less'));
    const box = find(element, '.pane.request .talk');
    box.scrollTop = box.scrollHeight;
    await until(() => {
      box.scrollTop = box.scrollHeight;
      return readText(request).includes('message 2999');
    });
    expect(request.querySelectorAll('.turn').length).to.be.lessThan(100);
  });

  it('keeps the chosen view when another call is chosen', async () => {
    const element = await mountDrawn('/captured', [PRICED]);
    await chooseView(element, 'Text');
    element.calls = [STREAMED];
    await until(() => readText(find(element, '.facts')).includes(STREAMED));
    await until(() => textRows(pane(element, 'Response of A')).some((row) => row.startsWith('event:')));
  });
});
