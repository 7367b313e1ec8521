import type { WireCallsEvent } from '../api/events.js';
import type { Shape } from './shape.js';

/** `event: calls` of `GET /api/events` */
export const callsEventShape: Shape<WireCallsEvent> = { newest_call_at: 's?', calls: 'n', changed: ['s'] };
