import puppeteer from 'puppeteer-core';
import { findBrowser } from '../scripts/find-browser.mjs';

/** The page and what its load asks for, as paths of our server: files first, then data. */
export interface PageRequests {
  readonly files: readonly string[];
  readonly data: readonly string[];
}

/** Opens the index page in a real browser and writes down what it asks our server for before any click. */
export async function recordPageRequests(origin: string): Promise<PageRequests> {
  const { executablePath, args, env } = await findBrowser();
  const browser = await puppeteer.launch({ executablePath, args, env, headless: true });
  try {
    const page = await browser.newPage();
    const paths = new Set<string>();
    page.on('response', (response) => {
      if (!response.url().startsWith(`${origin}/`)) return;
      const path = response.url().slice(origin.length);
      if (response.ok()) paths.add(path);
      else console.log(`The page asks for ${path} and gets ${response.status()}: left out.`);
    });
    await page.goto(`${origin}/`, { waitUntil: 'networkidle0' });
    const isData = (path: string): boolean => path.startsWith('/api/');
    const files = [...paths].filter((path) => !isData(path));
    const data = [...paths].filter(isData);
    if (data.length === 0) throw new Error('The index page asked for no data: is it built?');
    return { files, data };
  } finally {
    await browser.close();
  }
}

/** Asks for all of it as a browser does, the page first, and gives how many bytes came. */
export async function answerPage(origin: string, { files, data }: PageRequests): Promise<number> {
  const page = await readBytes(`${origin}/`);
  const rest = files.filter((path) => path !== '/');
  const ofFiles = await Promise.all(rest.map((path) => readBytes(`${origin}${path}`)));
  const ofData = await Promise.all(data.map((path) => readBytes(`${origin}${path}`)));
  return [page, ...ofFiles, ...ofData].reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * Reads an answer to its end and gives its length in bytes.
 * @throws Error for anything but a 200.
 */
export async function readBytes(url: string): Promise<number> {
  const response = await fetch(url);
  const bytes = await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  return bytes.byteLength;
}
