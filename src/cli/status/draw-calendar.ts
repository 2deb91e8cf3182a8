import { addDays, countDays, type Day, type DayRange } from '../../sync/days.ts';
import { drawTable } from '../../terminal/draw-table.ts';
import type { Standing } from './standing.ts';

const NAME_CELLS = 20;

export const LEGEND = '█ read   ▒ read, and again by the next run   · missing';

/** One line of the picture: an advertiser, or some of them in one. */
export interface CalendarLine {
  readonly label: string;
  readonly standings: readonly Standing[];
}

/**
 * A picture with a cell for each day: the newest day on the right, as many days as fit. Of several advertisers in one line,
 * each day shows the one that lacks most.
 *
 * @param firstDay the first day that is asked for
 * @param width in cells
 */
export function drawCalendar(lines: readonly CalendarLine[], firstDay: Day, width: number): string[] {
  const lastDay = lines
    .flatMap(({ standings }) => standings.map(({ wantedThrough }) => wantedThrough))
    .sort()
    .at(-1);
  if (lastDay === undefined || firstDay > lastDay) return [];
  const cells = Math.min(countDays({ from: firstDay, to: lastDay }), Math.max(7, width - NAME_CELLS - 2));
  const days = Array.from({ length: cells }, (_, index) => addDays(lastDay, index + 1 - cells));
  const rows = lines.map(({ label, standings }) => [
    label,
    days.map((day) => worstOf(standings.map((standing) => cellOf(standing, day, firstDay)))).join(''),
  ]);
  return drawTable([{ title: '', widthMax: NAME_CELLS }, { title: monthsAbove(days) }], rows);
}

/** What the cell of a day can show, the worst last. */
const CELLS = [' ', '█', '▒', '·'] as const;
type Cell = (typeof CELLS)[number];

function worstOf(cells: readonly Cell[]): Cell {
  return CELLS.findLast((cell) => cells.includes(cell)) ?? ' ';
}

function cellOf({ coverage, dueAgain, missing, wantedThrough }: Standing, day: Day, firstDay: Day): Cell {
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
