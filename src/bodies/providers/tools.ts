import { type ToolDefinition } from '../conversation.js';
import { type JsonNode } from './json-node.js';

/** Tools that providers run themselves, by how their type begins. */
const SERVER_TOOL =
  /^(?:web_search|web_fetch|x_search|code_execution|code_interpreter|tool_search|file_search|collections_search|image_generation|mcp|live_search)/;
const SCHEMAS = ['parameters', 'input_schema', 'parametersJsonSchema', 'parameters_json_schema', 'inputSchema'];

/** Tool definitions of Anthropic's and OpenAI's forms, also the old `functions`. */
export function readTools(list: JsonNode | null): ToolDefinition[] {
  return (list?.items ?? []).map((node) => readTool(node, null));
}

/** One definition. `type`: what it is where it doesn't say so itself. */
export function readTool(node: JsonNode, type: string | null): ToolDefinition {
  const fields = node.fields;
  const written = fields?.takeString('type') ?? null;
  const inner = fields?.takeObject('function', 'custom') ?? fields;
  const kind = written ?? type ?? 'function';
  const schemaName = SCHEMAS.find((name) => inner?.has(name)) ?? '';
  const schema = inner?.take(schemaName) ?? null;
  return {
    ...node.place,
    name: inner?.takeString('name') ?? fields?.takeString('server_label', 'mcp_server_name') ?? kind,
    description: inner?.takeString('description', 'server_description') ?? null,
    schema: schema && !schema.isNull ? schema.asField(schemaName) : null,
    type: kind,
    isServer: written !== null && SERVER_TOOL.test(written),
    cacheMark: fields?.takeCacheMark() ?? null,
    rest: fields?.rest() ?? [node.asField('')],
  };
}
