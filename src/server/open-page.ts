import { spawn } from 'node:child_process';

/** The platform's own opener and its arguments, without a shell in between. */
export function openerFor(platform: NodeJS.Platform, url: string): readonly [command: string, ...words: string[]] {
  if (platform === 'darwin') return ['open', url];
  // `start` is a word of the shell; rundll32 is what it ends in, and it reads the address as one argument.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

/** Opens the page in the user's browser; resolves to false where there is nothing to open it with. */
export function openPage(url: string): Promise<boolean> {
  const [command, ...words] = openerFor(process.platform, url);
  return new Promise((resolve) => {
    const opener = spawn(command, words, { stdio: 'ignore', detached: true });
    opener.once('error', () => resolve(false));
    opener.once('spawn', () => {
      opener.unref();
      resolve(true);
    });
  });
}
