import { countDays, type Day } from '../../sync/days.ts';
import { datesOf } from '../../sync/failure.ts';
import { drawTable } from '../../terminal/draw-table.ts';
import type { Paint } from '../../terminal/paint.ts';
import { drawCalendar, LEGEND } from './draw-calendar.ts';
import type { Standing } from './standing.ts';

/** With more advertisers than these, only those are listed that a person has to look at, and no more than these. */
const LISTED_MAX = 40;

/** Whether an advertiser can be read now. */
export type Permission = 'ok' | 'refused' | 'not tested';

/**
 * Table and calendar of one stream's advertisers, those first whose days are overdue. Those in order are summed up where
 * there are many.
 *
 * @param options `permissionOf`: absent where TikTok was not asked. `all`: list every advertiser. `firstDay`: the first day
 *   that is asked for. `columns`: of the terminal
 */
export function drawStandings(
  standings: readonly Standing[],
  {
    permissionOf,
    all,
    firstDay,
    columns,
    paint,
  }: {
    readonly permissionOf: ((id: string) => Permission) | undefined;
    readonly all: boolean;
    readonly firstDay: Day;
    readonly columns: number;
    readonly paint: Paint;
  },
): string[] {
  const isRefused = ({ advertiser }: Standing) => permissionOf?.(advertiser.id) === 'refused';
  const byUrgency = [...standings].sort(
    (a, b) =>
      Number(b.isOverdue) - Number(a.isOverdue) ||
      Number(isRefused(b)) - Number(isRefused(a)) ||
      (a.isOverdue ? (b.daysOld ?? Number.POSITIVE_INFINITY) - (a.daysOld ?? Number.POSITIVE_INFINITY) || 0 : 0),
  );
  const inTrouble = byUrgency.filter((standing) => standing.isOverdue || isRefused(standing));
  const listed = all || standings.length <= LISTED_MAX ? byUrgency : inTrouble.slice(0, LISTED_MAX);
  const rest = byUrgency.slice(listed.length);
  const moreTrouble = rest.slice(0, Math.max(0, inTrouble.length - listed.length));
  const inOrder = rest.slice(moreTrouble.length);

  const isNamed = listed.some(({ advertiser }) => advertiser.name !== undefined);
  const [titles = '', ...rows] = drawTable(
    [
      { title: 'advertiser', widthMin: 10, widthMax: 40 },
      ...(isNamed ? [{ title: 'advertiser_id', isDispensable: true }] : []),
      { title: 'read' },
      { title: 'days old', align: 'right' },
      { title: 'again', align: 'right', isDispensable: true },
      { title: 'missing', widthMin: 22 },
      ...(permissionOf ? [{ title: 'access' }] : []),
    ],
    listed.map(({ advertiser, coverage, daysOld, dueAgain, missing }) => [
      advertiser.name ?? advertiser.id,
      ...(isNamed ? [advertiser.id] : []),
      coverage ? datesOf({ from: coverage.from, to: coverage.through }) : 'nothing',
      daysOld === undefined ? '' : String(daysOld),
      dueAgain ? String(countDays(dueAgain)) : '',
      missing.map(datesOf).join(', '),
      permissionOf?.(advertiser.id) ?? '',
    ]),
    columns - 2,
  );
  const markOf = (standing: Standing) =>
    standing.isOverdue ? paint.bad('✕') : isRefused(standing) ? paint.warn('!') : paint.good('✓');
  const calendar = drawCalendar(
    [
      ...listed.map((standing) => ({
        label: standing.advertiser.name ?? standing.advertiser.id,
        standings: [standing],
      })),
      ...(rest.length > 0 ? [{ label: countText(rest, listed), standings: rest }] : []),
    ],
    firstDay,
    columns - 2,
  );
  return [
    ...(listed.length > 0 ? [`  ${paint.dim(titles)}`] : []),
    ...rows.map((row, index) => `${listed[index] ? markOf(listed[index]) : ' '} ${row}`),
    ...(moreTrouble.length > 0
      ? [`${paint.bad('✕')} ${countText(moreTrouble, listed)} are overdue or refused; --all lists them.`]
      : []),
    ...(inOrder.length > 0
      ? [`${paint.good('✓')} ${countText(inOrder, listed)} are in order${readUpTo(inOrder)}; --all lists them.`]
      : []),
    '',
    ...calendar.map((line) => `  ${line}`),
    ...(calendar.length > 0 ? [`  ${paint.dim(LEGEND)}`, ''] : []),
  ];
}

const countText = (some: readonly Standing[], listed: readonly Standing[]) =>
  `${some.length.toLocaleString('en-US')} ${listed.length > 0 ? 'more' : 'advertisers'}`;

/** The day up to which all of them have been read; nothing where one has not been read at all. */
function readUpTo(standings: readonly Standing[]): string {
  const days = standings.map(({ coverage }) => coverage?.through ?? '').sort();
  const [first = '', last] = [days[0], days.at(-1)];
  if (first === '') return '';
  return `, read up to ${first}${first === last ? '' : ' or later'}`;
}
