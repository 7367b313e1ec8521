import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { judgeRequest, type Verdict } from '../../src/server/guard.js';

const HOUSE = { port: 3000, pages: new Set(['/', '/hm-calls']) };
const OWN = 'localhost:3000';

/** The verdict on a request, as one word or status. */
function judge(target: string, headers: readonly (readonly [string, string])[], method = 'GET', port = 3000): string {
  const verdict = judgeRequest({ method, target, rawHeaders: headers.flat() }, { ...HOUSE, port });
  return describeVerdict(verdict);
}

function describeVerdict(verdict: Verdict): string {
  if (verdict.kind === 'refuse') return String(verdict.problem.status);
  return verdict.kind === 'redirect' ? `to ${verdict.location}` : 'pass';
}

const NAVIGATION = [
  ['Sec-Fetch-Mode', 'navigate'],
  ['Sec-Fetch-Dest', 'document'],
] as const;

describe('the guard', () => {
  it('lets a request to its own name in', () => {
    assert.equal(judge('/api/calls?limit=5', [['Host', OWN]]), 'pass');
    assert.equal(judge('/', [['host', OWN]], 'HEAD'), 'pass');
  });

  for (const host of [
    'evil.example',
    'evil.example:3000',
    'localhost',
    'localhost:3001',
    'localhost.:3000',
    'LOCALHOST:3000',
    'localhost:3000.evil.example',
    'localhost:03000',
    'a.localhost:3000',
    'user@localhost:3000',
    '127.0.0.1:3000',
    '127.1:3000',
    '0.0.0.0:3000',
    '[::1]:3000',
    '[::ffff:127.0.0.1]:3000',
    '',
  ]) {
    it(`turns away a request to the name ${JSON.stringify(host)}`, () => {
      for (const target of [
        '/',
        '/api/calls',
        '/nothing',
        '/%61pi/calls',
        '//evil.example',
        'http://localhost:3000/',
        '*',
      ]) {
        assert.equal(judge(target, [['Host', host]]), '421', target);
        assert.equal(
          judge(
            target,
            [
              ['Host', host],
              ['Sec-Fetch-Site', 'none'],
            ],
            'POST',
          ),
          '421',
          target,
        );
      }
    });
  }

  it('turns away a request that names no host, or two', () => {
    assert.equal(judge('/', []), '421');
    assert.equal(
      judge('/', [
        ['Host', OWN],
        ['Host', 'evil.example'],
      ]),
      '400',
    );
    assert.equal(
      judge('/', [
        ['Host', OWN],
        ['HOST', OWN],
      ]),
      '400',
    );
  });

  it('sends a page opened at 127.0.0.1 or [::1] to the same page at localhost', () => {
    for (const host of ['127.0.0.1:3000', '[::1]:3000']) {
      assert.equal(
        judge('/hm-calls?project=a%2Fb', [['Host', host], ...NAVIGATION]),
        'to http://localhost:3000/hm-calls?project=a%2Fb',
      );
      assert.equal(
        judge('/', [
          ['Host', host],
          ['Accept', 'text/html,*/*'],
        ]),
        'to http://localhost:3000/',
      );
      assert.equal(
        judge('/', [
          ['Host', host],
          ['Sec-Fetch-Mode', 'navigate'],
          ['Sec-Fetch-Dest', 'iframe'],
        ]),
        '421',
      );
      assert.equal(
        judge('/', [
          ['Host', host],
          ['Sec-Fetch-Mode', 'cors'],
          ['Accept', 'text/html'],
        ]),
        '421',
      );
      assert.equal(judge('/', [['Host', host], ...NAVIGATION], 'POST'), '421');
    }
  });

  it('never redirects to anywhere but its own name, whatever is asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (target) => {
        const verdict = judgeRequest(
          { method: 'GET', target, rawHeaders: ['Host', '127.0.0.1:3000', ...NAVIGATION.flat()] },
          HOUSE,
        );
        if (verdict.kind === 'redirect') assert.equal(new URL(verdict.location).origin, 'http://localhost:3000');
        else assert.equal(describeVerdict(verdict), '400');
      }),
    );
  });

  for (const target of [
    '//evil.example/x',
    '/\\evil.example',
    '/a\\..\\b',
    'http://localhost:3000/',
    'http://evil.example/abs',
    '*',
    '',
    'api/calls',
    '/a#/../b',
    '/a b',
    '/caf\u00e9',
    '/a\u0000',
    '/a\r\nX: y',
    '/?q=a#b',
    '/hm-calls/../api/status',
    '/pages/%2e%2e/api/status',
    '/pages/.%2E/api/status',
    '/embed/./hm-calls',
    '/pages/..',
  ]) {
    it(`turns away the malformed target ${JSON.stringify(target)}`, () => {
      assert.equal(judge(target, [['Host', OWN]]), '400');
    });
  }

  it('takes a query with characters that browsers leave as they are', () => {
    assert.equal(judge("/api/calls?q=a\\b|{c}^`d'?/", [['Host', OWN]]), 'pass');
  });

  for (const origin of [
    'null',
    '',
    'http://localhost',
    'http://localhost:3001',
    'http://localhost:30000',
    'http://localhost:3000/',
    'http://localhost:3000.evil.example',
    'http://localhost.evil.example:3000',
    'http://evil.example#http://localhost:3000',
    'https://localhost:3000',
    'HTTP://LOCALHOST:3000',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
    'file://',
    'http://localhost:3000 http://evil.example',
    '*',
  ]) {
    it(`turns away a page of the origin ${JSON.stringify(origin)}`, () => {
      for (const target of ['/', '/api/calls', '/elements/hm-calls.js', '/nothing']) {
        assert.equal(
          judge(target, [
            ['Host', OWN],
            ['Origin', origin],
          ]),
          '403',
          target,
        );
        assert.equal(
          judge(target, [
            ['Host', OWN],
            ['Origin', origin],
            ['Sec-Fetch-Site', 'same-origin'],
          ]),
          '403',
          target,
        );
        assert.equal(judge(target, [['Host', OWN], ['Origin', origin], ...NAVIGATION]), '403', target);
      }
    });
  }

  it('lets its own pages in, with an Origin or without', () => {
    assert.equal(
      judge('/api/calls', [
        ['Host', OWN],
        ['Origin', `http://${OWN}`],
      ]),
      'pass',
    );
    assert.equal(
      judge('/api/calls', [
        ['Host', OWN],
        ['Sec-Fetch-Site', 'same-origin'],
      ]),
      'pass',
    );
    assert.equal(judge('/api/calls', [['Host', OWN], ['Sec-Fetch-Site', 'none'], ...NAVIGATION]), 'pass');
    assert.equal(
      judge('/api/calls', [
        ['Host', OWN],
        ['Origin', `http://${OWN}`],
        ['Origin', 'http://evil.example'],
      ]),
      '403',
    );
  });

  it('lets a link on another site lead to a page, and to nothing else', () => {
    for (const site of ['cross-site', 'same-site', 'something-new']) {
      const fromThere = [['Host', OWN], ['Sec-Fetch-Site', site], ...NAVIGATION] as const;
      assert.equal(judge('/', fromThere), 'pass');
      assert.equal(judge('/hm-calls?project=x', fromThere), 'pass');
      assert.equal(judge('/embed/hm-calls?project=x', fromThere), 'pass');
      assert.equal(judge('/pages/sub/mine.html', fromThere), 'pass');
      for (const target of [
        '/api/status',
        '/api/calls?x=/',
        '/%61pi/status',
        '/elements/hm-calls.js',
        '/nothing',
        '/pages/.hidden',
        '/pages/sub/.git/config',
        '/pagesx/',
        '/embed/',
        '/embed/hm-calls/api',
        '/embed%2fhm-calls',
      ]) {
        assert.equal(judge(target, fromThere), '403', target);
      }
      assert.equal(judge('/', fromThere, 'POST'), '403');
    }
  });

  it('turns away other sites that embed or fetch without an Origin', () => {
    for (const site of ['cross-site', 'same-site']) {
      for (const [mode, dest] of [
        ['no-cors', 'script'],
        ['no-cors', 'image'],
        ['navigate', 'iframe'],
        ['navigate', 'embed'],
        ['cors', 'document'],
      ] as const) {
        const headers = [
          ['Host', OWN],
          ['Sec-Fetch-Site', site],
          ['Sec-Fetch-Mode', mode],
          ['Sec-Fetch-Dest', dest],
        ] as const;
        assert.equal(judge('/', headers), '403', `${mode} ${dest}`);
        assert.equal(judge('/api/calls', headers), '403', `${mode} ${dest}`);
      }
    }
  });

  it('lets a frame of another site hold an element by itself, and nothing else', () => {
    for (const site of ['cross-site', 'same-site']) {
      const frame = [
        ['Host', OWN],
        ['Sec-Fetch-Site', site],
        ['Sec-Fetch-Mode', 'navigate'],
        ['Sec-Fetch-Dest', 'iframe'],
      ] as const;
      assert.equal(judge('/embed/hm-calls?project=x', frame), 'pass');
      for (const target of ['/', '/hm-calls', '/pages/', '/pages/mine.html', '/api/status', '/elements/hm-calls.js']) {
        assert.equal(judge(target, frame), '403', target);
      }
      assert.equal(judge('/embed/hm-calls', [...frame.slice(0, 3), ['Sec-Fetch-Dest', 'embed']]), '403');
      assert.equal(judge('/embed/hm-calls', frame, 'POST'), '403');
    }
  });

  it('lets pages of an allowed origin load elements and ask the API, and nothing else', () => {
    const allowed = 'http://localhost:5173';
    const ask = (target: string, origin: string, ...more: (readonly [string, string])[]): string =>
      describeVerdict(
        judgeRequest(
          { method: 'GET', target, rawHeaders: [['Host', OWN], ['Origin', origin], ...more].flat() },
          { ...HOUSE, allowedOrigins: [allowed] },
        ),
      );
    for (const target of ['/api/calls?limit=1', '/elements/hm-calls.js', '/elements/chunks/core-A.js']) {
      assert.equal(ask(target, allowed, ['Sec-Fetch-Site', 'same-site']), 'pass', target);
      for (const origin of [
        'null',
        'http://localhost:51730',
        'http://localhost:5173/',
        'http://127.0.0.1:5173',
        'https://localhost:5173',
        'HTTP://localhost:5173',
        'http://localhost:5173.evil.example',
      ]) {
        assert.equal(ask(target, origin), '403', `${origin} ${target}`);
      }
      assert.equal(ask(target, allowed, ['Origin', 'http://evil.example']), '403');
      assert.equal(
        judge(target, [
          ['Host', OWN],
          ['Origin', allowed],
        ]),
        '403',
      );
    }
    for (const target of ['/', '/hm-calls', '/embed/hm-calls', '/pages/', '/nothing', '/api', '/elements']) {
      assert.equal(ask(target, allowed), '403', target);
    }
  });

  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'get']) {
    it(`refuses ${method} and says what it allows`, () => {
      const verdict = judgeRequest({ method, target: '/api/calls', rawHeaders: ['Host', OWN] }, HOUSE);
      assert.equal(describeVerdict(verdict), '405');
      assert.equal(verdict.kind === 'refuse' && verdict.allow, 'GET, HEAD');
    });
  }

  it('knows its name on port 80, where browsers leave the port out', () => {
    assert.equal(judge('/', [['Host', 'localhost']], 'GET', 80), 'pass');
    assert.equal(
      judge(
        '/',
        [
          ['Host', 'localhost'],
          ['Origin', 'http://localhost'],
        ],
        'GET',
        80,
      ),
      'pass',
    );
    assert.equal(judge('/', [['Host', '127.0.0.1'], ...NAVIGATION], 'GET', 80), 'to http://localhost/');
  });

  it('never names what was asked for in its answer', () => {
    const verdict = judgeRequest({ method: 'GET', target: '/secret', rawHeaders: ['Host', 'secret\u001b[31m'] }, HOUSE);
    assert.ok(!JSON.stringify(verdict).includes('secret'));
  });
});
