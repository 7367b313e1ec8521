import { type Conversation, type ConversationForm } from '../conversation.js';
import { type Fields, type JsonNode } from './json-node.js';

/** What is known of a body beside its text. */
export interface BodyHint {
  readonly side: 'request' | 'response';
  /** As recorded; decides only where the body leaves a doubt. */
  readonly provider: string | null;
}

type Found = Partial<Omit<Conversation, 'form' | 'parameters' | 'isCut'>>;

/** A conversation of what was found; whatever nobody took of the body's fields becomes its parameters. */
export function makeConversation(form: ConversationForm, root: JsonNode, fields: Fields, found: Found): Conversation {
  return {
    form,
    side: 'request',
    model: null,
    id: null,
    system: [],
    tools: [],
    messages: [],
    stops: [],
    usage: null,
    error: null,
    ...found,
    parameters: fields.rest(),
    isCut: root.isCut,
  };
}
