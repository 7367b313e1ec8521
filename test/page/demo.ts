import { after, before } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { BuiltServer } from '../built-server.js';
import { TestServers } from '../test-servers.js';
import { launchBrowser } from './browser.js';

/** A browser, and a server with demo data, for all tests of a file: there once these run. */
export function useDemo(): { readonly browser: Browser; readonly url: string } {
  const all = new TestServers();
  let browser: Browser;
  let server: BuiltServer;
  before(async () => {
    server = await all.find('demo');
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    await all.stop();
  });
  return {
    get browser() {
      return browser;
    },
    get url() {
      return server.url;
    },
  };
}
