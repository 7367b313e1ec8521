import { type Failure, refuse } from '../failures.js';
import type { Exchange } from './exchange.js';

/** What a failed call brought back, in its provider's own form. */
export function encodeRefusal({ call, random }: Exchange, failure: Failure): { text: string; contentType: string } {
  const { status, code, message } = refuse(call.provider, failure);
  if (code === null) {
    // Not the provider spoke, but something on the way to it.
    const page = `<html>\r\n<head><title>${status} ${message}</title></head>\r\n<body>\r\n<center><h1>${status} ${message}</h1></center>\r\n</body>\r\n</html>\r\n`;
    return { text: page, contentType: 'text/html' };
  }
  const contentType = 'application/json';
  if (call.provider === 'anthropic') {
    const body = { type: 'error', error: { type: code, message }, request_id: `req_01${random.alphanumeric(22)}` };
    return { text: JSON.stringify(body), contentType };
  }
  if (call.provider === 'gemini') {
    return { text: JSON.stringify({ error: { code: status, message, status: code } }, null, 2), contentType };
  }
  if (call.provider === 'xai') return { text: JSON.stringify({ code, error: message }), contentType };
  const type = code === 'insufficient_quota' || code === 'server_error' ? code : 'invalid_request_error';
  return { text: JSON.stringify({ error: { message, type, param: null, code } }, null, 2), contentType };
}
