import type { MediaPart } from '../bodies/conversation.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { bodyPicture } from '../styles/body-picture.js';
import { type Picture, renderPicture } from '../view/body-picture.js';
import type { BodyContext } from './body-context.js';

/** Kinds that every browser draws and that hold nothing to run or load. */
const DRAWN = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/i;
const MOST_BYTES = 16 * 2 ** 20;

/** Pictures that stand in a body, each decoded when it comes into view. */
export class BodyPictures {
  readonly #body: BodyContext;
  readonly #pictures = new Map<string, Picture>();
  readonly #asking = new AbortController();

  constructor(body: BodyContext) {
    this.#body = body;
    adoptSheet(body.host.renderRoot, bodyPicture);
  }

  render(part: MediaPart, words: string): unknown {
    let picture = this.#pictures.get(part.pointer);
    if (picture === undefined) this.#pictures.set(part.pointer, (picture = this.#begin(part)));
    return renderPicture(picture, words);
  }

  end(): void {
    this.#asking.abort();
    for (const picture of this.#pictures.values()) if (picture.kind === 'drawn') URL.revokeObjectURL(picture.url);
    this.#pictures.clear();
  }

  #begin(part: MediaPart): Picture {
    const { source, mediaType } = part;
    if (source.type !== 'base64') return { kind: 'none', reason: 'It is not in this body.' };
    if (mediaType === null || !DRAWN.test(mediaType))
      return { kind: 'none', reason: 'Pictures of this type are not drawn.' };
    if (source.byteLength > MOST_BYTES) return { kind: 'none', reason: 'Too large to be drawn.' };
    void this.#decode(part.pointer, mediaType, source.start, source.end);
    return { kind: 'reading' };
  }

  async #decode(pointer: string, type: string, start: number, end: number): Promise<void> {
    const { signal } = this.#asking;
    try {
      // Of a stream, the picture stands in the message that was put together.
      const isStored = this.#body.conversation?.stream === null;
      const written = isStored
        ? await this.#body.ask('text', { start, end }, signal)
        : ((await this.#body.ask('rebuilt', {}, signal)) ?? '').slice(start, end);
      // As a body writes it: a slash may stand behind a backslash, a line end may be one of two letters.
      const base64 = written
        .replace(/\\[nr]|\\(?=\/)|\s/g, '')
        .replaceAll('-', '+')
        .replaceAll('_', '/');
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const blob = new Blob([bytes], { type });
      // A browser that can't draw it says so here, and no broken picture is shown.
      const bitmap = await createImageBitmap(blob);
      bitmap.close();
      if (signal.aborted) return;
      this.#pictures.set(pointer, { kind: 'drawn', url: URL.createObjectURL(blob) });
    } catch {
      if (signal.aborted) return;
      this.#pictures.set(pointer, { kind: 'none', reason: 'What is stored of it is no whole picture.' });
    }
    this.#body.host.requestUpdate();
  }
}
