import { parseConfig } from '../../src/config/parse-config.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { campaignDaily } from '../../src/streams/campaign-daily.ts';
import { recordJson } from '../../src/streams/record-text.ts';
import type { AdvertiserSummary, RunOutcome, SyncEvent } from '../../src/sync/events.ts';
import { runSync } from '../../src/sync/run.ts';
import type { RefreshId } from '../../src/sync/state.ts';

export interface Synced {
  /** As handed out, in order. */
  readonly records: readonly Row[];
  readonly changes: readonly unknown[];
  readonly events: readonly SyncEvent[];
  readonly outcome: RunOutcome & { readonly advertisers: readonly AdvertiserSummary[] };
  /** The last checkpoint. */
  readonly state: { updated_at: string; advertisers: Record<string, { from: string; through: string; as_of: string }> };
  /** Report requests of this run, as the emulator saw them. */
  readonly reports: readonly ReportRequest[];
  readonly warnings: readonly string[];
  readonly failures: readonly string[];
}

export type Row = Readonly<Record<string, string | number | null>>;

export interface ReportRequest {
  readonly advertiserId: string;
  readonly from: string;
  readonly to: string;
  readonly page: number;
  readonly campaignIds?: readonly string[];
  readonly code?: number;
}

/** Reads once, in this process, over HTTP from the emulator; the programs of the protocols do no more than this. */
export async function sync(
  emulator: Emulator,
  overrides: Readonly<Record<string, unknown>> = {},
  options: {
    readonly state?: unknown;
    readonly refresh?: RefreshId;
    readonly stopAfter?: (events: readonly SyncEvent[]) => boolean;
  } = {},
): Promise<Synced> {
  const stop = new AbortController();
  const firstRequest = emulator.requestCount;
  const events: SyncEvent[] = [];
  const records: Row[] = [];
  const changes: unknown[] = [];
  let state: Synced['state'] | undefined;
  for await (const event of runSync({
    config: parseConfig(emulator.config(overrides)),
    streams: [{ stream: campaignDaily, state: options.state, refresh: options.refresh }],
    signal: stop.signal,
  })) {
    events.push(event);
    if (event.type === 'checkpoint') state = stateIn(event);
    if (event.type === 'records') {
      for (const record of event.records) {
        records.push(JSON.parse(recordJson(record)) as Row);
        if (record.changes) changes.push(...record.changes);
      }
    }
    if (options.stopAfter?.(events)) stop.abort(new Error('stopped by the test'));
  }
  const last = events.at(-1);
  if (last?.type !== 'finished') throw new Error('the run did not say that it finished');
  return {
    records,
    changes,
    events,
    outcome: { ...last.outcome, advertisers: last.outcome.streams[0]?.advertisers ?? [] },
    state: state as Synced['state'],
    reports: reportsSince(emulator, firstRequest),
    warnings: events.flatMap((event) => (event.type === 'warning' ? [event.message] : [])),
    failures: events.flatMap((event) => (event.type === 'advertiser-failed' ? [event.failure.message] : [])),
  };
}

/** The state of the one stream in a checkpoint. */
export function stateIn({ states }: Extract<SyncEvent, { type: 'checkpoint' }>): Synced['state'] {
  return JSON.parse(states[0]?.state ?? 'null');
}

function reportsSince(emulator: Emulator, count: number): ReportRequest[] {
  return emulator.requests
    .filter(({ number, path }) => number > count && path.endsWith('/report/integrated/get/'))
    .map(({ advertiserId = '', params, code }) => {
      const filters = (params.filtering ?? []) as { field_name: string; filter_value: unknown }[];
      const ids = filters.find(({ field_name }) => field_name === 'campaign_ids')?.filter_value;
      return {
        advertiserId,
        from: String(params.start_date),
        to: String(params.end_date),
        page: Number(params.page),
        ...(ids !== undefined && { campaignIds: (typeof ids === 'string' ? JSON.parse(ids) : ids) as string[] }),
        ...(code !== undefined && { code }),
      };
    });
}

/** What a destination that upserts on the key holds, by key. */
export function table(...runs: readonly { readonly records: readonly Row[] }[]): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const { records } of runs) for (const row of records) rows.set(`${row.date} ${row.campaign_id}`, row);
  return rows;
}

/** What TikTok has, as a perfect reader's table. */
export function expectedTable(emulator: Emulator, range: Parameters<Emulator['expectedRows']>[0]): Map<string, Row> {
  return table({ records: [...emulator.expectedRows(range)].map(({ values }) => values as Row) });
}
