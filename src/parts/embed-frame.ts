import { html, render } from 'lit';
import { moduleOrigin } from '../daemon/origin.js';
import { readFrameQuery } from '../view/frame-query.js';

/** What is put on the element comes from the address of the frame alone; what its height is, only that, goes to its page. */

const { documentElement, body } = document;
const { tag = '', fault } = documentElement.dataset;
const isFramed = parent !== window;
/** Below what is open, for its shadow. */
const EDGE_PX = 8;

/** The element as its class describes it: there is no other list of its attributes. */
function listAttributes(element: HTMLElement): { names: string[]; flags: string[] } {
  const { observedAttributes = [] } = element.constructor as { readonly observedAttributes?: readonly string[] };
  const flags = observedAttributes.filter((name) => typeof Reflect.get(element, name) === 'boolean');
  return { names: [...observedAttributes], flags };
}

function showFaults(faults: readonly string[]): void {
  render(
    html`<div class="faults" role="alert">
      <p><b>This frame shows nothing: its address can not be meant.</b></p>
      ${faults.map((words) => html`<p>${words}</p>`)}
    </div>`,
    body,
  );
}

/** What is open over the page, in the element: a frame that is no taller than its one line would cut it. */
function listOpened(): Element[] {
  return [...body.children].flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll(':popover-open') ?? [])]);
}

function tellHeight(): void {
  const tell = (): void => {
    const opened = listOpened().map((box) => box.getBoundingClientRect().bottom + scrollY + EDGE_PX);
    const height = Math.ceil(Math.max(documentElement.getBoundingClientRect().height, ...opened));
    // Whoever may hold this page may know how tall it is.
    parent.postMessage({ hmHeight: height }, '*');
  };
  const resizes = new ResizeObserver(tell);
  resizes.observe(documentElement);
  // It does not bubble, but passes here on its way down.
  const follow = ({ target, newState }: ToggleEvent): void => {
    if (newState === 'open') resizes.observe(target as Element);
    else resizes.unobserve(target as Element);
    tell();
  };
  for (const { shadowRoot } of body.children)
    shadowRoot?.addEventListener('toggle', (event) => follow(event as ToggleEvent), true);
}

function fill(): void {
  body.replaceChildren();
  if (customElements.get(tag) === undefined) {
    showFaults([`<${tag}> could not be loaded. Is the server of hm-elements still there?`]);
    return;
  }
  const element = document.createElement(tag);
  const { attributes, colorScheme, faults } = readFrameQuery(location.search, { tag, ...listAttributes(element) });
  if (colorScheme !== null) documentElement.dataset.colorScheme = colorScheme;
  const told = fault === undefined ? faults : [...faults, fault];
  if (told.length > 0) return showFaults(told);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  body.append(element);
  if (isFramed) return;
  const wishes = { ...attributes, ...(colorScheme !== null && { 'color-scheme': colorScheme }) };
  void import('./embed-this.js').then(({ showSnippet }) => showSnippet(tag, wishes, moduleOrigin(import.meta.url)));
}

documentElement.classList.toggle('alone', !isFramed);
fill();
if (isFramed) tellHeight();
