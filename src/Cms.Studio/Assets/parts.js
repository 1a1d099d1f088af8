// Small helpers for the parts of pages that scripts add.

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name @param {Record<string, string>} attributes @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/**
 * What the page tells its scripts: who the person is, and where they can go. `person` is empty on pages for people who are not staff.
 * @typedef {{ places: { name: string, href: string }[], site: string | null, timeZone: string, person: string }} StudioData
 * @returns {StudioData}
 */
export const studioData = () => JSON.parse(document.getElementById('studio-data')?.textContent ?? '{"places":[],"site":null,"timeZone":"UTC","person":""}');

/** Sends a form that is not on the page. @param {string} action @param {Record<string, string>} [fields] */
export function post(action, fields = {}) {
  const form = el('form', { method: 'post', action, hidden: '' }, ...Object.entries(fields).map(([name, value]) => el('input', { type: 'hidden', name, value })));
  document.body.append(form);
  form.requestSubmit();
}
