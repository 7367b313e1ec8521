/** Server-sent events as they were stored, split by the rules of the HTML standard. Nothing is left out. */
export interface StreamEvent {
  /** What its `event:` line says; null where it has none. */
  readonly name: string | null;
  /** Its `data:` lines joined; null where it has none (a comment, a retry). */
  readonly data: string | null;
  /** The event as it was stored, without the blank line after it. */
  readonly text: string;
  /** False for a last event that no blank line ends. */
  readonly complete: boolean;
}

const LINE_END = /\r\n|\n|\r/g;

export function splitEvents(text: string): StreamEvent[] {
  const events: StreamEvent[] = [];
  let start = -1;
  let name: string | null = null;
  let data: string | null = null;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const finish = (end: number, complete: boolean): void => {
    if (start !== -1) events.push({ name, data, text: text.slice(start, end), complete });
    start = -1;
    name = null;
    data = null;
  };
  const read = (line: string): void => {
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line.charAt(colon + 1) === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') name = value;
    else if (field === 'data') data = data === null ? value : `${data}\n${value}`;
  };
  LINE_END.lastIndex = at;
  let lineEnd: RegExpExecArray | null;
  let eventEnd = at;
  while ((lineEnd = LINE_END.exec(text)) !== null) {
    if (lineEnd.index === at) {
      finish(eventEnd, true);
    } else {
      if (start === -1) start = at;
      read(text.slice(at, lineEnd.index));
      eventEnd = lineEnd.index;
    }
    at = LINE_END.lastIndex;
  }
  if (at < text.length) {
    if (start === -1) start = at;
    read(text.slice(at));
  }
  finish(text.length, false);
  return events;
}
