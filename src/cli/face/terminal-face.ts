import type { Access } from '../../sync/check-verdict.ts';
import type { AdvertiserFailure, RunOutcome, SyncEvent } from '../../sync/events.ts';
import { grouped } from '../../sync/failure.ts';
import { durationText } from '../../sync/ledger/progress.ts';
import type { Audience, Tick } from '../../sync/run.ts';
import { drawProgress } from '../../terminal/draw-bars.ts';
import { drawTable } from '../../terminal/draw-table.ts';
import { LiveLine } from '../../terminal/live-line.ts';
import { createPaint, type Paint } from '../../terminal/paint.ts';
import { wrap } from '../../terminal/wrap.ts';
import { visibleLines } from '../../wire/visible.ts';

/** How often the last line is redrawn, milliseconds. */
const DRAW_MS = 200;

/** After this many seconds without an answer, the last line says that the program waits. */
const PATIENCE_S = 2;

/** How many advertisers the table at the end lists; those that failed are always listed. */
const ADVERTISERS_SHOWN = 30;

type Planned = Extract<SyncEvent, { type: 'planned' }>;

/**
 * What a person at a terminal sees of a program whose standard output belongs to a protocol: progress, warnings, and at
 * the end what was read and what failed.
 */
export class TerminalFace implements Audience {
  readonly #stream: NodeJS.WriteStream;
  readonly #line: LiveLine;
  readonly #paint: Paint;
  readonly #isLive: boolean;
  readonly #startedMs = performance.now();
  readonly #timer: NodeJS.Timeout;
  #planned: Planned | undefined;
  #tick: Tick | undefined;
  #records = 0;
  #failed = 0;
  #waiting: { readonly untilMs: number; readonly message: string } | undefined;
  #hasEnded = false;

  /** @param stream standard error; a line that changes is drawn only where standard output goes elsewhere */
  constructor(stream: NodeJS.WriteStream, { isLive }: { readonly isLive: boolean }) {
    this.#stream = stream;
    this.#line = new LiveLine(stream);
    this.#paint = createPaint(stream);
    this.#isLive = isLive;
    this.#timer = setInterval(() => this.#draw(), DRAW_MS).unref();
  }

  debug(message: string): void {
    this.#print(this.#paint.dim(visibleLines(message)));
  }

  note(message: string): void {
    this.#print(visibleLines(message));
  }

  warn(message: string): void {
    this.#print(`${this.#paint.warn('!')} ${visibleLines(message)}`);
  }

  fail(message: string): void {
    // The table at the end has said it.
    if (!this.#hasEnded) this.#print(`${this.#paint.bad('✕')} ${visibleLines(message)}`);
  }

  event(event: SyncEvent): void {
    switch (event.type) {
      case 'planned':
        this.#planned = event;
        return;
      case 'records':
        this.#records += event.records.length;
        this.#waiting = undefined;
        return;
      case 'waiting':
        this.#waiting = { untilMs: event.until.getTime() - Date.now() + performance.now(), message: event.message };
        return;
      case 'advertiser-failed':
        this.#failed += 1;
        return;
      case 'finished':
        this.#end(event.outcome);
        return;
      default:
        return;
    }
  }

  progress(progress: Tick): void {
    this.#tick = progress;
  }

  access({ verdict, message, advertisers: { readable, refused, untested } }: Access): void {
    const { good, bad, warn, dim } = this.#paint;
    const marked = [
      ...readable.map((advertiser) => ({ mark: good('✓'), advertiser, note: advertiser.timezone ?? '' })),
      ...untested.map(({ advertiser }) => ({ mark: warn('?'), advertiser, note: 'not tested' })),
    ];
    const lines = drawTable(
      [{ title: '', widthMin: 8 }, { title: '' }, { title: '' }, { title: '', widthMin: 6, isDispensable: true }],
      marked.map(({ advertiser: { id, name, currency }, note }) => [name ?? '?', id, currency ?? '', note]),
      this.#columns - 2,
    ).slice(1);
    for (const [index, line] of lines.slice(0, ADVERTISERS_SHOWN).entries()) {
      this.#print(`${marked[index]?.mark ?? ''} ${line}`);
    }
    if (lines.length > ADVERTISERS_SHOWN) {
      this.#print(dim(`  and ${counted(lines.length - ADVERTISERS_SHOWN, 'more advertiser')} like these`));
    }
    this.#tellFailures(refused);
    if (verdict === 'usable') this.#print(`${good('✓')} ${visibleLines(message)}`);
    // The refusal of an advertiser has already been shown in full.
    else if (refused.length === 0) this.#print(`${bad('✕')} ${visibleLines(message)}`);
    else this.#print(`${bad('✕')} ${counted(refused.length, 'advertiser')} cannot be read.`);
    this.#hasEnded = true;
  }

  /** Has to be called when the program ends, for whatever reason. */
  close(): void {
    clearInterval(this.#timer);
    this.#line.clear();
  }

  get #columns(): number {
    return this.#stream.columns || 80;
  }

  #draw(): void {
    if (!this.#isLive || this.#hasEnded) return;
    const seconds = (performance.now() - this.#startedMs) / 1000;
    const waitsFor = this.#waiting ? Math.ceil((this.#waiting.untilMs - performance.now()) / 1000) : 0;
    if (this.#waiting && waitsFor > 0) {
      this.#line.show(`Waiting ${durationText(waitsFor)}: ${this.#waiting.message}`);
    } else if (this.#planned) {
      this.#line.show(this.#progressText(this.#planned, seconds));
    } else if (seconds >= PATIENCE_S) {
      this.#line.show(`Waiting for TikTok's answer, ${durationText(Math.floor(seconds))} …`);
    }
  }

  #progressText({ advertisers, seconds: planned }: Planned, seconds: number): string {
    const {
      windowsDone = 0,
      windowsTotal = 1,
      secondsLeft = Math.max(1, planned - seconds),
      advertisersLeft = advertisers,
    } = this.#tick ?? {};
    const rate = Math.round(this.#records / seconds);
    const text = [
      `${amount(this.#records)} rows`,
      `${amount(rate)}/s`,
      `${advertisers - advertisersLeft}/${counted(advertisers, 'advertiser')}`,
      ...(this.#failed > 0 ? [`${this.#failed} failed`] : []),
      `${durationText(secondsLeft)} left`,
    ].join('  ');
    return `${drawProgress(windowsTotal === 0 ? 1 : windowsDone / windowsTotal, this.#columns - text.length - 3)}  ${text}`;
  }

  #end({ streams, records, requests, failure, interrupted }: RunOutcome): void {
    this.#line.clear();
    const { good, bad, dim, bold } = this.#paint;
    for (const { stream, advertisers } of streams) {
      if (advertisers.length === 0) continue;
      const sorted = [...advertisers].sort((a, b) => Number(!a.failure) - Number(!b.failure));
      const shown = sorted.filter(({ failure: own }, index) => own || index < ADVERTISERS_SHOWN);
      const [titles = '', ...rows] = drawTable(
        [
          { title: stream, widthMin: 12 },
          { title: 'advertiser_id', isDispensable: true },
          { title: 'rows', align: 'right' },
          { title: 'days', align: 'right' },
          { title: 'read up to' },
        ],
        shown.map((one) => [
          one.advertiserName ?? '?',
          one.advertiserId,
          amount(one.records),
          amount(one.days),
          one.through ?? 'nothing yet',
        ]),
        this.#columns - 2,
      );
      this.#print(`  ${dim(titles)}`);
      for (const [index, row] of rows.entries()) this.#print(`${shown[index]?.failure ? bad('✕') : good('✓')} ${row}`);
      const hidden = sorted.length - shown.length;
      if (hidden > 0) this.#print(dim(`  and ${counted(hidden, 'more advertiser')}`));
    }
    const failures = streams.flatMap(({ advertisers }) => advertisers.flatMap((one) => one.failure ?? []));
    this.#tellFailures([...new Map(failures.map((own) => [own.message, own])).values()]);
    if (failure && failures.length === 0) this.#print(`${bad('✕')} ${visibleLines(failure.message)}`);
    const seconds = (performance.now() - this.#startedMs) / 1000;
    const mark = failure || interrupted ? bad('✕') : good('✓');
    const words = interrupted
      ? 'stopped; the next run goes on from the last state'
      : failure
        ? `not everything was read${failures.length > 0 ? `: ${failures.length} failed` : ''}`
        : 'everything was read';
    this.#print(
      `${mark} ${bold(counted(records, 'row'))}, ${counted(requests, 'request')}, ${durationText(seconds)}: ${words}.`,
    );
    this.#hasEnded = true;
  }

  #tellFailures(failures: readonly AdvertiserFailure[]): void {
    for (const { meaning, advice, evidence } of grouped(failures)) {
      this.#print(`${this.#paint.bad('✕')} ${visibleLines(meaning)}`);
      if (advice) this.#print(`  → ${advice}`);
      for (const one of evidence) this.#print(`    ${visibleLines(one)}`);
    }
  }

  #print(text: string): void {
    this.#line.print(
      text
        .split('\n')
        .map((line) => wrap(line, this.#columns))
        .join('\n'),
    );
  }
}

function amount(value: number): string {
  return value.toLocaleString('en-US');
}

function counted(count: number, noun: string): string {
  return `${amount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
