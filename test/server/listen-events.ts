import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';

export interface ServerEvent {
  /** `calls`, `status`; `greeting` for a block without data, `comment` for a line that says nothing. */
  readonly kind: string;
  readonly id: string | undefined;
  readonly data: unknown;
}

export interface Listener {
  readonly response: IncomingMessage;
  /** The next event there is or will be, null once the server has ended the stream as it should. */
  next(): Promise<ServerEvent | null>;
  /** The next one of this kind; those before it are dropped. */
  nextOf(kind: string): Promise<ServerEvent>;
  close(): void;
}

/** Listens to `/api/events` as a browser would. */
export async function listenEvents(port: number, headers: Readonly<Record<string, string>> = {}): Promise<Listener> {
  const outgoing = request({
    host: '127.0.0.1',
    port,
    path: '/api/events',
    agent: false,
    headers: { Host: `localhost:${port}`, ...headers },
  });
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const events = readEvents(response);
  const next = async (): Promise<ServerEvent | null> => (await events.next()).value ?? null;
  return {
    response,
    next,
    async nextOf(kind) {
      for (;;) {
        const event = await next();
        if (event === null) throw new Error(`The stream ended before an event ${kind}.`);
        if (event.kind === kind) return event;
      }
    },
    close: () => outgoing.destroy(),
  };
}

async function* readEvents(response: IncomingMessage): AsyncGenerator<ServerEvent, null> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += chunk as string;
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      yield parseEvent(text.slice(0, end));
      text = text.slice(end + 2);
    }
  }
  return null;
}

function parseEvent(block: string): ServerEvent {
  const field = (name: string): string | undefined =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const data = field('data');
  return {
    kind: field('event') ?? (block.startsWith(':') ? 'comment' : 'greeting'),
    id: field('id'),
    data: data === undefined ? undefined : JSON.parse(data),
  };
}
