// @ts-check
// The server keeps what is typed into a step and not sent: a reload or another step loses nothing.
import { call } from './api.client.js';

/** Typing pauses for so long before it is kept, milliseconds. */
const PAUSE_MS = 250;

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/** @type {{ step: string, element: HTMLElement, timer: number } | undefined} */
let waiting;

/**
 * Keeps the fields of a step from now on, and fills in those that were kept.
 *
 * @param {string} step @param {HTMLElement} element @param {Readonly<Record<string, unknown>>} [kept]
 */
export function keepFields(step, element, kept) {
  if (kept) fillIn(element, kept);
  const changed = () => {
    clearTimeout(waiting?.timer);
    waiting = { step, element, timer: setTimeout(flush, PAUSE_MS) };
  };
  element.addEventListener('input', changed);
  element.addEventListener('change', changed);
}

/** Sends the fields that wait, also while the page is closed. */
export async function flush() {
  if (!waiting) return;
  const { step, element, timer } = waiting;
  waiting = undefined;
  clearTimeout(timer);
  try {
    await call('unsent', { step, fields: valuesOf(element) }, { keepalive: true });
  } catch {
    // The next click will say so.
  }
}

/** The step is sent as a whole: nothing of it waits any more. */
export function forget() {
  clearTimeout(waiting?.timer);
  waiting = undefined;
}

/** @param {HTMLElement} element @returns {[string, Control][]} */
function controlsOf(element) {
  const all = /** @type {NodeListOf<Control>} */ (element.querySelectorAll('input, select, textarea'));
  return [...all]
    .filter((control) => control.type !== 'search' && !control.hasAttribute('data-unkept'))
    .map((control) => [control.type === 'radio' ? `${control.name}=${control.value}` : control.id, control]);
}

/** @param {HTMLElement} element */
function valuesOf(element) {
  return Object.fromEntries(
    controlsOf(element).flatMap(([key, control]) =>
      key ? [[key, isBox(control) ? control.checked : control.value]] : [],
    ),
  );
}

/** @param {HTMLElement} element @param {Readonly<Record<string, unknown>>} kept */
function fillIn(element, kept) {
  for (const [key, control] of controlsOf(element)) {
    if (!Object.hasOwn(kept, key)) continue;
    const value = kept[key];
    if (isBox(control)) control.checked = value === true;
    else if (control.type === 'password') {
      if (value === true && control instanceof HTMLInputElement) control.placeholder = 'kept; fill in to replace it';
    } else if (typeof value === 'string') control.value = value;
  }
}

/** @param {Control} control @returns {control is HTMLInputElement} */
function isBox(control) {
  return control.type === 'checkbox' || control.type === 'radio';
}
