import { writeCatalogEntry } from './catalog.js';
import { writeChat } from './chat.js';
import { writeCodingSession } from './coding.js';
import type { Conversation, Setting } from './conversation.js';
import { writeDocsSearch } from './docs.js';
import { writeEval } from './evals.js';
import { writeFraudReview } from './fraud.js';
import { writeRefundCase } from './refunds.js';
import { writeReleaseNotes } from './release.js';
import { writeTriage } from './triage.js';

export type ScenarioName =
  'refunds' | 'evals' | 'coding' | 'triage' | 'docs' | 'chat' | 'release' | 'fraud' | 'catalog';

/** What the calls of a project talk about. */
export const SCENARIOS: Readonly<Record<ScenarioName, (setting: Setting) => Conversation>> = {
  refunds: writeRefundCase,
  evals: writeEval,
  coding: writeCodingSession,
  triage: writeTriage,
  docs: writeDocsSearch,
  chat: writeChat,
  release: writeReleaseNotes,
  fraud: writeFraudReview,
  catalog: writeCatalogEntry,
};
