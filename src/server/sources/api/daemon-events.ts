import { Agent, get, type ClientRequest, type IncomingMessage } from 'node:http';

/** One event of a daemon's `/api/events`: its name, and its data as text. */
export interface DaemonEvent {
  readonly name: string;
  readonly data: string;
}

export interface DaemonEventsParts {
  readonly url: string;
  readonly hear: (event: DaemonEvent) => void;
  /** The stream did not open, or ended. It is not opened again by itself. */
  readonly onEnd: () => void;
}

/** More than any event of the contract; a stream that never ends a line is none. */
const MOST_CHARACTERS = 65_536;

/** Listens to what a daemon tells until it is closed. */
export class DaemonEvents {
  readonly #request: ClientRequest;
  #isClosed = false;

  constructor({ url, hear, onEnd }: DaemonEventsParts) {
    const options = { agent: new Agent(), headers: { Accept: 'text/event-stream' } };
    this.#request = get(`${url}/api/events`, options, (response) => {
      if (response.statusCode === 200) readEvents(response, hear, () => this.#request.destroy());
      else this.#request.destroy();
    });
    // A page that is open keeps this program running, not its listening.
    this.#request.on('socket', (socket) => socket.unref());
    this.#request.on('error', () => undefined);
    this.#request.on('close', () => {
      if (!this.#isClosed) onEnd();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#request.destroy();
  }
}

function readEvents(response: IncomingMessage, hear: (event: DaemonEvent) => void, refuse: () => void): void {
  let rest = '';
  response.setEncoding('utf8');
  response.on('error', () => undefined);
  response.on('data', (chunk: string) => {
    const blocks = (rest + chunk).replace(/\r\n?/g, '\n').split('\n\n');
    rest = blocks.pop()!;
    if (rest.length > MOST_CHARACTERS) return refuse();
    for (const block of blocks) {
      const name = /^event: ?(.*)$/m.exec(block)?.[1];
      const data = [...block.matchAll(/^data: ?(.*)$/gm)].map(([, line]) => line).join('\n');
      if (name !== undefined) hear({ name, data });
    }
  });
}
