import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { EmulatorOptions } from '../src/emulator/options.ts';
import type { EmulatorAddress, EmulatorOrder, RequestCounts } from './emulator-process.ts';
import type { Programs } from './section.ts';

/** An emulator in a process of its own. */
export interface TikTok extends EmulatorAddress {
  countRequests(): Promise<RequestCounts>;
  close(): Promise<void>;
}

/** The last day that is asked for: before today in every zone by the emulator's clock, 2026-03-15. */
export const LAST_DAY = '2026-03-10';

/** Starts an emulator; it keeps no log of requests unless asked. */
export async function startTikTok({ emulator }: Programs, options: EmulatorOptions): Promise<TikTok> {
  const child = fork(emulator, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const address = await ask<EmulatorAddress>(child, { start: { requestLogMax: 0, ...options } });
  return {
    ...address,
    countRequests: () => ask<RequestCounts>(child, 'count'),
    close: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** Advertisers that have this many rows on each day, of campaigns that all run without an end. */
export function preparedAccounts(count: number, rowsPerDay: number): EmulatorOptions {
  const account = { campaigns: rowsPerDay, created: '2020-01-01', density: 1 };
  return { accounts: Array.from({ length: count }, () => account), prepared: { rowsPerDay } };
}

/** The day so many days before `LAST_DAY` that both together are `days` days. */
export function firstDay(days: number): string {
  return new Date(Date.parse(LAST_DAY) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
}

async function ask<Answer>(child: ChildProcess, order: EmulatorOrder): Promise<Answer> {
  const answered = new AbortController();
  const { signal } = answered;
  child.send(order);
  try {
    const [answer] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(() => {
        throw new Error('The emulator ended before it answered.');
      }),
    ]);
    return answer as Answer;
  } finally {
    answered.abort();
  }
}
