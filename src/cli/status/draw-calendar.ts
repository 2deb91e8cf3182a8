import { addDays, countDays, type Day, type DayRange } from '../../sync/days.ts';
import { drawTable } from '../../terminal/draw-table.ts';
import type { Standing } from './standing.ts';

const NAME_CELLS = 20;

/** The most lines of the picture; further advertisers are only counted. */
const ROWS_MAX = 40;

export const LEGEND = '█ read   ▒ read, and again by the next run   · missing';

/**
 * A picture with a line for each advertiser and a cell for each day: the newest day on the right, as many days as fit.
 *
 * @param firstDay the first day that is asked for
 * @param width in cells
 */
export function drawCalendar(standings: readonly Standing[], firstDay: Day, width: number): string[] {
  const lastDay = standings
    .map(({ wantedThrough }) => wantedThrough)
    .sort()
    .at(-1);
  if (lastDay === undefined || firstDay > lastDay) return [];
  const cells = Math.min(countDays({ from: firstDay, to: lastDay }), Math.max(7, width - NAME_CELLS - 2));
  const days = Array.from({ length: cells }, (_, index) => addDays(lastDay, index + 1 - cells));
  // Overdue advertisers come first.
  const sorted = [...standings].sort((a, b) => Number(b.isOverdue) - Number(a.isOverdue));
  const rows = sorted
    .slice(0, ROWS_MAX)
    .map((standing) => [
      standing.advertiser.name ?? standing.advertiser.id,
      days.map((day) => cellOf(standing, day, firstDay)).join(''),
    ]);
  const hidden = sorted.length - rows.length;
  return [
    ...drawTable([{ title: '', widthMax: NAME_CELLS }, { title: monthsAbove(days) }], rows),
    ...(hidden > 0 ? [`and ${hidden.toLocaleString('en-US')} more`] : []),
  ];
}

function cellOf({ coverage, dueAgain, missing, wantedThrough }: Standing, day: Day, firstDay: Day): string {
  if (day < firstDay || day > wantedThrough) return ' ';
  if (missing.some((range) => isIn(range, day))) return '·';
  if (dueAgain && isIn(dueAgain, day)) return '▒';
  return coverage && day >= coverage.from && day <= coverage.through ? '█' : '·';
}

function isIn({ from, to }: DayRange, day: Day): boolean {
  return from <= day && day <= to;
}

/** The first day, and the first of each month where there is room. */
function monthsAbove(days: readonly Day[]): string {
  let line = '';
  for (const [index, day] of days.entries()) {
    const isMark = index === 0 || day.endsWith('-01');
    const label = index === 0 ? day : day.slice(0, 7);
    if (isMark && line.length <= Math.max(0, index - 1) && index + label.length <= days.length) {
      line = line.padEnd(index) + label;
    }
  }
  return line;
}
