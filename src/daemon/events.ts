import type { WireCallsEvent } from '../api/events.js';
import type { Shape } from './shape.js';

/** `event: calls` of `GET /api/events` */
export const callsEventShape: Shape<WireCallsEvent> = { newest_call_at: 's?', calls: 'n', changed: ['s'] };

/** The server's events, until the source is closed. It opens again by itself when it breaks off. */
export function openEvents(origin: string): EventSource {
  return new EventSource(`${origin}/api/events`);
}
