import type { CSSResult, ReactiveController, ReactiveControllerHost } from 'lit';
import { type Filter, FILTER_LISTS, FILTER_VALUES } from '../api/filter.js';
import type { Parsed } from '../filter/parse.js';
import { adoptSheet } from './adopt-sheet.js';

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment };

interface Scope {
  readonly filter: Filter;
  readonly fixed: Filter;
  readonly timeZone: string;
  changeFilter(change: Filter): void;
}

/** The language's reader, and the styles of what draws completion and form. */
interface Editor {
  readonly printFilter: (filter: Filter, timeZone: string) => string;
  readonly parseFilter: (text: string, options: { timeZone: string; fixed: Filter }) => Parsed;
  /** Whether a pause in typing at this place is likely a pause for thought. */
  readonly isUnfinished: (parsed: Parsed, caret: number) => boolean;
  readonly styles: CSSResult;
}

/**
 * The filter's text field: what is typed and not yet applied, and what of it can't be read. A text is applied by Enter,
 * by leaving the field or by a pause; one with a mistake changes nothing.
 */
export class FilterField<E extends Editor> implements ReactiveController {
  /** How long a pause in typing lasts before the text is applied. */
  pauseMs = 600;

  /** What the user typed; undefined while the field shows the filter's own text. */
  draft: string | undefined;
  caret = 0;
  /** The user is done with the term at the caret, so that its mistake may be told. */
  isSettled = true;
  isListOpen = false;
  /** The suggestion that Enter would take; -1 for none. */
  active = -1;
  isFormOpen = false;
  /** What was typed into the form's search fields, and texts in it that can't be read, by the form's names. */
  readonly formTexts = new Map<string, string>();

  readonly editor: E;

  readonly #host: Host;
  readonly #scope: Scope;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isComposing = false;
  #shown: string;
  #lastFilter: Filter;
  #applied: Filter | undefined;
  #read: { key: string; parsed: Parsed } | undefined;
  #printed: { key: string; text: string } | undefined;
  #chipToFocus: { index: number; count: number } | undefined;

  constructor(host: Host, scope: Scope, editor: E) {
    this.#host = host;
    this.#scope = scope;
    this.editor = editor;
    this.#lastFilter = scope.filter;
    this.#shown = this.#key(JSON.stringify(scope.filter));
    adoptSheet(host.renderRoot, editor.styles);
    host.addController(this);
    // Somebody was quicker than we were loaded.
    if (this.input?.value) this.onInput();
  }

  hostUpdate(): void {
    const key = this.#key(JSON.stringify(this.#scope.filter));
    if (key === this.#shown) return;
    this.#shown = key;
    this.#dropStaleTexts();
    // A change that the draft itself asked for leaves the user's own wording, and what was typed on since.
    const own = [this.#applied, this.parsed.mistakes.length === 0 ? this.parsed.filter : undefined];
    if (!own.some((filter) => filter && Object.keys(this.#compare(filter)).length === 0)) this.draft = undefined;
  }

  /** A text of the form that can't be read stands until what it would have changed is changed otherwise. */
  #dropStaleTexts(): void {
    const { filter } = this.#scope;
    for (const control of this.formTexts.keys()) {
      const name = control.replace(/-time$/, '') as keyof Filter;
      if (filter[name] !== this.#lastFilter[name]) this.formTexts.delete(control);
    }
    this.#lastFilter = filter;
  }

  hostUpdated(): void {
    this.#focusChip();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.close();
  }

  /** What the page's author left to the user. */
  get #own(): Filter {
    const { filter, fixed } = this.#scope;
    return Object.fromEntries(Object.entries(filter).filter(([name]) => !(name in fixed)));
  }

  /** What stands in the field. */
  get text(): string {
    if (this.draft !== undefined) return this.draft;
    const filter = this.#own;
    const key = this.#key(JSON.stringify(filter));
    if (this.#printed?.key !== key)
      this.#printed = { key, text: this.editor.printFilter(filter, this.#scope.timeZone) };
    return this.#printed.text;
  }

  /** The field's text as it is read. */
  get parsed(): Parsed {
    const { editor, text } = this;
    const { timeZone, fixed } = this.#scope;
    const key = this.#key(text);
    if (this.#read?.key !== key) this.#read = { key, parsed: editor.parseFilter(text, { timeZone, fixed }) };
    return this.#read.parsed;
  }

  #key(text: string): string {
    return JSON.stringify([text, this.#scope.timeZone, this.#scope.fixed]);
  }

  get input(): HTMLInputElement | null {
    return this.#host.renderRoot.querySelector<HTMLInputElement>('.query input');
  }

  /** Puts the caret into the field, behind its text. */
  focus(): void {
    this.input?.focus();
    this.input?.setSelectionRange(this.text.length, this.text.length);
  }

  /** The user typed, or a suggestion was put in. */
  readonly onInput = (): void => {
    const { input } = this;
    if (input === null) return;
    this.draft = input.value;
    this.caret = input.selectionStart ?? input.value.length;
    this.isSettled = false;
    this.isListOpen = true;
    this.active = -1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onPause, this.pauseMs);
    this.#host.requestUpdate();
  };

  readonly onComposition = (event: Event): void => {
    this.#isComposing = event.type !== 'compositionend';
  };

  readonly onBlur = (): void => {
    this.close();
    this.apply();
  };

  /** Only where the caret is. */
  readonly onCaret = (): void => {
    const { input } = this;
    if (input === null || input.selectionStart === this.caret) return;
    this.caret = input.selectionStart ?? 0;
    this.#host.requestUpdate();
  };

  readonly #onPause = (): void => {
    const { parsed } = this;
    if (this.#isComposing || this.active >= 0 || this.editor.isUnfinished(parsed, this.caret)) return;
    this.#apply();
  };

  /** Makes the text the filter, unless there is a mistake in it. */
  apply(): void {
    this.isSettled = true;
    this.#apply();
  }

  #apply(): void {
    clearTimeout(this.#timer);
    this.#host.requestUpdate();
    if (this.draft === undefined) return;
    const { parsed } = this;
    if (parsed.mistakes.length > 0) return;
    this.#applied = parsed.filter;
    const change = this.#compare(parsed.filter);
    if (Object.keys(change).length > 0) this.#scope.changeFilter(change);
  }

  /** What has to change for the user's part of the filter to be this one. */
  #compare(wanted: Filter): Filter {
    const own = this.#own;
    const names = [...FILTER_LISTS, ...FILTER_VALUES].filter(
      (name) => JSON.stringify(own[name]) !== JSON.stringify(wanted[name]),
    );
    return Object.fromEntries(names.map((name) => [name, wanted[name]]));
  }

  /** Shows the last good filter again. */
  revert(): void {
    clearTimeout(this.#timer);
    this.draft = undefined;
    this.isSettled = true;
    this.#host.requestUpdate();
  }

  openList(): void {
    this.onCaret();
    this.isListOpen = true;
    this.active = -1;
    this.#host.requestUpdate();
  }

  /** Closes the list of suggestions. */
  close(): void {
    this.isListOpen = false;
    this.active = -1;
    this.#host.requestUpdate();
  }

  activate(index: number): void {
    this.active = index;
    this.#host.requestUpdate();
  }

  /** Opens the form, with the focus on one of its controls where it is named, or closes it. */
  toggleForm(isOpen: boolean, control?: string): void {
    this.isFormOpen = isOpen;
    this.#host.requestUpdate();
    if (control === undefined) return;
    void this.#host.updateComplete.then(() => {
      this.#host.renderRoot.querySelector<HTMLElement>(`.form [name="${control}"]`)?.focus();
    });
  }

  setFormText(name: string, text: string | undefined): void {
    if (text === undefined) this.formTexts.delete(name);
    else this.formTexts.set(name, text);
    this.#host.requestUpdate();
  }

  /** Takes a chip away; the focus goes to the one that comes into its place, or to the field. */
  removeChip(index: number, count: number, removal: Filter): void {
    this.#chipToFocus = { index, count };
    this.#scope.changeFilter(removal);
  }

  #focusChip(): void {
    const wanted = this.#chipToFocus;
    if (wanted === undefined) return;
    const chips = this.#host.renderRoot.querySelectorAll<HTMLElement>('.chip button');
    if (chips.length >= wanted.count) return;
    this.#chipToFocus = undefined;
    const next = chips[Math.min(wanted.index, chips.length - 1)];
    if (next) next.focus();
    else this.focus();
  }
}
