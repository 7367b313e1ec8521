import type { Conversation } from '../conversation.js';
import { readConversation } from '../providers/read-conversation.js';
import { readRebuilt, rebuildStream } from '../streams/rebuild-stream.js';
import type { RebuiltStream } from '../streams/rebuilt-stream.js';
import type { FoldTree, Spot } from './fold-tree.js';
import type { OpenedBody } from './opened-body.js';
import type { BodyKey } from './protocol.js';

/** What a body says. */
export interface Talk {
  readonly conversation: Conversation | null;
  /** The text that the conversation's places are of: the stored one, or the rebuilt message. */
  readonly text: string;
  readonly rebuilt: RebuiltStream | null;
}

/** One opened body with what came of it. */
export interface HeldBody {
  readonly body: OpenedBody;
  readonly closed: AbortController;
  readonly markPainted: () => void;
  /** Undefined: not looked for yet. */
  talk: Talk | undefined;
}

/** The bodies that are open, by their keys. */
export class HeldBodies {
  readonly #held = new Map<BodyKey, HeldBody>();

  /** Takes the place of one of the same key. */
  add(key: BodyKey, held: HeldBody): void {
    this.remove(key);
    this.#held.set(key, held);
  }

  /** Stops reading it, too. */
  remove(key: BodyKey): void {
    this.#held.get(key)?.closed.abort();
    this.#held.delete(key);
    // The browser keeps the text that a regular expression was last matched against, for `RegExp.input`.
    // Called so that no minifier takes it for nothing.
    RegExp.prototype.exec.call(/^/, '');
  }

  clear(): void {
    for (const key of [...this.#held.keys()]) this.remove(key);
  }

  find(key: BodyKey): HeldBody | undefined {
    return this.#held.get(key);
  }

  /** @throws RangeError where none of that key is open. */
  get(key: BodyKey): HeldBody {
    const held = this.#held.get(key);
    if (held === undefined) throw new RangeError(`No body ${JSON.stringify(key)} is open.`);
    return held;
  }

  /** @throws RangeError where the body is plain text. */
  tree(key: BodyKey): FoldTree {
    const { tree } = this.get(key).body;
    if (tree === null) throw new RangeError('This body is no tree.');
    return tree;
  }

  /** @throws RangeError where the tree has no row of that id. */
  spot(key: BodyKey, id: string): { readonly tree: FoldTree; readonly spot: Spot } {
    const tree = this.tree(key);
    const spot = tree.finder.findId(id);
    if (spot === null) throw new RangeError(`The tree has no row ${JSON.stringify(id)}.`);
    return { tree, spot };
  }

  talk(key: BodyKey): Talk {
    const held = this.get(key);
    return (held.talk ??= readTalk(held.body));
  }
}

function readTalk({ text, format, json, asked }: OpenedBody): Talk {
  const { side, provider, endsEarly } = asked;
  const own = json === null ? null : readConversation(text, { side, provider });
  // Gemini may stream a JSON array.
  const mayBeStream = side === 'response' && own === null && format !== 'text';
  const rebuilt = mayBeStream ? rebuildStream(text, { provider, endsEarly }) : null;
  if (rebuilt === null) return { conversation: own, text, rebuilt };
  return { conversation: readRebuilt(rebuilt, provider), text: rebuilt.json ?? '', rebuilt };
}
