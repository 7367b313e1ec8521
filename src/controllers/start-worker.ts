/** The Trusted Types policy that our pages allow; its name must be in their `trusted-types`. */
const POLICY = 'hm-worker';

interface ScriptPolicy {
  createScriptURL(url: string): unknown;
}

interface TrustedTypes {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy;
}

let policy: ScriptPolicy | undefined;
/** The one address that the policy lets through. */
let trusted = '';

/**
 * Starts a module as a worker. A browser takes a worker only from the page's own origin, so for a module from another
 * one it gets two words of script that import it; the module then needs the header by which elements are let in.
 * @throws Error where the page's policy forbids it. That it was forbidden later, or can't be loaded, comes as an `error` event.
 */
export function startWorker(url: URL, name: string): Worker {
  const isForeign = url.origin !== globalThis.location.origin;
  trusted = isForeign
    ? URL.createObjectURL(new Blob([`import ${JSON.stringify(url.href)};`], { type: 'text/javascript' }))
    : url.href;
  const worker = new Worker(trustAddress(trusted), { type: 'module', name });
  if (isForeign) {
    const address = trusted;
    // By its first word it has been loaded.
    worker.addEventListener('message', () => URL.revokeObjectURL(address), { once: true });
  }
  return worker;
}

function trustAddress(url: string): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return url;
  policy ??= trustedTypes.createPolicy(POLICY, {
    createScriptURL: (asked) => {
      if (asked !== trusted) throw new TypeError('Not the address of a worker of ours.');
      return asked;
    },
  });
  return policy.createScriptURL(url) as string;
}
