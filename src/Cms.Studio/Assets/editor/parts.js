// Small parts that the page is made of.
import { html, useEffect, useLayoutEffect, useRef } from '../vendor/vendor.js';

/** @param {{ path: string }} props */
export const Icon = ({ path }) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;

/**
 * A dialog that is open as long as it is rendered. A click beside it closes it, unless something is written in it that would be lost.
 * @param {{ title: string, id: string, onClose(): void, children?: unknown, isWide?: boolean, isWritten?: boolean }} props
 */
export function Dialog({ title, id, onClose, children, isWide, isWritten }) {
  /** @type {{ current: HTMLDialogElement | null }} */
  const dialog = useRef(null);
  useEffect(() => {
    const opener = /** @type {HTMLElement | null} */ (document.activeElement);
    dialog.current?.showModal();
    return () => opener?.isConnected && opener.focus();
  }, []);
  return html`<dialog ref=${dialog} class=${isWide ? 'wide' : ''} aria-labelledby=${id} closedby=${isWritten ? 'closerequest' : 'any'} onClose=${onClose}>
    <header>
      <h2 id=${id}>${title}</h2>
      <button type="button" class="quiet icon-only" aria-label="Close" onClick=${() => dialog.current?.close()}><${Icon} path="M6 6l12 12M18 6L6 18" /></button>
    </header>
    <div class="dialog-body">${children}</div>
  </dialog>`;
}

/** Longer texts are set without kerning and ligatures: with them, Chromium sets a word again for every line that it breaks it into. */
const longest = 2_000;
const isLong = (/** @type {unknown} */ text) => String(text ?? '').length > longest;

/** A field of text. A value that comes from outside does not move the caret. @param {any} props */
export function Text({ value, onText, isLine = false, lines = 1, ...rest }) {
  /** @type {{ current: HTMLTextAreaElement | HTMLInputElement | null }} */
  const field = useRef(null);
  useLayoutEffect(() => {
    const area = field.current;
    if (!area || area.value === value) {
      return;
    }
    const { selectionStart, selectionEnd } = area;
    area.toggleAttribute('data-long', isLong(value));
    area.value = value;
    if (document.activeElement === area && selectionStart !== null) {
      area.setSelectionRange(selectionStart, selectionEnd);
    }
  }, [value]);
  const onInput = (/** @type {any} */ { target }) => {
    target.toggleAttribute('data-long', isLong(target.value));
    onText(target.value);
  };
  // The browser lays a text out before it says that the text was entered.
  const onBeforeInput = (/** @type {any} */ { target, data }) => {
    if (isLong(target.value + (data ?? ''))) target.toggleAttribute('data-long', true);
  };
  return isLine
    ? html`<input ref=${field} dir="auto" defaultValue=${value} onInput=${onInput} ...${rest} />`
    : html`<textarea ref=${field} dir="auto" rows=${lines} data-long=${isLong(value) ? '' : null} defaultValue=${value} onInput=${onInput} onbeforeinput=${onBeforeInput} ...${rest}></textarea>`;
}

/** A text with its changes. @param {{ parts: { change: string, text: string }[] }} props */
export const Changes = ({ parts }) =>
  parts.map(({ change, text }) => {
    const kind = change.toLowerCase();
    return kind === 'added' ? html`<ins>${text}</ins>` : kind === 'removed' ? html`<del>${text}</del>` : text;
  });
