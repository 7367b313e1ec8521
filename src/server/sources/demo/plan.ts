import type { TokenCounts } from '../../../api/price-tokens.js';
import type { Failure } from './failures.js';
import type { Conversation } from './conversations/conversation.js';
import type { Endpoint, ProjectProfile } from './projects.js';

/**
 * How a call ended. `cut`: its stream broke off half-way; `silent`: it ended well, but the provider sent no usage;
 * `blocked`: a policy of the daemon's owner stopped it before it left the machine.
 */
export type Outcome = 'success' | 'cut' | 'silent' | 'blocked' | Failure;

/** What happens in one piece of work: calls of one conversation, one after the other. */
export interface Session {
  readonly profile: ProjectProfile;
  /** Fixes the text of the conversation. Two sessions with the same seed ask the same things. */
  readonly seed: number;
  readonly machine: string | null;
  readonly workdir: string | null;
  readonly attribution: string | null;
  readonly startedAtMs: number;
  /** The prompt carries the time of the request, so that no provider's cache can ever match it. */
  readonly clockInPrompt: boolean;
  /** Bodies are as long as the token counts say; otherwise long ones are shortened, to keep the file small. */
  readonly fullBodies: boolean;
  /** Whether the daemon kept the bodies. */
  readonly stored: boolean;
  /** What each turn weighs, failed tries apart; a conversation is written to these sizes. */
  readonly turns: TurnSize[];
  readonly calls: CallPlan[];
  /** Written when the first body is needed. */
  conversation?: Conversation;
}

/** Tokens that a turn adds to a conversation. */
export interface TurnSize {
  /** New in the request: what the user, or a tool, said. */
  readonly asked: number;
  readonly answered: number;
  readonly thought: number;
}

/** One call, before it has an id and a price. */
export interface CallPlan {
  readonly session: Session;
  /** Index in the session's turns. A retry repeats its turn. */
  readonly turn: number;
  readonly provider: string;
  readonly model: string;
  /** Which of the provider's interfaces was spoken to. */
  readonly endpoint: Endpoint;
  readonly streamed: boolean;
  readonly outcome: Outcome;
  readonly kind: string | null;
  readonly billing: string | null;
  readonly tokens: TokenCounts;
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
  /** Milliseconds since 1970, whole. */
  readonly requestedAtMs: number;
}
