// The test runner's own configuration needs this script as JavaScript; here is what it gives to TypeScript.
declare module '*/scripts/find-browser.mjs' {
  /** The Chromium to run in, with the words and variables that it needs here. */
  export function findBrowser(): Promise<{
    readonly executablePath: string;
    readonly args: string[];
    readonly env: NodeJS.ProcessEnv;
  }>;
}
