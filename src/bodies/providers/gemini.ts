import { type Conversation, type Message, type Stop, type ToolDefinition } from '../conversation.js';
import { NO_MESSAGE } from './chat.js';
import { makeConversation } from './form.js';
import { readGeminiParts } from './gemini-parts.js';
import { type Fields, type JsonNode } from './json-node.js';
import { readContent } from './parts.js';
import { readTool } from './tools.js';
import { mapGemini, readError, readUsage } from './usage.js';

const FORM = 'gemini-content';
/** Groups of settings whose members are compared one by one. */
const GROUPS = ['generationConfig', 'generation_config', 'toolConfig', 'tool_config'];

/** A request to generateContent, streamGenerateContent or countTokens. */
export function readGeminiRequest(root: JsonNode, fields: Fields): Conversation {
  const system = fields.take('systemInstruction', 'system_instruction');
  const contents = fields.take('contents');
  for (const group of GROUPS) fields.takeObject(group);
  const list = contents?.kind === 'array' ? contents.items : contents ? [contents] : [];
  return makeConversation(FORM, root, fields, {
    model: fields.takeString('model'),
    system: system ? readGeminiParts(system) : [],
    tools: (fields.takeArray('tools')?.items ?? []).flatMap(readToolGroup),
    messages: list.map((node) => readGeminiContent(node)),
  });
}

/** An answer, or one chunk of a streamed one. */
export function readGeminiResponse(root: JsonNode, fields: Fields): Conversation {
  const stops: Stop[] = [];
  const messages = (fields.takeArray('candidates')?.items ?? []).map((node) => readCandidate(node, stops));
  const blocked = fields.peek('promptFeedback')?.fields?.peek('blockReason');
  if (blocked?.kind === 'string') {
    stops.push({ reason: blocked.string ?? '', detail: null, choice: null, pointer: blocked.pointer });
  }
  const usage = fields.takeNode('object', 'usageMetadata');
  const isCount = usage === null && fields.takeNode('number', 'totalTokens') !== null;
  return makeConversation(FORM, root, fields, {
    side: 'response',
    model: fields.takeString('modelVersion'),
    id: fields.takeString('responseId'),
    messages,
    stops,
    // countTokens answers with the counts alone.
    usage: readUsage(isCount ? root : usage, mapGemini),
    error: readError(fields.take('error')),
  });
}

function readGeminiContent(node: JsonNode): Message {
  const fields = node.fields;
  if (fields === null) return { ...node.place, ...NO_MESSAGE, parts: readContent(node) };
  const role = fields.takeString('role') ?? 'user';
  const parts = fields.has('parts') ? readGeminiParts(node) : [];
  fields.take('parts');
  return { ...node.place, ...NO_MESSAGE, role, parts, rest: fields.rest() };
}

function readCandidate(node: JsonNode, stops: Stop[]): Message {
  const fields = node.fields;
  const choice = fields?.take('index')?.number ?? null;
  const stop = fields?.takeNode('string', 'finishReason');
  if (stop) {
    const detail = fields?.takeString('finishMessage') ?? null;
    stops.push({ reason: stop.string ?? '', detail, choice, pointer: stop.pointer });
  }
  const content = fields?.takeNode('object', 'content') ?? null;
  const message = content ? readGeminiContent(content) : { ...node.place, ...NO_MESSAGE, parts: [] };
  const rest = [...message.rest, ...(fields?.rest() ?? [node.asField('')])];
  return { ...message, role: message.role || 'model', choice, rest };
}

/** A group holds functions, or names one of the provider's own tools. */
function readToolGroup(node: JsonNode): ToolDefinition[] {
  const tools: ToolDefinition[] = [];
  for (const [name, value] of node.fields?.entries ?? []) {
    if (name === 'functionDeclarations' || name === 'function_declarations') {
      tools.push(...value.items.map((item) => readTool(item, 'function')));
    } else {
      const { place } = value;
      const common = { description: null, schema: null, cacheMark: null, rest: [value.asField(name)] };
      tools.push({ ...place, ...common, name, type: name, isServer: !/^computer/.test(name) });
    }
  }
  return tools;
}
