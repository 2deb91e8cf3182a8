// @ts-check
// (c) The list of advertisers.
import { advertiserRow } from './advertiser-row.client.js';
import { counted, field, folded, h, problemBox } from './dom.client.js';

/** @param {import('../session/setup-view.ts').SetupView} view @param {import('./app.client.js').App} app */
export function advertisersStep(view, app) {
  const { list, problem, chosen, leftOut } = view.advertisers;
  if (problem) return { element: failed(problem, app) };
  // What was ticked at TikTok is ticked here.
  const isTicked = (/** @type {string} */ id) =>
    chosen === 'all' || chosen.length === 0 ? !leftOut.includes(id) : chosen.includes(id);
  const rows = list.map((advertiser) => advertiserRow(advertiser, isTicked(advertiser.id)));
  const search = h('input', { type: 'search', autocomplete: 'off' });
  const all = h('input', { type: 'checkbox', 'aria-label': 'Select all', 'data-unkept': true });
  const later = h('input', { type: 'checkbox', id: 'later', checked: chosen === 'all' || chosen.length === 0 });
  const laterHint = h('small', {});
  const count = h('p', { class: 'soft', role: 'status' });
  const none = h('p', { class: 'soft', hidden: true });
  const progress = h('progress', { max: Math.max(1, list.length), 'aria-label': 'Advertisers asked for a report' });
  const progressText = h('p', { class: 'soft' });
  const leaveOut = h('button', { type: 'button', class: 'plain small', hidden: true }, '');
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
  /** @type {'all' | 'chosen' | 'readable' | 'refused'} */
  let filter = 'all';
  const chips = /** @type {const} */ ([
    ['all', 'All'],
    ['chosen', 'Chosen'],
    ['readable', 'Readable'],
    ['refused', 'Unreadable'],
  ]).map(([name, text]) => {
    const chip = h('button', { type: 'button', class: 'plain small', 'aria-pressed': String(name === filter) }, text);
    chip.addEventListener('click', () => {
      filter = name;
      for (const other of chips) other.chip.setAttribute('aria-pressed', String(other === made));
      drawFilter();
    });
    const made = { name, chip };
    return made;
  });
  const form = h(
    'form',
    { novalidate: true },
    h('h1', {}, 'Advertisers'),
    h('p', { class: 'lead' }, 'These were granted at TikTok. Choose those whose campaigns are to be collected.'),
    view.problem ? problemBox(view.problem) : undefined,
    field({ id: 'search', label: 'Search', control: search, hint: 'In name, id, currency, zone and status.' }),
    h('div', { class: 'chips', role: 'group', 'aria-label': 'Show' }, ...chips.map(({ chip }) => chip)),
    h('div', { class: 'bar' }, h('label', { class: 'check' }, all, 'Select all'), count, leaveOut),
    h(
      'div',
      { class: 'scroll long', tabindex: 0, role: 'region', 'aria-label': 'Advertisers: arrow keys move, Space ticks' },
      table,
      none,
    ),
    progress,
    progressText,
    h('label', { class: 'check' }, later, h('span', {}, 'Also read advertisers that are granted later', laterHint)),
    pasted((ids) => {
      for (const row of rows) row.box.checked = ids.has(row.id);
      later.checked = false;
      changed();
      const granted = new Set(rows.map(({ id }) => id));
      return [...ids].filter((id) => !granted.has(id));
    }),
    h('div', { class: 'actions' }, h('button', { class: 'main', type: 'submit', id: 'advertisers' }, 'Next')),
  );

  const shown = () => rows.filter(({ element }) => !element.hidden);
  const ticked = () => rows.filter(({ box }) => box.checked).map(({ id }) => id);
  const unticked = () => rows.filter(({ box }) => !box.checked).map(({ id }) => id);

  function drawFilter() {
    const wanted = folded(search.value.trim());
    for (const row of rows) {
      const passes = filter === 'all' || (filter === 'chosen' ? row.box.checked : row.report() === filter);
      row.element.hidden = !passes || !row.words.includes(wanted);
    }
    none.hidden = shown().length > 0;
    none.textContent = search.value.trim()
      ? `No advertiser here matches “${search.value.trim()}”.`
      : 'No advertiser here is like that.';
    keepOneStop();
    drawCount();
  }

  function drawCount() {
    const visible = shown();
    const chosenCount = ticked().length;
    count.textContent = `${chosenCount} of ${counted(rows.length, 'advertiser')} chosen`;
    all.checked = visible.length > 0 && visible.every(({ box }) => box.checked);
    all.indeterminate = !all.checked && visible.some(({ box }) => box.checked);
    laterHint.textContent = later.checked
      ? chosenCount < rows.length
        ? `All but the ${rows.length - chosenCount} without a tick, which are left out by their ids.`
        : 'All that TikTok grants, now and later.'
      : 'Exactly the ticked ones are read.';
    const unreadable = rows.filter((row) => row.report() === 'refused' && row.box.checked).length;
    leaveOut.hidden = unreadable === 0;
    leaveOut.textContent = `Leave out the ${unreadable === 1 ? 'one' : unreadable} that cannot be read`;
  }

  /** One stop of the Tab key for the whole list; arrow keys move in it. */
  function keepOneStop() {
    const visible = shown();
    const now = visible.find(({ box }) => box === document.activeElement) ?? visible[0];
    for (const row of rows) row.box.tabIndex = row === now ? 0 : -1;
  }

  /** A change by the program is kept like one by the user. */
  function changed() {
    drawFilter();
    form.dispatchEvent(new Event('input'));
  }

  search.addEventListener('input', drawFilter);
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault();
  });
  all.addEventListener('change', () => {
    for (const { box } of shown()) box.checked = all.checked;
    later.checked = unticked().length === 0;
    changed();
  });
  leaveOut.addEventListener('click', () => {
    const unreadable = rows.filter((row) => row.report() === 'refused');
    for (const { box } of unreadable) box.checked = false;
    changed();
    search.focus();
  });
  later.addEventListener('change', drawCount);
  table.addEventListener('change', () => {
    // Unticking one asks for exactly the others; the box below can say otherwise.
    if (unticked().length > 0) later.checked = false;
    drawCount();
  });
  table.addEventListener('keydown', (event) => {
    const visible = shown();
    const at = visible.findIndex(({ box }) => box === event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: visible.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    visible[Math.min(Math.max(to, 0), visible.length - 1)]?.box.focus();
    keepOneStop();
  });
  form.addEventListener('filled', drawFilter);
  /** Left out by the configuration, and not granted now: they stay left out. */
  const foreign = leftOut.filter((id) => !rows.some((row) => row.id === id));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const body = later.checked ? { chosen: 'all', leftOut: [...foreign, ...unticked()] } : { chosen: ticked() };
    void app.attempt(form, async () => app.show(await app.call('advertisers', body), 'range'));
  });

  /** @param {import('../session/setup-view.ts').SetupView} now */
  const onView = ({ advertisers }) => {
    for (const [index, row] of rows.entries()) {
      const advertiser = advertisers.list[index];
      if (advertiser?.id === row.id) row.mark(advertiser);
    }
    const { marked } = advertisers;
    progress.value = marked;
    progress.hidden = marked >= advertisers.list.length;
    progressText.textContent = progress.hidden
      ? 'Each was asked for a report of yesterday.'
      : `Asking each for a report: ${marked} of ${advertisers.list.length}. You need not wait.`;
    if (filter === 'all') drawCount();
    else drawFilter();
  };
  drawFilter();
  onView(view);
  return { element: form, onView };
}

/**
 * A list of ids from elsewhere, for instance a sheet.
 *
 * @param {(ids: ReadonlySet<string>) => readonly string[]} tick ticks exactly these and hands back those that are not granted
 */
function pasted(tick) {
  const text = h('textarea', { rows: 4, spellcheck: 'false', 'data-unkept': true });
  const says = h('p', { class: 'hint', role: 'status' });
  const button = h('button', { type: 'button', class: 'plain small' }, 'Tick exactly these');
  button.addEventListener('click', () => {
    const ids = new Set(text.value.match(/\d{5,}/g) ?? []);
    const missing = ids.size === 0 ? [] : tick(ids);
    says.textContent =
      ids.size === 0
        ? 'There is no advertiser id in it.'
        : `${ids.size - missing.length} ticked.${missing.length > 0 ? ` Not granted: ${missing.join(', ')}.` : ''}`;
  });
  return h(
    'details',
    { class: 'later' },
    h('summary', {}, 'Paste a list of ids'),
    field({ id: 'ids', label: 'Advertiser ids', control: text, hint: 'Separated by anything.' }),
    button,
    says,
  );
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
