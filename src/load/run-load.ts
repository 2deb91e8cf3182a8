import { mkdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunOutcome } from '../sync/events.ts';
import { exportCsv } from './csv.ts';
import type { Engine, NumberType } from './engine.ts';
import { type LoadNews, type LoadRequest, load } from './load.ts';
import { BusyError, ConnectionLostError } from './load-error.ts';
import { openEngine } from './open-engine.ts';
import type { Target } from './target.ts';
import { Warehouse } from './warehouse.ts';

/** Waits between tries to reach a server that went away, milliseconds; each wait is twice as long as the one before. */
const PAUSE_MS = 1_000;
const PAUSE_MS_MAX = 30_000;

export interface RunLoadRequest extends LoadRequest {
  readonly target: Target;
  /** The type of rates and money in new tables. */
  readonly numbers: NumberType;
}

/**
 * Keeps the tables of a database up to date: reads what each stream lacks and loads it. When the server goes away, the
 * run waits for it as long as `patience_seconds` says, then reads again what had not been committed.
 *
 * @returns how the run ended, and a text that says where the tables are
 * @throws LoadError; what was committed stays, and the next run goes on from there
 */
export async function runLoad(
  request: RunLoadRequest,
  tell: (news: LoadNews) => void,
): Promise<{ outcome: RunOutcome; place: string }> {
  const { target, config, signal } = request;
  if (target.kind === 'csv') await mkdir(target.folder, { recursive: true });
  let engine = await openEngine(target, config);
  for (;;) {
    try {
      return await loadThrough(engine, request, tell);
    } catch (error) {
      if (!(error instanceof ConnectionLostError) || signal.aborted) throw error;
      tell({ type: 'warning', message: error.message });
    }
    engine = await reopen(target, request);
    tell({ type: 'info', message: 'The database is back; going on from the last commit.' });
  }
}

/** One try with a connection of its own, which it closes at the end. */
async function loadThrough(
  engine: Engine,
  { target, numbers, ...request }: RunLoadRequest,
  tell: (news: LoadNews) => void,
): Promise<{ outcome: RunOutcome; place: string }> {
  try {
    const outcome = await load(request, new Warehouse(engine, { numbers, shard: request.config.shard }), tell);
    if (target.kind !== 'csv') return { outcome, place: engine.place };
    await exportCsv(engine, request.streams, target.folder);
    return { outcome, place: `the folder ${target.folder}` };
  } finally {
    await engine.close();
  }
}

/** @throws LoadError when the server does not come back in time or refuses, or when another run has taken over */
async function reopen(target: Target, { config, signal }: LoadRequest): Promise<Engine> {
  const begun = performance.now();
  for (let pause = PAUSE_MS; ; pause = Math.min(2 * pause, PAUSE_MS_MAX)) {
    await wait(pause, undefined, { signal });
    try {
      return await openEngine(target, config);
    } catch (error) {
      if (error instanceof BusyError || performance.now() - begun + pause >= config.patienceMs) throw error;
    }
  }
}
