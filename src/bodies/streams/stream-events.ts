import { splitEvents, type StreamEvent } from '../event-stream.js';
import { memberAt, scanMembers, scanValue, skipSpace } from '../json-scan.js';

export interface StreamEvents {
  readonly events: readonly StreamEvent[];
  /** Of a stream that is a JSON array, whether it was closed; server-sent events have no end of their own. */
  readonly isClosed: boolean;
}

/** The events of a stored stream: server-sent ones, or the items of a JSON array, as Gemini sends them without `alt=sse`. */
export function listStreamEvents(text: string): StreamEvents {
  const start = skipSpace(text, 0, text.length);
  if (text[start] !== '[') return { events: splitEvents(text), isClosed: true };
  const array = scanValue(text, start);
  const members = scanMembers(text, array);
  const events: StreamEvent[] = [];
  for (let index = 0; index < members.count; index++) {
    const { value } = memberAt(text, array, members, index);
    if (value === null) continue;
    const data = text.slice(value.start, value.end);
    events.push({ name: null, data, text: data, complete: value.complete });
  }
  return {
    events,
    isClosed: members.complete && !members.invalid && skipSpace(text, array.end, text.length) === text.length,
  };
}
