// @ts-check
// Spend by day, as columns. The table beside it says the same to those who cannot see it.

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 640;
const HEIGHT = 200;
const LEFT = 60;
const BOTTOM = 26;
const TOP = 12;

/** Short: the amount itself is in the text, the tooltip and the table. */
const AXIS = new Intl.NumberFormat('en', { notation: 'compact' });

const DAY = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 */
function s(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

/**
 * @param {readonly { date: string, spend: number }[]} days oldest first; the last is today, which still grows
 * @param {(amount: number) => string} money
 */
export function spendChart(days, money) {
  const top = niceTop(Math.max(...days.map(({ spend }) => spend), 0));
  const plot = HEIGHT - TOP - BOTTOM;
  /** @param {number} spend */
  const y = (spend) => TOP + plot * (1 - spend / top);
  const step = (WIDTH - LEFT) / days.length;
  const total = days.reduce((sum, { spend }) => sum + spend, 0);
  const chart = s('svg', {
    class: 'chart',
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: 'img',
    'aria-label': `Spend by day, ${days[0]?.date} to ${days.at(-1)?.date}: ${money(total)} in all. The table below has each day.`,
  });
  for (const share of [0, 0.5, 1]) {
    const line = y(top * share);
    chart.append(
      s('line', { class: 'grid', x1: LEFT, x2: WIDTH, y1: line, y2: line }),
      s('text', { x: LEFT - 8, y: line + 4, 'text-anchor': 'end' }, AXIS.format(top * share)),
    );
  }
  for (const [index, { date, spend }] of days.entries()) {
    const x = LEFT + step * index + step * 0.16;
    const column = s('rect', {
      class: index === days.length - 1 ? 'column today' : 'column',
      x,
      y: y(spend),
      width: step * 0.68,
      height: Math.max(0, y(0) - y(spend)),
      rx: 3,
    });
    column.append(s('title', {}, `${date}: ${money(spend)}`));
    chart.append(column);
    if (index % 2 === days.length % 2 || days.length <= 7) {
      chart.append(
        s('text', { x: x + step * 0.34, y: HEIGHT - 8, 'text-anchor': 'middle' }, DAY.format(Date.parse(date))),
      );
    }
  }
  return chart;
}

/** The next 1, 2, 2.5, 5 or 10 above, so that the marks are round. @param {number} most */
function niceTop(most) {
  if (most <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * unit >= most) ?? 10) * unit;
}
