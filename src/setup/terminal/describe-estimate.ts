import { counted } from '../../sync/ledger/summary.ts';
import type { Estimate } from '../session/setup-view.ts';

/** What a range means, as lines for a terminal. */
export function describeEstimate({ days, advertisers, windows, requests, seconds, rows, daily }: Estimate): string[] {
  const figures = [
    ['Windows', count(windows), `of 30 days: ${counted(days, 'day')}, ${counted(advertisers, 'advertiser')}`],
    ['Requests', count(requests), 'for reports'],
    ['Takes', duration(seconds), 'at this quota'],
    [
      'Rows',
      rows === undefined ? '?' : `≈ ${roundly(rows)}`,
      rows === undefined ? 'no advertiser has answered yet' : 'by yesterday’s rows',
    ],
  ] as const;
  const width = Math.max(...figures.map(([, figure]) => figure.length));
  return [
    ...figures.map(([term, figure, hint]) => `${term.padEnd(8)}  ${figure.padStart(width)}  ${hint}`),
    daily
      ? `Every run after that: ${counted(daily.requests, 'request')}, ${duration(daily.seconds)}.`
      : 'One run, then it is complete.',
  ];
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** An estimate is good for two digits. */
function roundly(number: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, number))) - 1);
  return count(Math.round(number / unit) * unit);
}
