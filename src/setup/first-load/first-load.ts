import { join } from 'node:path';
import { tryPostgres } from '../../load/postgres/try-postgres.ts';
import type { Target } from '../../load/target.ts';
import type { ReportStream } from '../../streams/stream.ts';
import { createRedactor } from '../../tiktok/redact.ts';
import { postgresUrl } from '../result/machine-project.ts';
import type { Collection } from '../session/collection.ts';
import { nextRun } from '../session/daily-time.ts';
import { type Machine, sessionConfig } from '../session/finish.ts';
import { postgresOf } from '../session/read-target.ts';
import { SetupProblem } from '../session/setup-problem.ts';
import type { SetupSession } from '../session/setup-session.ts';
import type { LoadView, NextSteps } from '../session/setup-view.ts';
import { saidByFields } from '../tries/said-by-fields.ts';
import { type LEFT, loadByAirbyte } from './load-by-airbyte.ts';
import { loadByCommand } from './load-by-command.ts';
import { loadHere, machineDatabase } from './load-here.ts';
import { ProgressOfLoad } from './load-progress.ts';
import { readFiles } from './read-files.ts';
import { readTable } from './read-table.ts';
import { startTimer } from './start-timer.ts';
import type { TableView } from './table-view.ts';

/** Listeners are told at most so often, milliseconds. */
const EVERY_MS = 200;

/** After the files are written: loads the history, switches the timer on, and looks at the tables. */
export class FirstLoad {
  readonly #session: SetupSession;
  readonly #machine: Machine;
  readonly #onChange: () => void;
  readonly #onDone: () => void;
  #state: LoadView['state'] = 'none';
  #progress: ProgressOfLoad | undefined;
  #problem: string | undefined;
  #tables: readonly TableView[] = [];
  #timer: 'off' | 'on' | 'failed' = 'off';
  #timerProblem: string | undefined;
  #stop = new AbortController();
  #running: Promise<void> | undefined;
  #told: NodeJS.Timeout | undefined;

  /**
   * @param onChange something is to be shown
   * @param onDone   everything has been loaded: nothing is left to go on with
   */
  constructor(
    session: SetupSession,
    machine: Machine,
    { onChange, onDone }: { readonly onChange: () => void; readonly onDone: () => void },
  ) {
    this.#session = session;
    this.#machine = machine;
    this.#onChange = onChange;
    this.#onDone = onDone;
  }

  get view(): LoadView {
    const { schedule } = this.#session;
    const timer = this.#timerState;
    return {
      state: this.#state,
      ...(this.#progress ? { progress: this.#progress.now } : {}),
      ...(this.#problem ? { problem: this.#problem } : {}),
      tables: this.#tables,
      timer,
      ...(this.#timerProblem ? { timerProblem: this.#timerProblem } : {}),
      ...(schedule && (timer === 'on' || timer === 'elsewhere')
        ? { nextRun: nextRun(schedule, this.#machine.now()).toISOString() }
        : {}),
      says: this.#says,
    };
  }

  /** Begins, or goes on from where it was stopped; resolves at the end, however that is. @throws SetupProblem when there is nothing that can be loaded */
  start(): Promise<void> {
    const next = this.#next;
    if (this.#running) return this.#running;
    const progress = new ProgressOfLoad(() => this.#changed());
    this.#progress = progress;
    this.#stop = new AbortController();
    this.#problem = undefined;
    this.#state = 'running';
    this.#running = this.#run(next, progress).finally(() => {
      this.#running = undefined;
      this.#changed();
    });
    this.#changed();
    return this.#running;
  }

  /** Keeps what has come. @param reason LEFT: setup ends, and what another program loads goes on */
  async stop(reason?: typeof LEFT): Promise<void> {
    if (!this.#running) return;
    this.#state = 'stopping';
    this.#changed();
    this.#stop.abort(reason ?? new Error('stopped on the page'));
    await this.#running;
  }

  /** Resolves also where it could not be switched on: the view says why. @throws SetupProblem without a schedule */
  async startTimer(): Promise<void> {
    const { timer, lingers } = this.#next;
    if (timer.length === 0) return;
    this.#timerProblem = await startTimer(timer);
    this.#timer = this.#timerProblem === undefined ? 'on' : 'failed';
    if (lingers && this.#timer === 'on') await startTimer([lingers]);
    this.#changed();
  }

  get #next(): NextSteps {
    const next = this.#session.result?.next;
    if (!next)
      throw new SetupProblem({ says: 'There is nothing to load from here.', advice: 'Write the files first.' });
    return next;
  }

  get #timerState(): LoadView['timer'] {
    const { result, schedule } = this.#session;
    if (result?.next?.connectionId !== undefined) return schedule ? 'elsewhere' : 'none';
    return (result?.next?.timer.length ?? 0) > 0 ? this.#timer : 'none';
  }

  get #says(): string {
    const { name, schedule, result, endDate } = this.#session;
    const timer = this.#timerState;
    const daily = schedule ? `every day at ${schedule.time} (${schedule.timeZone})` : '';
    if (this.#state === 'running')
      return (
        this.#progress?.now.waiting ??
        `“${name}” is being loaded. It goes on when you leave this page${timer === 'elsewhere' ? '' : ', as long as setup runs'}.`
      );
    if (this.#state === 'stopped' || this.#state === 'failed') return `What has come of “${name}” is kept.`;
    if (this.#state === 'done') {
      if (schedule && (timer === 'on' || timer === 'elsewhere'))
        return `“${name}” is ready, with a schedule for ${daily}.`;
      if (schedule && this.#machine.isDemo)
        return `“${name}” is loaded. A demo has no timer: its TikTok ends with setup.`;
      if (schedule) return `“${name}” is loaded. Nothing starts it ${daily} yet.`;
      return endDate ? `“${name}” is ready. It stops at ${endDate}, so it has no schedule.` : `“${name}” is ready.`;
    }
    if (timer === 'on') return `“${name}” has its schedule, ${daily}. Its first run loads the history.`;
    return result?.says ?? '';
  }

  async #run(next: NextSteps, progress: ProgressOfLoad): Promise<void> {
    const redact = createRedactor(this.#session.secrets);
    const { signal } = this.#stop;
    try {
      const collection = this.#session.collection();
      const failure = await this.#session.granted.alone(() => this.#load(collection, next, { progress, redact }));
      this.#tables = await this.#look(collection);
      if (failure !== undefined) this.#problem = redact(failure);
    } catch (error) {
      this.#problem = redact(saidByFields(error));
    }
    if (signal.aborted) {
      this.#state = 'stopped';
      this.#problem = undefined;
      return;
    }
    if (this.#problem !== undefined) {
      this.#state = 'failed';
      return;
    }
    await this.startTimer();
    this.#state = 'done';
    this.#onDone();
  }

  async #load(
    collection: Collection,
    next: NextSteps,
    { progress, redact }: { readonly progress: ProgressOfLoad; readonly redact: (text: string) => string },
  ): Promise<string | undefined> {
    const { folder } = this.#session;
    const { target } = collection;
    const { signal } = this.#stop;
    if (target.kind === 'airbyte' && next.connectionId !== undefined) {
      return loadByAirbyte({ access: target, connectionId: next.connectionId, progress, signal, redact });
    }
    if (next.load !== undefined) {
      const follows = target.kind === 'docker' ? join(folder, 'data') : undefined;
      const spendIn = collection.streams[0]?.name ?? '';
      return loadByCommand({ command: next.load, folder, progress, follows, spendIn, signal });
    }
    if (target.kind !== 'machine') throw new Error('Only this machine loads by itself.');
    if (target.store.name === 'postgresql') {
      await tryPostgres(postgresUrl(target.store, { withPassword: true }), { makesSchema: true });
    }
    const currencies = new Map(this.#session.granted.list.map(({ id, currency }) => [id, currency]));
    return loadHere({
      collection,
      config: sessionConfig(this.#session, this.#machine),
      target: machineDatabase(folder, target.store),
      currencyOf: (id) => currencies.get(id) ?? '',
      progress,
      onAttempt: this.#session.options.access.onAttempt,
      signal,
    });
  }

  async #look({ target, streams }: Collection): Promise<readonly TableView[]> {
    const { folder } = this.#session;
    const read = async (stream: ReportStream): Promise<TableView | undefined> => {
      if (target.kind === 'docker') return readFiles(join(folder, 'data'), stream);
      if (target.kind === 'meltano' && target.loader.name === 'target-jsonl') {
        return readFiles(join(folder, 'output'), stream);
      }
      const database = databaseOf(folder, { target });
      return database && readTable(database, stream);
    };
    const tables: TableView[] = [];
    for (const stream of streams) {
      const table = await read(stream);
      if (table) tables.push(this.#named(table));
    }
    return tables;
  }

  /** What the table does not say itself, where only one advertiser is in it. */
  #named(table: TableView): TableView {
    const [only, ...more] = this.#session.chosenAdvertisers;
    if (!only || more.length > 0) return table;
    const { id, name, currency } = only;
    return {
      ...table,
      totals: table.totals.map((total) => ({
        advertiserId: id,
        advertiser: name ?? id,
        ...(currency ? { currency } : {}),
        ...total,
      })),
    };
  }

  #changed(): void {
    this.#told ??= setTimeout(() => {
      this.#told = undefined;
      this.#onChange();
    }, EVERY_MS);
  }
}

function databaseOf(folder: string, { target }: Pick<Collection, 'target'>): Target | undefined {
  if (target.kind === 'machine') return machineDatabase(folder, target.store);
  const postgres = postgresOf(target);
  return postgres && { kind: 'postgresql', url: postgresUrl(postgres, { withPassword: true }) };
}
