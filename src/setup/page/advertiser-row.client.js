// @ts-check
// One advertiser of the list.
import { folded, h } from './dom.client.js';

/** @typedef {import('../session/setup-view.ts').AdvertiserView} AdvertiserView */

/** How the report of an advertiser is marked: class and words. */
const MARKS = {
  readable: ['good', '✓ readable'],
  refused: ['bad', '✕ no permission'],
};

/** @param {AdvertiserView} advertiser @param {boolean} isChosen */
export function advertiserRow(advertiser, isChosen) {
  const { id, name, currency, timeZone, status } = advertiser;
  const box = h('input', { type: 'checkbox', id: `a${id}`, checked: isChosen });
  const markCell = h('td', {});
  const element = h(
    'tr',
    {},
    h('td', {}, box),
    h('td', {}, h('label', { for: `a${id}` }, name), h('small', {}, id)),
    h('td', {}, currency ?? 'not told', h('small', {}, timeZone ?? 'zone not told')),
    h('td', {}, statusWords(status)),
    markCell,
  );
  const words = folded([name, id, currency, timeZone, status, statusWords(status)].join(' '));
  /** @type {AdvertiserView['report']} */
  let report = 'unknown';
  let drawn = '';
  /** @param {AdvertiserView} now */
  const mark = (now) => {
    const state = `${now.report} ${now.reason ?? ''}`;
    if (drawn === state) return;
    drawn = state;
    report = now.report;
    const [className, text] =
      report === 'unknown' ? ['unknown', now.reason ? '? no answer' : '… asking'] : MARKS[report];
    markCell.replaceChildren(
      h('span', { class: `mark ${className}` }, text ?? ''),
      ...(now.reason ? [h('small', {}, now.reason)] : []),
    );
  };
  mark(advertiser);
  return { id, element, box, mark, words, report: () => report };
}

/** `STATUS_ENABLE` → `Enabled`. @param {string | undefined} status */
function statusWords(status) {
  if (!status) return 'not told';
  if (status === 'STATUS_ENABLE') return 'Enabled';
  const words = status
    .replace(/^STATUS_/, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
