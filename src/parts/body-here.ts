import { BodyEngine } from '../bodies/worker/engine.js';
import type { News } from '../bodies/worker/protocol.js';
import { openBodyBytes } from '../daemon/body-texts.js';
import { tellCall } from '../view/tell-call.js';
import type { Answerer } from './body-connection.js';

const SLICE_CHARACTERS = 1 << 17;

/** Without a worker: everything is read here, in smaller steps. */
export function startHere(tell: (news: News) => void): Answerer {
  const engine = new BodyEngine({
    fetchBody: ({ origin, callId }, side, signal) => openBodyBytes(origin, callId, side, signal),
    tell,
    tellCall,
    sliceCharacters: SLICE_CHARACTERS,
    startPatternThread: null,
  });
  return {
    ask: (ask, name, params, signal) => engine.answer(name, params as never, { ask, signal }),
    end: () => engine.closeAll(),
  };
}
