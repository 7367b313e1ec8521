import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OptionError, parseOptions, SOURCES } from '../../src/server/options.js';

const ALL = {
  port: 3000,
  source: 'auto',
  db: null,
  daemon: null,
  pages: null,
  allowedOrigins: [],
  token: false,
  open: false,
  help: false,
  version: false,
};

describe('the options of the command', () => {
  it('are the defaults where nothing is given', () => {
    assert.deepEqual(parseOptions([]), ALL);
  });

  it('take each source by its name, and --demo for one of them', () => {
    for (const source of SOURCES) assert.equal(parseOptions(['--source', source]).source, source);
    assert.equal(parseOptions(['--demo']).source, 'demo');
  });

  it('take a daemon on this machine, and give its origin', () => {
    for (const [text, origin] of [
      ['http://127.0.0.1:8765', 'http://127.0.0.1:8765'],
      ['http://127.0.0.1:8765/', 'http://127.0.0.1:8765'],
      ['http://LOCALHOST:9000', 'http://localhost:9000'],
      ['http://[::1]:8765', 'http://[::1]:8765'],
      ['http://2130706433:8765', 'http://127.0.0.1:8765'],
    ] as const) {
      assert.equal(parseOptions(['--daemon', text]).daemon, origin);
    }
  });

  it('take several other origins of this machine, exact ones', () => {
    const words = ['--allow-origin', 'http://localhost:5173', '--allow-origin=https://127.0.0.1:8443'];
    assert.deepEqual(parseOptions(words).allowedOrigins, ['http://localhost:5173', 'https://127.0.0.1:8443']);
  });

  it('take a folder of pages, and a wish for a key', () => {
    const { pages, token } = parseOptions(['--pages', '~/pages', '--token']);
    assert.deepEqual([pages, token], ['~/pages', true]);
  });

  for (const [words, says] of [
    [['--source', 'cloud'], 'The option --source takes one of auto, api, database, v1, demo, not "cloud".'],
    [['--source', 'v1', '--source', 'v1'], 'The option --source is given twice.'],
    [['--source', 'v1', '--demo'], 'The options --source and --demo can not stand together.'],
    [['--db', 'x', '--source', 'v1'], 'The options --db and --source v1 can not stand together.'],
    [['--daemon', 'http://127.0.0.1:1', '--demo'], 'The options --daemon and --demo can not stand together.'],
    [
      ['--daemon', 'http://127.0.0.1:1', '--source=demo'],
      'The options --daemon and --source demo can not stand together.',
    ],
    [['--daemon', '8765'], 'The option --daemon takes an address such as http://127.0.0.1:8765, not "8765".'],
    [
      ['--daemon', 'http://192.168.0.2:8765'],
      'The option --daemon takes an address on this machine (127.0.0.1, localhost or [::1]), not "http://192.168.0.2:8765".',
    ],
    [
      ['--daemon', 'http://127.0.0.1.evil.example:8765'],
      'The option --daemon takes an address on this machine (127.0.0.1, localhost or [::1]), not "http://127.0.0.1.evil.example:8765".',
    ],
    [
      ['--daemon', 'https://127.0.0.1:8765'],
      'The option --daemon takes an address that begins with http://, not "https://127.0.0.1:8765".',
    ],
    [
      ['--daemon', 'http://me@127.0.0.1:8765/api?x'],
      'The option --daemon takes an address without anything after the port, not "http://me@127.0.0.1:8765/api?x".',
    ],
    [
      ['--allow-origin', 'null'],
      'The option --allow-origin does not take "null": every file and every sandboxed frame, a hostile one too, has it.',
    ],
    [
      ['--allow-origin', '*'],
      'The option --allow-origin takes one exact origin, not "*": what is recorded would be open to any page.',
    ],
    [
      ['--allow-origin', 'http://*.localhost:5173'],
      'The option --allow-origin takes one exact origin, not "http://*.localhost:5173": what is recorded would be open to any page.',
    ],
    [
      ['--allow-origin', 'https://example.com'],
      'The option --allow-origin takes an origin on this machine (localhost, 127.0.0.1 or [::1]), not "https://example.com".',
    ],
    [
      ['--allow-origin', 'http://localhost:5173/'],
      'The option --allow-origin takes an origin as the browser writes it, http://localhost:5173, not "http://localhost:5173/".',
    ],
    [
      ['--allow-origin', 'http://localhost:80'],
      'The option --allow-origin takes an origin as the browser writes it, http://localhost, not "http://localhost:80".',
    ],
    [
      ['--allow-origin', 'file:///home/me'],
      'The option --allow-origin takes an origin such as http://localhost:5173, not "file:///home/me".',
    ],
    [['--port', '-1'], 'The option --port takes a number from 0 to 65535, not "-1".'],
    [['--allow-origin'], 'The option --allow-origin needs a value.'],
    [['--pages', ''], 'The option --pages needs a value.'],
    [['--token=yes'], 'The option --token takes no value.'],
  ] as const) {
    it(`refuse ${words.join(' ')} with a reason`, () => {
      assert.throws(
        () => parseOptions(words),
        (error) => error instanceof OptionError && error.message === says,
      );
    });
  }
});
