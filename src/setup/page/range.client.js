// @ts-check
// (d) Historical range, and at once what it means.
import { CallFailed } from './api.client.js';
import { counted, field, h } from './dom.client.js';

/** @param {import('../session/setup-view.ts').SetupView} view @param {import('./app.client.js').App} app */
export function rangeStep(view, app) {
  const { range } = view;
  const presets = [
    { name: '30 days', start: daysBefore(range.today, 29) },
    { name: '90 days', start: daysBefore(range.today, 89) },
    { name: 'This year', start: `${range.today.slice(0, 4)}-01-01` },
    ...(range.oldest ? [{ name: 'All', start: range.oldest }] : []),
  ];
  const start = h('input', { type: 'date', value: range.startDate, max: range.today, required: true });
  const stops = h('input', { type: 'checkbox', id: 'stops', checked: range.endDate !== undefined });
  const end = h('input', { type: 'date', value: range.endDate ?? range.today, max: range.today });
  const endField = field({ id: 'end-date', label: 'Last day', control: end });
  const lookback = h('input', { type: 'number', min: 0, max: 90, step: 1, value: range.lookbackDays });
  const deleted = h('input', { type: 'checkbox', id: 'deleted', checked: range.includeDeleted });
  const columns = h('input', { type: 'checkbox', id: 'columns', checked: range.advertiserColumns });
  const levels = range.offered.map(({ name, rowOf, isCounted }) => {
    const box = h('input', { type: 'checkbox', id: `stream-${name}`, checked: range.streams.includes(name) });
    const costs = h('span', {});
    const says = h('small', {}, `One row for each ${rowOf} and day. `, costs);
    return {
      ...{ name, isCounted, box, costs },
      label: h('label', { class: 'check' }, box, h('span', {}, h('code', {}, name), says)),
    };
  });
  const means = h('div', { class: 'box', role: 'status', 'aria-label': 'What this means' });
  const chips = presets.map(({ name, start: from }) => {
    const chip = h('button', { type: 'button', class: 'plain small', 'aria-pressed': 'false' }, name);
    chip.addEventListener('click', () => {
      start.value = from;
      changed();
    });
    return { chip, from };
  });
  const form = h(
    'form',
    { novalidate: true },
    h('h1', {}, 'Historical range'),
    h('p', { class: 'lead' }, 'How far back the first run reads. After that the schedule keeps the table up to date.'),
    h('div', { class: 'chips', role: 'group', 'aria-label': 'Presets' }, ...chips.map(({ chip }) => chip)),
    h(
      'div',
      { class: 'pair' },
      field({ id: 'start-date', label: 'First day', control: start, hint: 'In each advertiser’s own time zone.' }),
      endField,
    ),
    h(
      'label',
      { class: 'check' },
      stops,
      h('span', {}, 'Stop at a last day', h('small', {}, 'For the past only: there will be no schedule.')),
    ),
    h('h2', {}, 'What it means'),
    means,
    levels.length > 1
      ? h('fieldset', { id: 'streams', tabindex: -1 }, h('legend', {}, 'Tables'), ...levels.map(({ label }) => label))
      : undefined,
    h('h2', {}, 'Details'),
    field({
      id: 'lookback',
      label: 'Lookback, days',
      control: lookback,
      hint: 'TikTok credits conversions to past days for as long as a click counts, 7 days unless set otherwise. These days are read again by every run.',
    }),
    h(
      'label',
      { class: 'check' },
      deleted,
      h(
        'span',
        {},
        'Deleted campaigns, too',
        h('small', {}, 'Without them past sums shrink when a campaign is deleted.'),
      ),
    ),
    h(
      'label',
      { class: 'check' },
      columns,
      h('span', {}, 'Add columns for the advertiser', h('small', {}, columnsHint(range))),
    ),
    h('div', { class: 'actions' }, h('button', { class: 'main', type: 'submit' }, 'Next')),
  );

  const choice = () => ({
    startDate: start.value,
    endDate: stops.checked ? end.value : '',
    lookbackDays: lookback.value === '' ? Number.NaN : Number(lookback.value),
    includeDeleted: deleted.checked,
    advertiserColumns: columns.checked,
    streams: levels.filter(({ box }) => box.checked).map(({ name }) => name),
  });

  /** The day stays as it is: an advertiser that is granted later may be older. */
  const beforeOldest = () =>
    range.oldest && start.value < range.oldest
      ? [h('p', { class: 'hint' }, `No chosen advertiser is older than ${range.oldest}; the days before it are empty.`)]
      : [];

  let asked = 0;
  async function estimate() {
    const number = ++asked;
    try {
      const chosen = choice();
      const figures = await app.call('estimate', chosen);
      if (number !== asked) return;
      means.replaceChildren(
        ...meaning(figures, {
          stops: stops.checked,
          streams: chosen.streams,
          counted: levels.find(({ isCounted }) => isCounted)?.name,
        }),
        ...beforeOldest(),
      );
      for (const { name, costs, isCounted } of levels) {
        const cost = figures.streams.find((/** @type {{ name: string }} */ one) => one.name === name);
        costs.textContent = `${counted(cost.requests, 'request')}, ${duration(cost.seconds)}${isCounted ? '' : ' at least'}.`;
      }
    } catch (error) {
      if (number === asked && error instanceof CallFailed) {
        means.replaceChildren(h('p', {}, `${error.problem.says} ${error.problem.advice}`));
      }
    }
  }

  function changed() {
    for (const { chip, from } of chips) chip.setAttribute('aria-pressed', String(start.value === from));
    endField.hidden = !stops.checked;
    void estimate();
  }

  form.addEventListener('input', changed);
  form.addEventListener('filled', changed);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void app.attempt(form, async () => app.show(await app.call('range', choice()), 'schedule'));
  });
  changed();
  let marked = view.advertisers.marked;
  return {
    element: form,
    /** Each advertiser that has answered makes the number of rows better. @param {import('../session/setup-view.ts').SetupView} now */
    onView: ({ advertisers }) => {
      if (advertisers.marked === marked) return;
      marked = advertisers.marked;
      void estimate();
    },
  };
}

/** @param {import('../session/setup-view.ts').RangeView} range */
function columnsHint({ advertisers, currencies }) {
  const what = 'Id, name, currency and time zone in every row';
  if (currencies.length > 1) {
    return `${what}. The chosen advertisers count in ${currencies.join(', ')}: without these columns sums would mix currencies.`;
  }
  if (advertisers > 1) return `${what}. With ${advertisers} advertisers in one table, this tells whose row it is.`;
  return `${what}: wanted when several advertisers share the table.`;
}

/**
 * @param {import('../session/setup-view.ts').Estimate} figures
 * @param {{ stops: boolean, streams: readonly string[], counted: string | undefined }} choice `counted`: the stream whose rows are estimated
 */
function meaning({ days, advertisers, windows, requests, seconds, rows, daily }, { stops, streams, counted: of }) {
  const isKnown = of !== undefined && streams.includes(of);
  const rowsHint =
    rows === undefined
      ? isKnown
        ? 'asking the advertisers'
        : 'known once they are read'
      : `by yesterday’s rows${streams.length > 1 ? `, ${of} alone` : ''}`;
  /** @param {string} term @param {string} figure @param {string} [hint] */
  const figure = (term, figure, hint) =>
    h('div', {}, h('dt', {}, term), h('dd', {}, figure, hint ? h('small', {}, hint) : undefined));
  return [
    h(
      'dl',
      { class: 'figures' },
      figure(
        'Windows',
        windows.toLocaleString('en'),
        `of 30 days: ${counted(days, 'day')}, ${counted(advertisers, 'advertiser')}`,
      ),
      figure('Requests', requests.toLocaleString('en'), 'for reports'),
      figure('Takes', duration(seconds), 'at this quota'),
      figure('Rows', rows === undefined ? '…' : `≈ ${roundly(rows)}`, rowsHint),
    ),
    daily && !stops
      ? h(
          'p',
          { class: 'hint' },
          `Every run after that: ${counted(daily.requests, 'request')}, ${duration(daily.seconds)}.`,
        )
      : h('p', { class: 'hint' }, 'One run, then it is complete.'),
  ];
}

/** @param {number} seconds */
function duration(seconds) {
  if (seconds < 60) return `${Math.max(1, seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** An estimate is good for two digits. @param {number} count */
function roundly(count) {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return (Math.round(count / unit) * unit).toLocaleString('en');
}

/** @param {string} day @param {number} count */
function daysBefore(day, count) {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10);
}
