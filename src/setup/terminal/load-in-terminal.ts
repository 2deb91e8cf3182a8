import * as prompts from '@clack/prompts';
import { LiveLine } from '../../terminal/live-line.ts';
import { visible } from '../../wire/visible.ts';
import { FirstLoad } from '../first-load/first-load.ts';
import { LEFT } from '../first-load/load-by-airbyte.ts';
import type { LoadProgress } from '../first-load/load-progress.ts';
import type { TableView } from '../first-load/table-view.ts';
import type { Machine } from '../session/finish.ts';
import type { SetupSession } from '../session/setup-session.ts';
import { answerOf, type Console } from './prompt-answer.ts';
import { whileBusy } from './while-busy.ts';

/** After the files are written: loads the history and switches the timer on, if that is wanted. @returns how it stands */
export async function loadInTerminal(session: SetupSession, at: Console, machine: Machine): Promise<string> {
  const line = new LiveLine(process.stdout);
  const onChange = (): void => {
    const { state, progress } = load.view;
    if (state === 'running' && progress) line.show(describeProgress(progress));
  };
  const load = new FirstLoad(session, machine, { onChange, onDone: () => {} });
  const hasTimer = load.view.timer === 'off';
  const next = await answerOf(
    prompts.select({
      ...at,
      message: 'What now?',
      options: [
        { value: 'load', label: 'Load the history now', ...(hasTimer ? { hint: 'then the timer is started' } : {}) },
        ...(hasTimer ? [{ value: 'timer', label: 'Only start the timer' }] : []),
        { value: 'stop', label: 'Nothing; I do it by these commands' },
      ],
    }),
  );
  if (next === 'load') {
    at.signal.addEventListener('abort', () => void load.stop(LEFT), { once: true });
    await whileBusy(at, 'Loading the history', () => load.start().finally(() => line.clear()));
  } else if (next === 'timer') await load.startTimer();
  const { tables, problem, timerProblem, says, nextRun } = load.view;
  for (const table of tables) prompts.log.message(describeTable(table), at);
  if (problem) prompts.log.error(visible(problem), at);
  if (timerProblem) prompts.log.warn(`The timer could not be started from here: ${timerProblem}`, at);
  return nextRun ? `${says} It runs next at ${nextRun.slice(0, 16).replace('T', ' ')} UTC.` : says;
}

function describeProgress({ rows, advertisers, windows, timeLeft, spend, waiting }: LoadProgress): string {
  if (waiting !== undefined) return waiting;
  return [
    `${count(rows)} rows`,
    ...(advertisers ? [`${count(advertisers.begun)} of ${count(advertisers.all)} advertisers`] : []),
    ...(windows ? [`${count(windows.done)} of ${count(windows.total)} reports`] : []),
    ...(timeLeft === undefined ? [] : [`${timeLeft} left`]),
    ...spend.map(({ currency, amount }) => money(amount, currency)),
  ].join(' · ');
}

function describeTable({ name, place, rows, totals }: TableView): string {
  return [
    `${name}: ${count(rows)} rows in ${place}`,
    ...totals.map(({ advertiser, advertiserId, currency, rows: own, spend }) => {
      const who = visible(advertiser ?? advertiserId ?? 'all advertisers');
      return `  ${who}: ${count(own)} rows, ${money(spend, currency)}`;
    }),
  ].join('\n');
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function money(amount: number, currency = ''): string {
  return `${amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ${currency}`.trimEnd();
}
