// @ts-check
// Making elements, and the few shapes that every step uses.

/** @typedef {import('../session/setup-view.ts').Problem} Problem */
/** @typedef {Node | string | undefined | false | null} Child */

/**
 * An element. Properties that begin with `on` are listeners; `undefined` and `false` attributes are left out.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | undefined | ((event: any) => void)>} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (name === 'value' && 'value' in element) element.value = /** @type {never} */ (String(value));
    else if (name === 'checked' && element instanceof HTMLInputElement) element.checked = value === true;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

/** @param {Node} parent @param {Child[]} children */
function append(parent, children) {
  for (const child of children) {
    if (child === undefined || child === false || child === null) continue;
    parent.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  }
}

/**
 * A labelled field with its hint.
 *
 * @param {{ id: string, label: string, hint?: string, control: HTMLElement }} parts
 */
export function field({ id, label, hint, control }) {
  control.id = id;
  if (hint) control.setAttribute('aria-describedby', `${id}-hint`);
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, label),
    control,
    hint ? h('p', { class: 'hint', id: `${id}-hint` }, hint) : undefined,
  );
}

/**
 * What went wrong, in the user's words.
 *
 * @param {Problem} problem
 */
export function problemBox({ says, advice, detail }) {
  return h(
    'div',
    { class: 'box bad', role: 'alert' },
    h('p', {}, h('strong', {}, says), ' ', advice),
    detail ? h('details', {}, h('summary', {}, 'What TikTok said'), h('p', {}, detail)) : undefined,
  );
}

/**
 * Text to be copied, with a button.
 *
 * @param {string} text @param {{ name: string, block?: boolean }} options
 */
export function copyLine(text, { name, block = false }) {
  const button = h('button', { type: 'button', class: 'plain small', 'aria-label': `Copy ${name}` }, 'Copy');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
    announce(`${name} copied`);
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  });
  return h('div', { class: 'copy' }, block ? h('pre', { tabindex: 0 }, text) : h('code', {}, text), button);
}

/**
 * Says something to a screen reader.
 *
 * @param {string} text
 */
export function announce(text) {
  const live = document.getElementById('live');
  if (live) live.textContent = text;
}

/** @param {number} count @param {string} one @param {string} [many] */
export function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** Lower case without accents: "muller" finds Müller. @param {string} text */
export function folded(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
