/** Where an export goes, piece by piece. */
export interface ExportFile {
  write(piece: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Everything was written. */
  finish(): Promise<void>;
  /** It is not wanted any more. */
  discard(): Promise<void>;
}

interface SavePicker {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
}

/** From so many rows on, an export is written to its file as it comes instead of being held in memory. */
const LONG_ROWS = 100_000;

/**
 * Asks the user for a file where the export is long and the browser lets it, else gathers it for a download.
 * @throws AbortError when the user picks none.
 */
export async function openExportFile(name: string, type: string, rows: number): Promise<ExportFile> {
  const handle = rows >= LONG_ROWS ? await pickFile(name) : undefined;
  if (handle !== undefined) {
    const stream = await handle.createWritable();
    return {
      write: (piece) => stream.write(piece),
      finish: () => stream.close(),
      discard: () => stream.abort(),
    };
  }
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: (piece) => Promise.resolve(void pieces.push(piece)),
    finish: () => Promise.resolve(download(new Blob(pieces, { type }), name)),
    discard: () => Promise.resolve(void pieces.splice(0)),
  };
}

/** Undefined where there is no picker, or none is allowed, as in a frame on a page of another origin. */
async function pickFile(name: string): Promise<FileSystemFileHandle | undefined> {
  try {
    return await (window as SavePicker).showSaveFilePicker?.({ suggestedName: name });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return undefined;
    throw error;
  }
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has taken hold of it by the next task.
  setTimeout(() => URL.revokeObjectURL(link.href));
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** Counts the lines of a CSV or JSONL file as it comes; a line break inside quotes ends none. */
export class LineCounter {
  lines = 0;
  #isQuoted = false;

  count(piece: Uint8Array): void {
    for (const byte of piece) {
      if (byte === QUOTE) this.#isQuoted = !this.#isQuoted;
      else if (byte === LINE_FEED && !this.#isQuoted) this.lines++;
    }
  }
}
