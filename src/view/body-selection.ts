/** What is selected within the bodies of a shadow root, character by character as stored; null where that can't be told. */
export function readSelectedText(root: ShadowRoot): string | null {
  const selection = document.getSelection();
  const selected = selection?.getComposedRanges?.({ shadowRoots: [root] })[0];
  if (selected === undefined) return null;
  const range = document.createRange();
  range.setStart(selected.startContainer, selected.startOffset);
  range.setEnd(selected.endContainer, selected.endOffset);
  const fragment = range.cloneContents();
  // A selection across pieces brings what stands between and after them; within one piece it is bare text.
  const chunks = [...fragment.querySelectorAll('.chunk')];
  return chunks.length > 0 ? chunks.map((chunk) => chunk.textContent).join('') : fragment.textContent;
}
