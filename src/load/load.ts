import type { Config } from '../config/config.ts';
import { isInShard } from '../config/shard.ts';
import type { ReportStream } from '../streams/stream.ts';
import type { Day } from '../sync/days.ts';
import type { RunOutcome, StreamRecord, SyncEvent } from '../sync/events.ts';
import { type RunRequest, runSync } from '../sync/run.ts';
import { type CoverageByAdvertiser, parseState, stateText } from '../sync/state.ts';
import { LoadError } from './load-error.ts';
import { type TableShape, tableOf } from './table.ts';
import type { Warehouse } from './warehouse.ts';

/** Rows handed to the database at once. They are few, so V8 frees most of their values without copying them. */
const BATCH_ROWS = 2_048;

/** A commit is made after this many rows, or when the last one was this long ago. */
const COMMIT_ROWS = 10_000;
const COMMIT_MS = 2_000;

/** How long an unfinished new table is continued; after that it is started again. */
const REFRESH_MS_MAX = 24 * 3_600_000;

export interface LoadRequest {
  readonly config: Config;
  readonly streams: readonly ReportStream[];
  /** Read everything, into new tables that take the place of the old ones at the end. */
  readonly refresh: boolean;
  /** Read this day and all after it again, as far as they have been read. */
  readonly since?: Day;
  /** When it is aborted, the run stops and keeps the rows that have come. */
  readonly signal: AbortSignal;
  /** Called every second with the progress of the read. */
  readonly onTick?: RunRequest['onTick'];
}

/** Events of a load, without the states. Rows are reported when the database has taken them. */
export type LoadNews = Exclude<SyncEvent, { type: 'checkpoint' | 'finished' }>;

/**
 * Reads streams into the tables of a database. Each stream goes on where its state in the database says.
 *
 * @param tell is called with each event
 * @throws LoadError when the database cannot go on; what was committed stays
 */
export async function load(
  request: LoadRequest,
  warehouse: Warehouse,
  tell: (news: LoadNews) => void,
): Promise<RunOutcome> {
  const loading = new Loading(request, warehouse, tell);
  await loading.prepare();
  try {
    return await loading.run();
  } catch (error) {
    await loading.fail(error);
    throw error;
  }
}

/** A stream on its way into a table. */
interface Lane {
  readonly stream: ReportStream;
  readonly table: TableShape;
  /** Records not yet handed to the database. They stay bytes, which V8's garbage collector need not look at. */
  batch: StreamRecord[];
  /** What the table holds. */
  coverage: CoverageByAdvertiser;
}

class Loading {
  readonly #request: LoadRequest;
  readonly #warehouse: Warehouse;
  readonly #tell: (news: LoadNews) => void;
  readonly #lanes: ReadonlyMap<string, Lane>;
  /** The coverage that changes with the next commit. */
  #news = new Map<Lane, CoverageByAdvertiser>();
  #rows = 0;
  #committedAt = performance.now();

  constructor(request: LoadRequest, warehouse: Warehouse, tell: (news: LoadNews) => void) {
    this.#request = request;
    this.#warehouse = warehouse;
    this.#tell = tell;
    this.#lanes = new Map(request.streams.map((stream) => [stream.name, this.#laneOf(stream)]));
  }

  async prepare(): Promise<void> {
    const { config, refresh } = this.#request;
    if (refresh && config.shard) {
      const meaning = 'A new table is made of all advertisers, and this run has a shard of them.';
      throw new LoadError({ meaning, advice: 'Run `sync --refresh` without a shard.' });
    }
    const lanes = [...this.#lanes.values()];
    const { states, runs } = this.#warehouse;
    if (refresh) for (const lane of lanes) await this.#prepareRefresh(lane);
    const lost = await this.#warehouse.prepare(lanes.map(({ table }) => table));
    for (const { name, stream } of refresh ? [] : lost) {
      const message = `The table ${name} is gone, though it had been loaded before: everything is read again.`;
      this.#tell({ type: 'warning', stream, message });
    }
    for (const lane of lanes) {
      if (!refresh) await this.#mentionUnfinished(lane);
      const known = await states.read(lane.table.name);
      lane.coverage = new Map([...known].filter(([id]) => isInShard(id, config.shard)));
      await runs.start(lane.table.name);
    }
  }

  async run(): Promise<RunOutcome> {
    const { config, signal, since, onTick } = this.#request;
    const streams = [...this.#lanes.values()].map(({ stream, coverage }) => ({
      stream,
      state: JSON.parse(stateText(coverage, new Date())),
      since,
    }));
    let outcome: RunOutcome | undefined;
    for await (const event of runSync({ config, streams, signal, ...(onTick && { onTick }) })) {
      if (event.type === 'records') {
        await this.#addRecords(event);
        this.#tell(event);
      } else if (event.type === 'checkpoint') this.#addStates(event);
      else if (event.type === 'finished') outcome = event.outcome;
      else this.#tell(event);
      if (event.type === 'finished' || event.type === 'waiting' || this.#isCommitDue) await this.#commit();
    }
    if (!outcome) throw new Error('The read ended without saying how.');
    await this.#end(outcome);
    return outcome;
  }

  /** Writes why the run failed to the table of runs, if that is still possible. */
  async fail(error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    try {
      await this.#warehouse.rollBack();
      for (const { table } of this.#lanes.values()) {
        await this.#warehouse.runs.end(table.name, { result: 'failed', message, records: 0 });
      }
    } catch {
      // The database that failed cannot take the message either.
    }
  }

  async #addRecords({ stream, records }: Extract<SyncEvent, { type: 'records' }>): Promise<void> {
    const lane = this.#laneNamed(stream);
    lane.batch.push(...copied(records));
    this.#rows += records.length;
    if (lane.batch.length >= BATCH_ROWS) await this.#handOver(lane);
  }

  #addStates({ states }: Extract<SyncEvent, { type: 'checkpoint' }>): void {
    for (const { stream, state } of states) this.#news.set(this.#laneNamed(stream), parseState(JSON.parse(state)));
  }

  get #isCommitDue(): boolean {
    if (this.#news.size === 0) return false;
    return this.#rows >= COMMIT_ROWS || performance.now() - this.#committedAt >= COMMIT_MS;
  }

  async #commit(): Promise<void> {
    if (this.#news.size === 0) return;
    for (const lane of this.#lanes.values()) await this.#handOver(lane);
    await this.#warehouse.commit(
      [...this.#news].map(([{ table, coverage }, news]) => ({ table, from: coverage, to: news })),
    );
    for (const [lane, coverage] of this.#news) lane.coverage = coverage;
    this.#news = new Map();
    this.#rows = 0;
    this.#committedAt = performance.now();
  }

  async #handOver(lane: Lane): Promise<void> {
    const records = lane.batch;
    lane.batch = [];
    for (let start = 0; start < records.length; start += BATCH_ROWS) {
      await this.#warehouse.add(lane.table, records.slice(start, start + BATCH_ROWS));
    }
  }

  async #end(outcome: RunOutcome): Promise<void> {
    const { refresh, config } = this.#request;
    for (const { stream, records, failure } of outcome.streams) {
      const { table } = this.#laneNamed(stream);
      const message = failure?.message ?? outcome.failure?.message;
      const result = outcome.interrupted ? 'stopped' : message === undefined ? 'succeeded' : 'failed';
      await this.#warehouse.runs.end(table.name, { result, ...(message !== undefined && { message }), records });
    }
    if (!refresh || outcome.interrupted) return;
    // With `warn` the run succeeds without an advertiser. Then the old table may have this advertiser's only rows.
    const missing = outcome.streams.flatMap(({ advertisers }) => advertisers.filter(({ failure }) => failure));
    if (outcome.failure || missing.length > 0) {
      throw new LoadError({
        meaning: 'The new tables are not whole, so the old ones stay in their place.',
        advice:
          'Run `sync --refresh` again within a day to go on where it ended. An advertiser that cannot be read any more has ' +
          'to be named in exclude_advertiser_ids; its rows are then gone.',
        evidence: listed(missing.map(({ advertiserId }) => advertiserId)),
      });
    }
    await this.#warehouse.replace(
      [...this.#lanes.values()].map(({ stream, table }) => ({
        to: tableOf(stream, stream.schema(config)),
        from: table,
      })),
    );
  }

  async #prepareRefresh({ stream, table }: Lane): Promise<void> {
    await this.#warehouse.checkReplaceable(tableOf(stream, stream.schema(this.#request.config)));
    const begun = await this.#warehouse.states.updatedAt(table.name);
    const isFresh = Date.now() - Date.parse(begun ?? '') < REFRESH_MS_MAX;
    if (!isFresh) await this.#warehouse.drop(table);
  }

  async #mentionUnfinished({ stream }: Lane): Promise<void> {
    const name = unfinishedName(stream);
    if (!(await this.#warehouse.has(name))) return;
    const message =
      `The table ${name} is left of a --refresh that did not end. Another \`sync --refresh\` goes on with it within a day and ` +
      'begins it anew later; without one it can be dropped.';
    this.#tell({ type: 'warning', message });
  }

  #laneOf(stream: ReportStream): Lane {
    const { config, refresh } = this.#request;
    const schema = stream.schema(config);
    const table = tableOf(stream, schema, refresh ? unfinishedName(stream) : stream.name);
    return { stream, table, batch: [], coverage: new Map() };
  }

  #laneNamed(stream: string): Lane {
    const lane = this.#lanes.get(stream);
    if (!lane) throw new Error(`no stream ${stream} is being loaded`);
    return lane;
  }
}

/** The records with texts of their own: those of an event are freed after it. */
function copied(records: readonly StreamRecord[]): StreamRecord[] {
  const bytes = Buffer.concat(records.map((record) => record.bytes.subarray(record.start, record.end)));
  let at = 0;
  return records.map((record) => {
    const start = at;
    at += record.end - record.start;
    return { ...record, bytes, start, end: at };
  });
}

/** The name of a refresh's new table until it replaces the old one. */
const unfinishedName = ({ name }: ReportStream) => `${name}__refresh`;

function listed(ids: readonly string[]): string {
  const names = [...new Set(ids)];
  if (names.length === 0) return '';
  return `Not read to the end: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}.`;
}
