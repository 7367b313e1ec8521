// A classic script: it leaves itself on the window.
import 'axe-core/axe.js';
import type { AxeResults, RunOptions } from 'axe-core';
import { expect } from 'chai';
import { render, type TemplateResult } from 'lit';

declare global {
  interface Window {
    readonly axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };
  }
}

/** Puts elements on the test page, waits for what they tell, and takes them away after each test. */

let stage: HTMLElement | undefined;

/** Draws a template on the page and gives its first element. */
export function mount<T extends HTMLElement>(template: TemplateResult): T {
  unmount();
  stage = document.createElement('main');
  document.body.append(stage);
  render(template, stage);
  return stage.firstElementChild as T;
}

export function unmount(): void {
  stage?.remove();
  stage = undefined;
}

/** The next event of this name on the target. */
export function nextEvent<K extends keyof HTMLElementEventMap>(
  target: EventTarget,
  name: K,
): Promise<HTMLElementEventMap[K]> {
  return new Promise((resolve) => {
    target.addEventListener(name, (event) => resolve(event as HTMLElementEventMap[K]), { once: true });
  });
}

/** Draws a template and waits until its element shows an answer. */
export async function mountLoaded<T extends HTMLElement>(template: TemplateResult): Promise<T> {
  const element = mount<T>(template);
  await nextEvent(element, 'hm-load');
  return element;
}

/** Waits, frame by frame, until the condition holds. The runner's own time limit ends a wait that never does. */
export async function until<T>(condition: () => T | null | undefined | false): Promise<T> {
  for (;;) {
    const value = condition();
    if (value) return value;
    await new Promise(requestAnimationFrame);
  }
}

/** What stands in the element's shadow root for a selector; fails where nothing does. */
export function find<T extends HTMLElement = HTMLElement>(element: HTMLElement, selector: string): T {
  const found = element.shadowRoot!.querySelector<T>(selector);
  if (found === null) throw new Error(`<${element.localName}> shows no ${selector}`);
  return found;
}

export function findAll<T extends HTMLElement = HTMLElement>(element: HTMLElement, selector: string): T[] {
  return [...element.shadowRoot!.querySelectorAll<T>(selector)];
}

/** A text as a reader sees it: runs of white space are one space. */
export function readText(node: Node): string {
  return (node.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Fails with every accessibility fault that axe finds in the element. */
export async function expectAccessible(element: HTMLElement): Promise<void> {
  const { violations } = await window.axe.run(element, { resultTypes: ['violations'] });
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
  ).to.deep.equal([]);
}

/** How many steps a deed adds to the history. Its length says nothing any more once it is as long as browsers let it be. */
export async function countSteps(deed: () => void | Promise<void>): Promise<number> {
  const push = history.pushState.bind(history);
  let steps = 0;
  history.pushState = (...step) => {
    steps++;
    push(...step);
  };
  try {
    await deed();
  } finally {
    Reflect.deleteProperty(history, 'pushState');
  }
  return steps;
}
