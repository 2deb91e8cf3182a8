// @ts-check
// (c) The list of advertisers.
import { counted, field, h, problemBox } from './dom.client.js';

/** @typedef {import('../session/setup-view.ts').AdvertiserView} AdvertiserView */

/** @param {import('../session/setup-view.ts').SetupView} view @param {import('./app.client.js').App} app */
export function advertisersStep(view, app) {
  const { list, problem, chosen } = view.advertisers;
  if (problem) return { element: failed(problem, app) };
  const rows = list.map((advertiser) =>
    rowOf(advertiser, chosen === 'all' || chosen.includes(advertiser.id) || list.length === 1),
  );
  const search = h('input', { type: 'search', autocomplete: 'off', placeholder: 'Name or id' });
  const all = h('input', { type: 'checkbox', 'aria-label': 'Select all' });
  const later = h('input', { type: 'checkbox', checked: chosen === 'all' || chosen.length === 0 });
  const count = h('p', { class: 'soft', role: 'status' });
  const progress = h('p', { class: 'soft' });
  const table = h(
    'table',
    { class: 'cards' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, h('span', { class: 'unseen' }, 'Chosen')),
        ...['Advertiser', 'Currency and zone', 'Status', 'Report'].map((title) => h('th', { scope: 'col' }, title)),
      ),
    ),
    h('tbody', {}, ...rows.map(({ element }) => element)),
  );
  const form = h(
    'form',
    { novalidate: true },
    h('h1', {}, 'Advertisers'),
    h('p', { class: 'lead' }, 'These ad accounts were granted. Choose those whose campaigns are to be collected.'),
    view.problem ? problemBox(view.problem) : undefined,
    field({ id: 'search', label: 'Search', control: search }),
    h('div', { class: 'bar' }, h('label', { class: 'check' }, all, 'Select all'), count),
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Advertisers' }, table),
    progress,
    h(
      'label',
      { class: 'check' },
      later,
      h(
        'span',
        {},
        'With all selected: also read advertisers that are granted later',
        h('small', {}, 'Otherwise exactly the ticked ones are read.'),
      ),
    ),
    h('div', { class: 'actions' }, h('button', { class: 'main', type: 'submit', id: 'advertisers' }, 'Next')),
  );

  const shown = () => rows.filter(({ element }) => !element.hidden);
  const drawCount = () => {
    const ticked = rows.filter(({ box }) => box.checked).length;
    const visible = shown();
    count.textContent = `${ticked} of ${counted(rows.length, 'advertiser')} chosen`;
    all.checked = visible.length > 0 && visible.every(({ box }) => box.checked);
    all.indeterminate = !all.checked && visible.some(({ box }) => box.checked);
    later.disabled = ticked < rows.length;
  };
  search.addEventListener('input', () => {
    const wanted = search.value.trim().toLowerCase();
    for (const { element, words } of rows) element.hidden = !words.includes(wanted);
    drawCount();
  });
  all.addEventListener('change', () => {
    for (const { box } of shown()) box.checked = all.checked;
    drawCount();
  });
  table.addEventListener('change', drawCount);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const ticked = rows.filter(({ box }) => box.checked).map(({ id }) => id);
    const everyone = ticked.length === rows.length && later.checked;
    void app.attempt(form, async () =>
      app.show(await app.call('advertisers', { chosen: everyone ? 'all' : ticked }), 'range'),
    );
  });

  /** @param {import('../session/setup-view.ts').SetupView} now */
  const onView = ({ advertisers }) => {
    for (const [index, row] of rows.entries()) {
      const advertiser = advertisers.list[index];
      if (advertiser?.id === row.id) row.mark(advertiser);
    }
    progress.textContent =
      advertisers.marked < advertisers.list.length
        ? `Asking each for a report: ${advertisers.marked} of ${advertisers.list.length}. You need not wait.`
        : 'Each was asked for a report of yesterday.';
  };
  drawCount();
  onView(view);
  return { element: form, onView };
}

/** @param {AdvertiserView} advertiser @param {boolean} isChosen */
function rowOf(advertiser, isChosen) {
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
  let drawn = '';
  /** @param {AdvertiserView} now */
  const mark = ({ report, reason }) => {
    if (drawn === report) return;
    drawn = report;
    const words = {
      readable: ['good', '✓ readable'],
      refused: ['bad', '✕ no permission'],
      unknown: ['unknown', reason ? '? no answer' : '… asking'],
    };
    const [className, text] = words[report];
    markCell.replaceChildren(
      h('span', { class: `mark ${className}` }, text ?? ''),
      ...(reason ? [h('small', {}, reason)] : []),
    );
  };
  return { id, element, box, mark, words: `${name} ${id}`.toLowerCase() };
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

/** @param {import('../session/setup-view.ts').Problem} problem @param {import('./app.client.js').App} app */
function failed(problem, app) {
  const form = h(
    'form',
    {},
    h('h1', {}, 'Advertisers'),
    h('p', { class: 'lead' }, 'The list could not be fetched.'),
    problemBox(problem),
    h('div', { class: 'actions' }, h('button', { class: 'main', type: 'submit' }, 'Try again')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void app.attempt(form, async () => app.show(await app.call('keep'), 'advertisers'));
  });
  return form;
}
