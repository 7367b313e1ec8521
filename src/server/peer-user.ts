import { readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { endianness } from 'node:os';

/** The ends of a connection as the server's socket has them: `remote` is who asks. */
export interface Connection {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

/** A table that changes while it is read may leave out a line that was there all the time. */
const TRIES = 3;

const MAPPED = /^::ffff:(?=\d+\.)/i;

/**
 * The user whose program holds the other end of a connection on this machine, by Linux's tables of sockets; null where
 * no line there is of that end, or its program has let go of it.
 * @throws where the tables can't be read.
 */
export async function findPeerUser(connection: Connection): Promise<number | null> {
  const { localAddress, localPort, remoteAddress, remotePort } = connection;
  if (localAddress === undefined || localPort === undefined) return null;
  if (remoteAddress === undefined || remotePort === undefined) return null;
  // What is the server's remote end is the local one in the line of who asks.
  const ends = { from: { address: remoteAddress, port: remotePort }, to: { address: localAddress, port: localPort } };
  for (let tries = 0; tries < TRIES; tries++) {
    const tables = await Promise.all([readFile('/proc/net/tcp', 'ascii'), readSixth()]);
    for (const table of tables) {
      const user = findUser(table, ends);
      if (user !== null) return user;
    }
  }
  return null;
}

/** A machine without IPv6 has no such table. */
async function readSixth(): Promise<string> {
  try {
    return await readFile('/proc/net/tcp6', 'ascii');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

interface End {
  readonly address: string;
  readonly port: number;
}

/** The user in the line of a socket from one end to the other. Its inode is 0 once no program holds it: user 0 is nobody's then. */
export function findUser(table: string, { from, to }: { readonly from: End; readonly to: End }): number | null {
  const wanted = [
    [writeEnd(from, false), writeEnd(to, false)],
    [writeEnd(from, true), writeEnd(to, true)],
  ];
  for (const line of table.split('\n')) {
    const [, local, remote, , , , , user, , inode] = line.trim().split(/\s+/);
    if (inode === undefined || inode === '0') continue;
    if (wanted.some(([one, other]) => local === one && remote === other)) return Number(user);
  }
  return null;
}

/** `0100007F:1F90`; `isSixth`: as a table of IPv6 sockets has it, also where the address is one of IPv4. */
function writeEnd({ address, port }: End, isSixth: boolean): string | null {
  const plain = address.replace(MAPPED, '');
  if (isIPv6(plain) && !isSixth) return null;
  const bytes = isIPv6(plain) ? sixteenBytes(plain) : fourBytes(plain);
  const whole = isSixth && bytes.length === 4 ? [...Array<number>(10).fill(0), 255, 255, ...bytes] : bytes;
  const words: string[] = [];
  for (let at = 0; at < whole.length; at += 4) {
    const word = whole.slice(at, at + 4);
    // Each word is written as a number of the machine.
    if (endianness() === 'LE') word.reverse();
    words.push(Buffer.from(word).toString('hex').toUpperCase());
  }
  return `${words.join('')}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
}

const fourBytes = (address: string): number[] => address.split('.').map(Number);

function sixteenBytes(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const middle = tail === undefined ? [] : Array<string>(8 - first.length - last.length).fill('0');
  return [...first, ...middle, ...last].flatMap((group) => {
    const value = parseInt(group, 16);
    return [value >> 8, value & 255];
  });
}
