// @ts-check
// The last days of one advertiser, to be compared with Ads Manager.
import { CallFailed } from './api.client.js';
import { spendChart } from './chart.client.js';
import { counted, field, h, problemBox } from './dom.client.js';

/** @typedef {import('../session/setup-view.ts').SetupView} SetupView */
/** @typedef {import('./app.client.js').App} App */

/** @param {SetupView['advertisers']} advertisers */
export function chosenOf({ list, chosen, leftOut }) {
  return list.filter(({ id }) => (chosen === 'all' ? !leftOut.includes(id) : chosen.includes(id)));
}

/** @param {SetupView} view @param {App} app */
export function previewPart({ advertisers }, app) {
  const chosen = chosenOf(advertisers);
  const pick = h('select', {}, ...chosen.map(({ id, name }) => h('option', { value: id }, `${name} (${id})`)));
  const shown = h('div', {});
  async function draw() {
    shown.replaceChildren(h('p', { class: 'wait busy' }, 'Reading the last days …'));
    try {
      shown.replaceChildren(...previewContent(await app.call('preview', { advertiserId: pick.value })));
    } catch (error) {
      if (error instanceof CallFailed) shown.replaceChildren(problemBox(error.problem));
    }
  }
  pick.addEventListener('change', draw);
  void draw();
  return h(
    'section',
    { 'aria-label': 'Preview' },
    h('h2', {}, 'Preview: compare with Ads Manager'),
    chosen.length > 1 ? field({ id: 'preview-advertiser', label: 'Advertiser', control: pick }) : undefined,
    shown,
  );
}

/** @param {import('../session/setup-view.ts').PreviewView} preview @returns {Node[]} */
function previewContent({ currency, timeZone, days, campaigns }) {
  const money = moneyIn(currency);
  const total = days.reduce((sum, { spend }) => sum + spend, 0);
  return [
    h(
      'p',
      {},
      h('strong', {}, `${money(total)} `),
      `spent in ${counted(days.length, 'day')}`,
      timeZone ? ` of ${timeZone}` : '',
      '. Today still grows.',
    ),
    spendChart(days, money),
    figuresTable(
      'Days',
      'Day',
      [...days].reverse().map(({ date, ...figures }) => ({ ...figures, head: date })),
      money,
    ),
    h('h2', {}, 'Campaigns that spent most'),
    campaigns.length > 0
      ? figuresTable(
          'Campaigns',
          'Campaign',
          campaigns.map(({ name, id, ...figures }) => ({ ...figures, head: name, small: id })),
          money,
        )
      : h('p', { class: 'soft' }, 'No campaign has figures in these days.'),
  ];
}

/**
 * @param {string} label @param {string} head
 * @param {{ head: string, small?: string, spend: number, impressions: number, clicks: number, conversion: number }[]} rows
 * @param {(amount: number) => string} money
 */
function figuresTable(label, head, rows, money) {
  /** @param {string} text */
  const number = (text) => h('td', { class: 'number' }, text);
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, head),
          ...['Spend', 'Impressions', 'Clicks', 'Conversions'].map((name) =>
            h('th', { scope: 'col', class: 'number' }, name),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        ...rows.map((row) =>
          h(
            'tr',
            {},
            // A day stays on one line, a name may take several.
            row.small ? h('td', { class: 'head' }, row.head, h('small', {}, row.small)) : h('td', {}, row.head),
            number(money(row.spend)),
            number(row.impressions.toLocaleString('en')),
            number(row.clicks.toLocaleString('en')),
            number(row.conversion.toLocaleString('en')),
          ),
        ),
      ),
    ),
  );
}

/** @param {string | undefined} currency */
function moneyIn(currency) {
  const format = new Intl.NumberFormat('en', currency ? { style: 'currency', currency, currencyDisplay: 'code' } : {});
  /** @param {number} amount */
  return (amount) => format.format(amount);
}
