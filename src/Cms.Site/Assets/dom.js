// Builds elements. Text never becomes HTML.

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} [attributes] attributes, and handlers whose names begin with `on`
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.filter((child) => child instanceof Node || typeof child === 'string'));
  return element;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...SVGElement} children
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/** @type {HTMLElement | undefined} */
let toast;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
const shown = 8_000;

/**
 * Says what happened, with something to do about it. It stays while the pointer or the focus is in it.
 * @param {string} text
 * @param {{label: string, act?: () => unknown, href?: string}} [action]
 * @param {boolean} [stays] whether it stays until the reader closes it
 */
export function say(text, action, stays = false) {
  if (!toast) {
    toast = el('div', { class: 'toast', role: 'status' });
  }
  const box = toast;
  // A modal dialog hides everything outside from assistive technology.
  (document.querySelector('dialog[open]') ?? document.body).append(box);
  const close = () => box.replaceChildren();
  const button =
    action?.href !== undefined
      ? el('a', { href: action.href }, action.label)
      : action &&
        el('button', { type: 'button', onclick: () => (close(), action.act?.()) }, action.label);
  // Screen readers notice text that appears in an element that was there before.
  requestAnimationFrame(() =>
    box.replaceChildren(
      el('span', {}, text),
      ...(button ? [button] : []),
      ...(stays ? [el('button', { type: 'button', 'aria-label': 'Close', onclick: close }, '×')] : []),
    ),
  );
  clearTimeout(timer);
  if (!stays) {
    const end = () => {
      if (box.matches(':hover,:focus-within')) {
        timer = setTimeout(end, shown);
      } else {
        close();
      }
    };
    timer = setTimeout(end, shown);
  }
}

/** @param {number} n @param {string} one the word for one; the word for many has an s */
export const count = (n, one) => `${n.toLocaleString('en')} ${n === 1 ? one : one + 's'}`;

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** @param {string} at */
export const shortDate = (at) => el('time', { datetime: at }, day.format(new Date(at)));
