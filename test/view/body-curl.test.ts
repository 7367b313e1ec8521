import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { writeCurl } from '../../src/view/body-curl.js';

describe('writeCurl', () => {
  it('gives a shell exactly the stored body, whatever stands in it', () => {
    const body = `{"a": "it's $HOME \`ls\` \\\\ \\n ü", "b": "@file"}`;
    const call = { form: 'anthropic-messages', provider: 'anthropic', model: 'm', isStream: false } as const;
    const command = writeCurl(body, call).replace(/^curl/, 'printf "%s\\0"');
    const given = execFileSync('sh', ['-c', command], { env: { ANTHROPIC_API_KEY: 'secret' } })
      .toString()
      .split('\0');
    assert.equal(given[given.indexOf('--data-raw') + 1], body);
    assert.ok(given.includes('x-api-key: secret'));
    assert.equal(given[0], 'https://api.anthropic.com/v1/messages');
  });

  it('knows the address of each form, and leaves the host out where nothing says it', () => {
    const url = (form: Parameters<typeof writeCurl>[1]['form'], provider: string, isStream = false): string =>
      writeCurl('{}', { form, provider, model: 'gemini-3-pro', isStream }).split(/ |\\/)[1]!.replaceAll("'", '');
    assert.equal(url('openai-chat', 'openai'), 'https://api.openai.com/v1/chat/completions');
    assert.equal(url('openai-responses', 'openai'), 'https://api.openai.com/v1/responses');
    assert.equal(url('openai-chat', 'xai'), 'https://api.x.ai/v1/chat/completions');
    assert.equal(url('openai-chat', 'mistral'), 'https://HOST/v1/chat/completions');
    const gemini = 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro';
    assert.equal(url('gemini-content', 'gemini'), `${gemini}:generateContent`);
    assert.equal(url('gemini-content', 'gemini', true), `${gemini}:streamGenerateContent?alt=sse`);
  });
});
