import type { ReportRecord } from '../../streams/stream.ts';
import { REPORT_DAYS_MAX } from '../../tiktok/endpoints/report.ts';
import { freeMemory } from '../../wire/free-memory.ts';
import { commitBackward, commitForward, type Pass } from '../coverage.ts';
import { addDays, countDays, type DayRange, earlier, later, rangeOf } from '../days.ts';
import type { Coverage } from '../state.ts';
import { LinkedAbort } from './linked-abort.ts';
import type { AdvertiserReport } from './pages.ts';
import type { MemoryLimits } from './reading.ts';
import { Reservation } from './reservation.ts';
import type { RowBudget } from './row-budget.ts';
import { streamDay } from './stream-day.ts';
import { readWindow } from './window.ts';
import type { WindowResult } from './window-result.ts';

/** The assumed rows of a first page, before any was seen. */
const UNKNOWN_FIRST_PAGE_ROWS = 1000;

/** A request under way takes as much memory as so many rows, even where it brings none. */
const REQUEST_ROWS = 60;

/** Records handed over at once. */
const BATCH = 1000;

/** TikTok still corrects spend, impressions and clicks on this many days before today. */
const MOVING_DAYS = 2;

/** Where an advertiser's rows and notices go. */
export interface AdvertiserSink {
  /** Resolves when the records were taken; their texts are freed then. */
  send(window: DayRange, records: readonly ReportRecord[]): Promise<void>;
  /** All records of the window were taken: its days now count as read. */
  commit(coverage: Coverage, window: DayRange): Promise<void>;
  warn(window: DayRange, message: string): void;
  info(window: DayRange, message: string): void;
}

/** What the advertisers of a run share. */
export interface SharedReading {
  readonly budget: RowBudget;
  /**
   * Windows of one advertiser that may be read at once: the next to be sent, and those read ahead of it.
   *
   * @param rows that the first page of each is likely to bring
   */
  windowsAtOnce(rows: number): number;
  /** Rows that a first page is likely to have, while nothing is known of the advertiser itself. */
  readonly firstPageRows: RowEstimate;
}

/** A window that could not be read, with what went wrong. */
export class WindowFailure extends Error {
  override readonly name = 'WindowFailure';
  readonly window: DayRange;

  constructor(window: DayRange, cause: unknown) {
    super(`window ${window.from}..${window.to}`, { cause });
    this.window = window;
  }
}

/** Guesses the rows of a first page from those seen: their mean and a margin. */
export class RowEstimate {
  #pages = 0;
  #rows = 0;

  get rows(): number {
    return this.#pages === 0
      ? UNKNOWN_FIRST_PAGE_ROWS
      : Math.min(1000, Math.ceil((this.#rows / this.#pages) * 1.2) + REQUEST_ROWS);
  }

  add(rows: number): void {
    this.#pages++;
    this.#rows += Math.min(rows, 1000);
  }
}

/** A window that is being read, or waits to be sent. */
interface Job {
  readonly window: DayRange;
  readonly direction: 'forward' | 'backward';
  readonly reservation: Reservation;
  readonly result: Promise<WindowResult>;
}

/**
 * Reads what a pass asks for, window by window: the rows of a window leave sorted, the windows of the forward pass
 * oldest first, then those of the backward pass newest first, and each is committed when all its rows were taken.
 */
export class AdvertiserReader {
  readonly #report: AdvertiserReport;
  readonly #pass: Pass;
  readonly #sink: AdvertiserSink;
  readonly #shared: SharedReading;
  /** Stops the windows that are read ahead. */
  readonly #abort: LinkedAbort;
  #forward: DayRange | undefined;
  #backward: DayRange | undefined;
  #coverage: Coverage | undefined;
  /** Shrinks to what TikTok answers, or to what fits into memory; never grows again during a run. */
  #windowDays = REPORT_DAYS_MAX;
  #rowsPerDay: number | undefined;
  /** A window of this size was read. Until then none is read ahead: a size too large for TikTok should fail only once. */
  #proven = false;
  readonly #jobs: Job[] = [];

  constructor(
    report: AdvertiserReport,
    pass: Pass,
    { sink, shared, signal }: { sink: AdvertiserSink; shared: SharedReading; signal: AbortSignal },
  ) {
    this.#report = report;
    this.#pass = pass;
    this.#sink = sink;
    this.#shared = shared;
    this.#abort = new LinkedAbort(signal);
    this.#forward = pass.forward;
    this.#backward = pass.backward;
    this.#coverage = pass.coverage;
  }

  /**
   * Once only.
   *
   * @throws WindowFailure for the first window that cannot be read; those before it have been sent and committed
   */
  async read(): Promise<void> {
    const { signal } = this.#abort;
    try {
      for (;;) {
        while (this.#jobs.length < this.#windowsAtOnce()) {
          const next = this.#takeNext();
          if (!next) break;
          const reservation = new Reservation(this.#shared.budget, this.#jobs.at(-1)?.reservation);
          const result = reservation
            .takeFirstPage(() => this.#guessFirstPage(countDays(next.window)), signal)
            .then(() => readWindow(this.#report, next.window, this.#memory(reservation), signal))
            .then((outcome) => this.#learn(next.window, outcome));
          // It is awaited once the windows before it are out; until then a failure must not count as unhandled.
          result.catch(() => undefined);
          this.#jobs.push({ ...next, reservation, result });
        }
        const [job] = this.#jobs;
        if (!job) return;
        await this.#deliver(job, job.window, await failingWith(job.window, job.result));
        this.#jobs.shift();
        job.reservation.release();
      }
    } finally {
      this.#abort.abort(new Error('this advertiser is done'));
      await this.#giveBack();
    }
  }

  /** Windows that may be read side by side now. */
  #windowsAtOnce(): number {
    return this.#proven ? this.#shared.windowsAtOnce(this.#guessFirstPage(this.#windowDays)) : 1;
  }

  /** Waits until no window is being read any more, and gives their rows back. */
  async #giveBack(): Promise<void> {
    for (const job of this.#jobs) {
      await job.result.catch(() => undefined);
      job.reservation.release();
    }
  }

  #takeNext(): Pick<Job, 'window' | 'direction'> | undefined {
    if (this.#forward) {
      const { piece, left } = cut(this.#forward, this.#windowDays, 'forward');
      this.#forward = left;
      return { window: piece, direction: 'forward' };
    }
    if (this.#backward) {
      const { piece, left } = cut(this.#backward, this.#windowDays, 'backward');
      this.#backward = left;
      return { window: piece, direction: 'backward' };
    }
    return undefined;
  }

  /** How many rows the first page of so many days is likely to bring. */
  #guessFirstPage(days: number): number {
    const rows =
      this.#rowsPerDay === undefined ? this.#shared.firstPageRows.rows : this.#rowsPerDay * days * 1.1 + REQUEST_ROWS;
    return Math.min(1000, Math.ceil(rows));
  }

  /** Updates the guess for the next windows from this one. */
  #learn(window: DayRange, result: WindowResult): WindowResult {
    if (result.kind === 'rows') {
      this.#rowsPerDay = Math.max(result.records.length / countDays(window), (this.#rowsPerDay ?? 0) * 0.8);
      this.#shared.firstPageRows.add(result.records.length);
    }
    return result;
  }

  #memory(reservation: Reservation): MemoryLimits {
    return {
      reservation,
      rowLimit: this.#shared.budget.rest.capacity,
      settledThrough: addDays(this.#pass.asOf, -MOVING_DAYS - 1),
    };
  }

  /** Sends and commits a window, in pieces where it could not be read whole. */
  async #deliver(job: Job, window: DayRange, result: WindowResult): Promise<void> {
    if (result.kind === 'split') {
      if (result.lasting) this.#windowDays = Math.min(this.#windowDays, result.days);
      this.#proven = false;
      this.#sink.info(window, `read in windows of ${result.days} day${result.days > 1 ? 's' : ''}: ${result.why}`);
      // One after the other, with the rows reserved for the whole window: later windows wait for this one to be sent.
      let rest: DayRange | undefined = window;
      while (rest) {
        const { piece, left } = cut(rest, Math.min(result.days, this.#windowDays), job.direction);
        const memory = this.#memory(job.reservation);
        const part = await failingWith(piece, readWindow(this.#report, piece, memory, this.#abort.signal));
        await this.#deliver(job, piece, this.#learn(piece, part));
        rest = left;
      }
      return;
    }
    if (result.kind === 'rows') {
      for (const message of result.warnings ?? []) this.#sink.warn(window, message);
      const texts = new Set(result.records.map(({ bytes }) => bytes));
      // Emptied while it is sent: a suspended function keeps its variables alive, here the rows of a window.
      while (result.records.length > 0) await this.#sink.send(window, result.records.splice(0, BATCH));
      texts.forEach(freeMemory);
    } else {
      const day = {
        day: window.from,
        ...this.#memory(job.reservation),
        send: (records: readonly ReportRecord[]) => this.#sink.send(window, records),
        warn: (message: string) => this.#sink.warn(window, message),
      };
      await failingWith(window, streamDay(this.#report, day, this.#abort.signal));
    }
    this.#proven = true;
    const commit = job.direction === 'forward' ? commitForward : commitBackward;
    this.#coverage = commit(this.#pass, this.#coverage, window);
    await this.#sink.commit(this.#coverage, window);
  }
}

/** @throws WindowFailure instead of what the reading of the window throws */
async function failingWith<Result>(window: DayRange, reading: Promise<Result>): Promise<Result> {
  try {
    return await reading;
  } catch (error) {
    throw new WindowFailure(window, error);
  }
}

/** At most `days` days of a range, its oldest or its newest as the direction wants, and what is left of it. */
function cut(
  { from, to }: DayRange,
  days: number,
  direction: Job['direction'],
): { piece: DayRange; left: DayRange | undefined } {
  if (direction === 'forward') {
    const last = earlier(to, addDays(from, days - 1));
    return { piece: { from, to: last }, left: rangeOf(addDays(last, 1), to) };
  }
  const first = later(from, addDays(to, 1 - days));
  return { piece: { from: first, to }, left: rangeOf(from, addDays(first, -1)) };
}
