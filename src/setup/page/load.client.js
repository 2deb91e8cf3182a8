// @ts-check
// After the files are written: the history is loaded, the timer is switched on, and the table is there.
import { announce, copyLine, counted, h } from './dom.client.js';

/** @typedef {import('../session/setup-view.ts').LoadView} LoadView */
/** @typedef {import('../session/setup-view.ts').ResultView} ResultView */
/** @typedef {import('./app.client.js').App} App */

/** @param {ResultView} result @param {App} app @returns {import('./app.client.js').Step} */
export function resultScreen(result, app) {
  const { says, files, kept, commands, next } = result;
  const lead = h('p', { class: 'lead' }, says);
  const heading = h('h1', {}, next ? 'Written' : 'Done');
  const part = next ? loadPart(app) : undefined;
  const done = h('button', { class: 'plain', type: 'button' }, 'Close setup');
  const commandsPart = h(
    next ? 'details' : 'div',
    {},
    next ? h('summary', {}, 'The same by commands') : h('h2', {}, 'What to do next'),
    ...commands.map(({ says: what, command }) =>
      h('div', { class: 'command' }, h('p', {}, what), copyLine(command, { name: what, block: true })),
    ),
  );
  const element = h(
    'div',
    {},
    heading,
    lead,
    part?.element,
    commandsPart,
    h(
      next ? 'details' : 'div',
      {},
      next ? h('summary', {}, `Written: ${counted(files.length, 'file')}`) : h('h2', {}, 'Written'),
      h('ul', { class: 'lines' }, ...files.map((path) => h('li', { class: 'good' }, h('code', {}, path)))),
      kept.length > 0 ? h('p', { class: 'soft' }, `Kept copies of what was there: ${kept.join(', ')}.`) : undefined,
    ),
    h('div', { class: 'actions' }, done),
  );
  const events = part && new EventSource('/events/load');
  /** @type {LoadView['state'] | undefined} */
  let before;
  events?.addEventListener('message', ({ data }) => {
    if (!element.isConnected && before !== undefined) return events.close();
    /** @type {LoadView} */
    const load = JSON.parse(data);
    lead.textContent = load.says;
    heading.textContent = HEADINGS[load.state];
    part?.show(load, before);
    if (load.timer === 'failed' && before !== load.state) commandsPart.setAttribute('open', '');
    if (before !== undefined && before !== load.state) announce(HEADINGS[load.state]);
    before = load.state;
  });
  done.addEventListener('click', async () => {
    events?.close();
    await app.call('done');
    element.replaceChildren(h('h1', {}, 'Setup has ended'), h('p', { class: 'lead' }, 'You can close this page.'));
  });
  return { element };
}

/** @type {Record<LoadView['state'], string>} */
const HEADINGS = {
  none: 'Written',
  running: 'Loading the history',
  stopping: 'Stopping',
  stopped: 'Stopped',
  failed: 'Not everything was loaded',
  done: 'Done',
};

/** @type {Partial<Record<LoadView['state'], string>>} */
const START = { none: 'Load the history now', stopped: 'Go on', failed: 'Go on' };

/** @param {App} app */
function loadPart(app) {
  const start = h('button', { class: 'main', type: 'submit' }, 'Load the history now');
  const stop = h('button', { class: 'plain', type: 'button', hidden: true }, 'Stop');
  const timer = h('button', { class: 'plain', type: 'button' }, 'Only start the timer');
  const bar = h('progress', { max: 1, 'aria-label': 'Reports read' });
  const figures = h('dl', { class: 'figures' });
  const spent = h('p', { class: 'spent' });
  const progress = h('div', { hidden: true }, bar, figures, spent);
  const problem = h('div', {});
  const timed = h('div', {});
  const tables = h('div', {});
  const lines = h('pre', { tabindex: 0 });
  const log = h('details', { hidden: true }, h('summary', {}, 'What it said'), lines);
  const actions = h('div', { class: 'actions' }, start, stop, timer);
  const form = h('form', { novalidate: true }, progress, problem, timed, actions, tables, log);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void app.attempt(form, () => app.call('load'));
  });
  stop.addEventListener('click', () => void app.attempt(form, () => app.call('stopLoad')));
  timer.addEventListener('click', () => void app.attempt(form, () => app.call('startTimer')));
  return {
    element: form,
    /** @param {LoadView} load @param {LoadView['state'] | undefined} before */
    show(load, before) {
      const { state } = load;
      const isRunning = state === 'running' || state === 'stopping';
      const hadFocus = form.contains(document.activeElement);
      start.hidden = START[state] === undefined;
      start.textContent = START[state] ?? '';
      stop.hidden = !isRunning;
      timer.hidden = isRunning || !(load.timer === 'off' || load.timer === 'failed');
      timer.textContent = load.timer === 'failed' ? 'Try to start the timer again' : 'Only start the timer';
      // Without a table, the figures say what came.
      progress.hidden = !load.progress || (state === 'done' && load.tables.length > 0);
      actions.hidden = start.hidden && stop.hidden && timer.hidden;
      if (load.progress) showProgress({ bar, figures, spent }, load.progress, isRunning);
      problem.replaceChildren(
        ...(load.problem ? [h('div', { class: 'box bad', role: 'alert' }, h('p', {}, load.problem))] : []),
      );
      timed.replaceChildren(...timerWords(load));
      log.hidden = !load.progress?.lines.length;
      lines.textContent = load.progress?.lines.join('\n') ?? '';
      if (before === state) return;
      tables.replaceChildren(...load.tables.map(tablePart));
      // The button that had the focus is gone.
      if (hadFocus && before !== undefined)
        (isRunning ? stop : start.hidden ? (tables.querySelector('h2') ?? form) : start).focus();
    },
  };
}

/**
 * @param {{ bar: HTMLProgressElement, figures: HTMLElement, spent: HTMLElement }} shown
 * @param {NonNullable<LoadView['progress']>} progress @param {boolean} isRunning
 */
function showProgress({ bar, figures, spent }, { rows, windows, timeLeft, advertisers, spend }, isRunning) {
  if (windows && windows.total > 0) bar.value = windows.done / windows.total;
  else if (isRunning) bar.removeAttribute('value');
  bar.hidden = !isRunning;
  /** @param {string} term @param {string} figure @param {string} [hint] */
  const figure = (term, figure, hint) =>
    h('div', {}, h('dt', {}, term), h('dd', {}, figure, hint ? h('small', {}, hint) : undefined));
  spent.textContent =
    spend.length > 0 ? `Spend so far: ${spend.map(({ currency, amount }) => money(amount, currency)).join(' · ')}` : '';
  figures.replaceChildren(
    figure('Rows', rows.toLocaleString('en'), isRunning ? 'so far' : 'in this run'),
    ...(advertisers
      ? [figure('Advertisers', advertisers.begun.toLocaleString('en'), `of ${advertisers.all} with rows`)]
      : []),
    ...(isRunning
      ? [figure('Time left', timeLeft ?? '…', windows ? `${windows.done} of ${windows.total} reports` : undefined)]
      : []),
  );
}

/** @param {LoadView} load @returns {Node[]} */
function timerWords({ state, timer, timerProblem, nextRun }) {
  if ((timer === 'on' || timer === 'elsewhere') && nextRun) {
    const when = new Date(nextRun).toLocaleString('en', { dateStyle: 'full', timeStyle: 'short' });
    const starts = timer === 'elsewhere' ? 'Airbyte runs it next on ' : 'It runs next on ';
    return [h('div', { class: 'box' }, h('p', {}, h('strong', {}, starts), `${when}, your time.`))];
  }
  if (timer === 'failed') {
    return [
      h(
        'div',
        { class: 'box warn' },
        h(
          'p',
          {},
          h('strong', {}, 'The timer could not be started from here. '),
          'Run the commands for it yourself; they are below.',
        ),
        h('p', {}, h('code', {}, timerProblem ?? '')),
      ),
    ];
  }
  return state === 'none' && timer === 'off'
    ? [h('p', { class: 'soft' }, 'When it is loaded, the timer is started.')]
    : [];
}

/** @param {LoadView['tables'][number]} table */
function tablePart({ name, place, rows, columns, first, totals }) {
  const names = new Set(['spend', 'impressions', 'clicks', 'conversion']);
  /** @param {string | null} text @param {number} index */
  const cell = (text, index) =>
    h(
      'td',
      names.has(columns[index] ?? '') ? { class: 'number' } : {},
      text === null ? '' : shown(columns[index] ?? '', text),
    );
  return h(
    'section',
    { 'aria-label': name },
    h('h2', { tabindex: -1 }, `${name}: ${counted(rows, 'row')}`),
    h('p', { class: 'soft' }, `In ${place}`),
    scrolled(
      `Total by advertiser of ${name}`,
      ['Advertiser', 'Rows', 'Spend'],
      totals.map(({ advertiser, advertiserId, currency, rows: count, spend }) =>
        h(
          'tr',
          {},
          h(
            'td',
            { class: 'head' },
            advertiser ?? advertiserId ?? 'All advertisers',
            h('small', {}, advertiser ? (advertiserId ?? '') : ''),
          ),
          h('td', { class: 'number' }, count.toLocaleString('en')),
          h('td', { class: 'number' }, money(spend, currency ?? '')),
        ),
      ),
      'scroll long',
    ),
    h('h3', {}, 'The newest rows'),
    scrolled(
      `Newest rows of ${name}`,
      columns,
      first.map((row) => h('tr', {}, ...row.map(cell))),
      'scroll rows',
    ),
  );
}

/** @param {string} label @param {readonly string[]} heads @param {HTMLElement[]} rows @param {string} look its classes */
function scrolled(label, heads, rows, look) {
  const numbers = new Set(['Rows', 'Spend', 'spend', 'impressions', 'clicks', 'conversion']);
  return h(
    'div',
    { class: look, tabindex: 0, role: 'region', 'aria-label': label },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...heads.map((head) =>
            h('th', numbers.has(head) ? { scope: 'col', class: 'number' } : { scope: 'col' }, head),
          ),
        ),
      ),
      h('tbody', {}, ...rows),
    ),
  );
}

/** @param {string} column @param {string} text */
function shown(column, text) {
  if (column === 'spend')
    return Number(text).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  if (column === 'impressions' || column === 'clicks' || column === 'conversion')
    return Number(text).toLocaleString('en');
  return column === 'date' ? text.slice(0, 10) : text;
}

/** @param {number} amount @param {string} currency */
function money(amount, currency) {
  const format = currency ? { style: 'currency', currency, currencyDisplay: 'code' } : {};
  return new Intl.NumberFormat('en', /** @type {Intl.NumberFormatOptions} */ (format)).format(amount);
}
