import type { RunOutcome, SyncEvent } from '../sync/events.ts';
import { summaryLines } from '../sync/ledger/summary.ts';
import { OutputClosedError } from '../wire/line-writer.ts';
import { type ProgramIo, StopRequestedError } from '../wire/program.ts';
import type { StreamDescriptor, StreamStatus } from './messages.ts';
import { RecordLines, stateLine } from './record-lines.ts';
import type { Reporter } from './reporter.ts';
import { FAILURE_TYPE, internalsOf, traceErrorOf } from './trace-error.ts';

/**
 * Turns the events of a read into lines: STARTED, RUNNING, records and states in the order of the events, and at the end
 * COMPLETE for each stream, or INCOMPLETE and one TRACE ERROR for all. A read that was stopped from outside is INCOMPLETE
 * without an error.
 *
 * Takes the next event only when the reader has taken the lines before it, up to two chunks.
 *
 * @param descriptors of every stream that is read
 * @returns true when everything asked for was read
 * @throws OutputClosedError when the reader has gone
 */
export async function readStreams(
  descriptors: readonly StreamDescriptor[],
  events: AsyncIterable<SyncEvent>,
  tools: { readonly io: ProgramIo; readonly reporter: Reporter },
): Promise<boolean> {
  const lines = new ReadLines(descriptors, tools);
  lines.statusOfAll('STARTED');
  // Also for a stream that turns out empty: Airbyte's tests want three statuses of each.
  lines.statusOfAll('RUNNING');
  try {
    for await (const event of events) {
      tools.reporter.audience?.event(event);
      await lines.tell(event);
    }
  } catch (error) {
    if (error instanceof OutputClosedError) throw error;
    return lines.endByError(error);
  }
  return lines.end();
}

/** What the platform has been told about one stream. */
interface StreamLines {
  readonly descriptor: StreamDescriptor;
  readonly recordLines: RecordLines;
  records: number;
  recordsAtState: number;
  recordBytes: number;
}

class ReadLines {
  readonly #streams: ReadonlyMap<string, StreamLines>;
  readonly #io: ProgramIo;
  readonly #reporter: Reporter;
  /** The platform has been told that the streams wait for a quota. */
  #heldUp = false;
  #outcome: RunOutcome | undefined;

  constructor(
    descriptors: readonly StreamDescriptor[],
    { io, reporter }: { readonly io: ProgramIo; readonly reporter: Reporter },
  ) {
    this.#io = io;
    this.#reporter = reporter;
    this.#streams = new Map(
      descriptors.map((descriptor) => [
        descriptor.name,
        { descriptor, recordLines: new RecordLines(descriptor), records: 0, recordsAtState: 0, recordBytes: 0 },
      ]),
    );
  }

  async tell(event: SyncEvent): Promise<void> {
    const { out } = this.#io;
    switch (event.type) {
      case 'records':
        if (this.#heldUp) this.statusOfAll('RUNNING');
        this.#heldUp = false;
        this.#reporter.log(
          'DEBUG',
          `Advertiser ${event.advertiserId}, ${event.stream}, ${event.window.from}..${event.window.to}: ${event.records.length} records.`,
        );
        await this.#tellRecords(event);
        return;
      case 'checkpoint':
        for (const { stream, state } of event.states) {
          const lines = this.#of(stream);
          out.add(stateLine(lines.descriptor, state, lines.records - lines.recordsAtState));
          lines.recordsAtState = lines.records;
        }
        // Records first: a platform cannot continue from records that it has not got.
        await out.handOver();
        return;
      case 'progress':
        for (const { stream, records } of event.expected) this.#estimate(this.#of(stream), records);
        this.#reporter.log('INFO', event.message);
        break;
      case 'waiting':
        this.#heldUp = true;
        this.statusOfAll('RUNNING', [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: event.until.getTime() } }]);
        this.#reporter.log('INFO', `${event.message} Going on at ${event.until.toISOString()}.`);
        break;
      case 'debug':
        this.#reporter.log('DEBUG', event.message);
        break;
      case 'warning':
        this.#reporter.log('WARN', event.message);
        break;
      case 'planned':
      case 'info':
        this.#reporter.log('INFO', event.message);
        break;
      case 'advertiser-failed':
        this.#reporter.log('ERROR', event.failure.message);
        break;
      case 'finished':
        this.#outcome = event.outcome;
        return;
      default:
        event satisfies never;
    }
    if (out.isFull) await out.handOver();
  }

  /** The last lines after the last event. */
  end(): boolean {
    const outcome = this.#outcome;
    if (!outcome) return this.endByError(new Error('The read ended without saying how.'));
    const summary = summaryLines(outcome).join('\n');
    this.#reporter.log('INFO', summary);
    if (outcome.interrupted) return this.#endStopped();
    for (const lines of this.#streams.values()) this.#estimate(lines, lines.records);
    const failed = outcome.streams.filter(({ failure }) => failure).map(({ stream }) => stream);
    for (const { stream } of outcome.streams) if (!failed.includes(stream)) this.#status(this.#of(stream), 'COMPLETE');
    if (!outcome.failure) return true;
    const { failureClass, message, cause } = outcome.failure;
    const { internal_message: internal, ...internals } = internalsOf(cause);
    this.#reporter.error({
      message,
      // Support often reads the error without the log.
      internal_message: [internal, summary].filter(Boolean).join('\n'),
      ...internals,
      failure_type: FAILURE_TYPE[failureClass],
      ...this.#onlyOf(failed),
    });
    for (const stream of failed) this.#status(this.#of(stream), 'INCOMPLETE');
    return false;
  }

  /** The last lines when the read threw. */
  endByError(error: unknown): false {
    if (this.#io.signal.aborted) return this.#endStopped();
    this.#reporter.error({ ...traceErrorOf(error), ...this.#onlyOf([...this.#streams.keys()]) });
    this.statusOfAll('INCOMPLETE');
    return false;
  }

  statusOfAll(status: StreamStatus['status'], reasons?: StreamStatus['reasons']): void {
    for (const lines of this.#streams.values()) this.#status(lines, status, reasons);
  }

  #status({ descriptor }: StreamLines, status: StreamStatus['status'], reasons?: StreamStatus['reasons']): void {
    this.#reporter.status({ stream_descriptor: descriptor, status, ...(reasons && { reasons }) });
  }

  /** An error names its stream where it is that of one. */
  #onlyOf(streams: readonly string[]): { readonly stream_descriptor?: StreamDescriptor } {
    const [stream] = streams;
    return streams.length === 1 && stream !== undefined ? { stream_descriptor: this.#of(stream).descriptor } : {};
  }

  #of(stream: string): StreamLines {
    const lines = this.#streams.get(stream);
    if (!lines) throw new Error(`The stream ${stream} was not asked for.`);
    return lines;
  }

  #endStopped(): false {
    const { reason } = this.#io.signal;
    const by = reason instanceof StopRequestedError ? reason.signal : 'its reader';
    this.#reporter.log('WARN', `Stopped by ${by}; the last state says what has been read.`);
    this.statusOfAll('INCOMPLETE');
    return false;
  }

  async #tellRecords({ stream, records }: Extract<SyncEvent, { type: 'records' }>): Promise<void> {
    const { out } = this.#io;
    const lines = this.#of(stream);
    const emittedAt = Date.now();
    for (const record of records) {
      lines.recordLines.add(record, emittedAt, out);
      lines.records += 1;
      lines.recordBytes += record.end - record.start;
      if (out.isFull) await out.handOver();
    }
  }

  /** @param rows that the whole read of the stream is expected to give */
  #estimate({ descriptor, records, recordBytes }: StreamLines, rows: number): void {
    const bytes = records === 0 ? 0 : Math.round((recordBytes / records) * rows);
    this.#reporter.say({
      type: 'TRACE',
      trace: {
        type: 'ESTIMATE',
        emitted_at: Date.now(),
        estimate: { ...descriptor, type: 'STREAM', row_estimate: rows, byte_estimate: bytes },
      },
    });
  }
}
