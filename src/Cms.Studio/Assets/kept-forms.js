// Keeps what somebody types into the forms of a page on this device until the server has accepted it. The page can be reloaded or
// closed, the session can end and the network can fail: the text is back when the same person opens the page again. Passwords,
// files and hidden fields are never kept.
import { ago } from './editor/time.js';
import { el, studioData } from './parts.js';

/**
 * @typedef {{ now: string[], before: string[] }} Field what somebody entered, and what the server had when they began
 * @typedef {{ title: string, at: number, fields: Record<string, Field>, isSent?: boolean }} Entry `isSent`: the form was sent, and no answer came
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control
 */

const prefix = 'cms-studio form ';
/** The entry of the form that this tab has sent. The next page says whether the server has accepted it. */
const sentKey = 'cms-studio sent form';
/** Like the text of articles that was not saved. */
const keptFor = 30 * 24 * 60 * 60 * 1_000;
/** The hidden fields that say what a form is about. Others, such as versions, change while it is open. */
const about = /(^|\.)(_handler|Id|From|Act|Link|Key|Article|Persona|Person)$/;
const typed = 'textarea, input:not([type]), input:is([type="text"], [type="search"], [type="url"], [type="email"], [type="tel"], [type="number"], [type="date"], [type="datetime-local"], [type="time"])';
const chosen = 'select, input:is([type="checkbox"], [type="radio"], [type="color"], [type="range"])';

/** @param {string} key @returns {Entry | null} */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** Whether a form has text. Forms that only choose or send files have nothing to keep. @param {HTMLFormElement} form */
const hasText = (form) =>
  form.method === 'post' && !form.matches('[data-bulk], [data-unsent], [data-submits-on-change]') && [...form.elements].some((field) => field.matches(typed));

/** The fields of a form by name. @param {HTMLFormElement} form @returns {Map<string, Control[]>} */
function controlsOf(form) {
  const all = new Map();
  for (const field of form.elements) {
    if (!field.matches(`${typed}, ${chosen}`)) continue;
    const { name } = /** @type {Control} */ (field);
    if (name) all.set(name, [...(all.get(name) ?? []), field]);
  }
  return all;
}

/** @param {Control[]} controls @param {boolean} isSaved whether to return what the page came with */
function valuesOf(controls, isSaved) {
  const values = controls.flatMap((one) => {
    if (one instanceof HTMLSelectElement) {
      const options = [...one.options].filter((option) => (isSaved ? option.defaultSelected : option.selected));
      return options.length > 0 || one.multiple ? options.map(({ value }) => value) : [one.options[0]?.value ?? ''];
    }
    if (one instanceof HTMLInputElement && (one.type === 'checkbox' || one.type === 'radio')) {
      return (isSaved ? one.defaultChecked : one.checked) ? [one.value] : [];
    }
    return [isSaved ? one.defaultValue : one.value];
  });
  // Boxes that are ticked can come first in the next page.
  return controls[0]?.type === 'checkbox' ? values.sort() : values;
}

/** @param {Control[]} controls @param {string[]} values */
function enter(controls, values) {
  for (const [index, one] of controls.entries()) {
    if (one instanceof HTMLSelectElement) for (const option of one.options) option.selected = values.includes(option.value);
    else if (one instanceof HTMLInputElement && (one.type === 'checkbox' || one.type === 'radio')) one.checked = values.includes(one.value);
    else one.value = values[index] ?? '';
    for (const kind of ['input', 'change']) one.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}

/** @param {string[]} one @param {string[]} other Whether two lists are equal; browsers send lines with other ends than they show. */
const same = (one, other) => JSON.stringify(one).replaceAll('\\r\\n', '\\n') === JSON.stringify(other).replaceAll('\\r\\n', '\\n');

const { person } = studioData();
/** The pages of one list are the same page. */
const path = (() => {
  const url = new URL(location.href);
  for (const name of ['after', 'before']) url.searchParams.delete(name);
  return url.pathname + url.search;
})();

/** @param {HTMLFormElement} form */
const keyOf = (form) =>
  prefix + JSON.stringify([person, path, ...[...form.elements].flatMap((field) => (field instanceof HTMLInputElement && field.type === 'hidden' && about.test(field.name) ? [`${field.name}=${field.value}`] : []))]);

/** @param {string} key @param {Entry} entry @returns {boolean} whether the device keeps it */
function write(key, entry) {
  try {
    if (Object.values(entry.fields).every(({ now, before }) => same(now, before))) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(entry));
    return true;
  } catch {
    return false;
  }
}

const [sent, isAccepted] = [sessionStorage.getItem(sentKey), document.querySelector('#content > .banner[data-kind="done"]') !== null];
/** The form whose answer this page is: the server has refused it, and has given back what was sent. */
const answered = document.querySelector('#content[data-answer]') && sent;

/** Whether the person leaves for good, so that the page keeps nothing more. */
let isForgotten = false;

/** Keeps what a form has now. @param {HTMLFormElement} form @param {{ isSent?: boolean }} [how] @returns {boolean} whether the device keeps it */
function keep(form, { isSent = false } = {}) {
  const key = keyOf(form);
  const old = read(key);
  const isAnswer = key === answered;
  /** @type {Entry['fields']} */
  const fields = {};
  for (const [name, controls] of controlsOf(form)) {
    const now = valuesOf(controls, false);
    // A form that was refused comes back with what was sent, which is not what the server has.
    const before = isAnswer ? (old?.fields[name]?.before ?? []) : valuesOf(controls, true);
    if (isSent || isAnswer || !same(now, before)) fields[name] = { now, before };
  }
  const isSame = JSON.stringify(fields) === JSON.stringify(old?.fields ?? {});
  if (isForgotten || (isSame && !isSent && !isAnswer)) return true;
  return write(key, { title: document.title.replace(/ · (Studio|Partner portal)$/, ''), at: isSame ? (old?.at ?? Date.now()) : Date.now(), fields, isSent });
}

/** The name of a field for people. @param {Control} control */
function nameOf(control) {
  const group = control.closest('fieldset')?.querySelector('legend')?.textContent;
  const label = /** @type {HTMLElement | undefined} */ (control.labels?.[0]);
  // A label around a field contains the text of the field too.
  const words = label?.querySelector(':scope > span')?.textContent ?? [...(label?.childNodes ?? [])].map((node) => (node instanceof Text ? node.data : '')).join(' ');
  return (group ?? words).trim().replace(/\s+/g, ' ') || control.name;
}

/** @param {string[]} names */
const list = (names) => new Intl.ListFormat('en').format([...new Set(names)]);

/** Puts back what was kept of a form, and says so. @param {HTMLFormElement} form */
function putBack(form) {
  const key = keyOf(form);
  const entry = read(key);
  if (!entry) return;
  if (key === answered) {
    keep(form);
    return;
  }
  const controls = controlsOf(form);
  /** @type {[string, Control[]][]} */
  const back = [];
  /** @type {string[]} */
  const changed = [];
  for (const [name, { now, before }] of Object.entries(entry.fields)) {
    const group = controls.get(name);
    const saved = group && valuesOf(group, true);
    // Nobody changed it, or the server has it, or the person was quicker than this script.
    if (!group || !saved || same(now, before) || same(saved, now) || !same(valuesOf(group, false), saved)) continue;
    // A choice that the page does not offer now.
    if (group[0]?.type === 'radio' && !group.some(({ value }) => now.includes(value))) continue;
    if (!same(saved, before)) changed.push(...group.slice(0, 1).map(nameOf));
    back.push([name, group]);
  }
  for (const [name, { now }] of Object.entries(entry.fields)) {
    const group = controls.get(name);
    if (group && same(valuesOf(group, true), now)) delete entry.fields[name];
  }
  write(key, entry);
  if (back.length === 0) return;
  for (const [name, group] of back) enter(group, entry.fields[name]?.now ?? []);
  const folded = form.closest('details');
  if (folded) folded.open = true;
  const [age, names] = [ago(entry.at, Date.now()), list(back.map(([, [first]]) => (first ? nameOf(first) : '')))];
  // The change may have been made, and only its answer was lost.
  const words = el('p', {}, entry.isSent
    ? `What you sent here ${age} got no answer and is back: ${names}. Look whether it was saved before you send it again.`
    : `What you wrote here ${age} is back. It is not saved yet: ${names}.`);
  if (changed.length > 0) words.append(` Somebody has changed this meanwhile: ${list(changed)}. To see what is saved now, discard your text.`);
  const discard = el('button', { type: 'button', class: 'small' }, 'Discard it');
  const banner = el('div', { class: 'banner', 'data-kind': 'kept', role: 'status' }, words, discard);
  discard.addEventListener('click', () => {
    for (const [, group] of back) enter(group, valuesOf(group, true));
    keep(form);
    words.textContent = 'Your text is discarded. The form shows what is saved.';
    discard.remove();
    back[0]?.[1][0]?.focus();
  });
  document.getElementById('content')?.prepend(banner);
}

/** Whether the device keeps what somebody entered into a form, so that leaving the page loses nothing. @param {HTMLFormElement} form */
export const isKept = (form) => (form.matches('[data-unsent]') ? sent !== null && read(sent) !== null : person !== '' && hasText(form) && keep(form));

/** Keeps the fields of forms from now on. */
function start() {
  for (const key of Object.keys(localStorage)) {
    const old = key.startsWith(prefix) ? read(key) : null;
    if (old && Date.now() - old.at > keptFor) localStorage.removeItem(key);
  }
  if (sent && isAccepted) localStorage.removeItem(sent);
  // A page that asks to send a form again leads to the answer.
  if (!document.querySelector('form[data-unsent]')) sessionStorage.removeItem(sentKey);
  if (person === '') return;
  const forms = () => [...document.forms].filter(hasText);
  for (const form of forms()) {
    putBack(form);
    // What was typed before this script was there.
    keep(form);
  }
  const onChange = (/** @type {Event} */ event) => {
    const field = event.target;
    const form = field instanceof Element && 'form' in field ? field.form : null;
    if (form instanceof HTMLFormElement && hasText(form)) keep(form);
  };
  document.addEventListener('input', onChange);
  document.addEventListener('change', onChange);
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method === 'get' || form.matches('[data-unsent]')) return;
    sessionStorage.removeItem(sentKey);
    if (hasText(form) && keep(form, { isSent: true })) sessionStorage.setItem(sentKey, keyOf(form));
  });
  // What a script has entered has no event.
  addEventListener('pagehide', () => forms().forEach((form) => keep(form)));
}

try {
  start();
} catch {
  // A browser that allows no storage keeps nothing. The page asks before text is lost.
}

/** The name of something on the page that is no form. @param {string} name */
const keyOfMore = (name) => prefix + JSON.stringify([person, location.pathname, name]);

/** Keeps a text of something on the page that is no form; null if nothing of it waits to be saved. @param {string} name @param {string | null} text */
export const keepMore = (name, text) =>
  void write(keyOfMore(name), { title: document.title.replace(/ · (Studio|Partner portal)$/, ''), at: Date.now(), fields: text === null ? {} : { [name]: { now: [text], before: [] } } });

/** What was kept of something on the page that is no form. @param {string} name @returns {{ at: number, text: string } | null} null if nothing waits, or if the server has just accepted it */
export function keptMore(name) {
  const entry = isAccepted ? null : read(keyOfMore(name));
  const text = entry?.fields[name]?.now[0];
  return entry && text !== undefined ? { at: entry.at, text } : null;
}

/** Deletes what this device keeps of forms. @param {{ key: string }[]} entries */
export function forgetForms(entries) {
  isForgotten = true;
  for (const { key } of entries) localStorage.removeItem(key);
}

/** What this device keeps of the forms of a person. @param {string} person @returns {(Entry & { key: string })[]} */
export function keptForms(person) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix) && JSON.parse(key.slice(prefix.length))[0] === person).flatMap((key) => {
      const entry = read(key);
      return entry ? [{ key, ...entry }] : [];
    });
  } catch {
    return [];
  }
}
