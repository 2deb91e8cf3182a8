import type { RunOutcome, SyncEvent } from '../sync/events.ts';
import { OutputClosedError } from '../wire/line-writer.ts';
import { type Stage, StopRequestedError } from '../wire/program.ts';
import { describeOutcome } from './describe-outcome.ts';
import type { StreamDescriptor, StreamStatus } from './messages.ts';
import { RecordLines, stateLine } from './record-lines.ts';
import type { Reporter } from './reporter.ts';
import { FAILURE_TYPE, internalsOf, traceErrorOf } from './trace-error.ts';

/**
 * Says what happens while a stream is read: STARTED, RUNNING, records and states in the order of the events, and at the
 * end COMPLETE, or one TRACE ERROR and INCOMPLETE. A read that was stopped from outside is INCOMPLETE without an error.
 *
 * Takes the next event only when the reader has taken what the last one made, up to two chunks.
 *
 * @returns true when everything asked for was read
 * @throws OutputClosedError when nobody reads any more
 */
export async function readStream(
  descriptor: StreamDescriptor,
  events: AsyncIterable<SyncEvent>,
  { stage, reporter }: { readonly stage: Stage; readonly reporter: Reporter },
): Promise<boolean> {
  const lines = new StreamLines(descriptor, stage, reporter);
  lines.status('STARTED');
  // Also for a stream that turns out empty: Airbyte's tests want three statuses of each.
  lines.status('RUNNING');
  try {
    for await (const event of events) await lines.tell(event);
  } catch (error) {
    if (error instanceof OutputClosedError) throw error;
    return lines.endByError(error);
  }
  return lines.end();
}

class StreamLines {
  readonly #descriptor: StreamDescriptor;
  readonly #stage: Stage;
  readonly #reporter: Reporter;
  readonly #recordLines: RecordLines;
  #records = 0;
  #recordsAtState = 0;
  #recordBytes = 0;
  /** The platform has been told that a quota holds the stream up. */
  #heldUp = false;
  #outcome: RunOutcome | undefined;

  constructor(descriptor: StreamDescriptor, stage: Stage, reporter: Reporter) {
    this.#descriptor = descriptor;
    this.#stage = stage;
    this.#reporter = reporter;
    this.#recordLines = new RecordLines(descriptor);
  }

  async tell(event: SyncEvent): Promise<void> {
    const { out } = this.#stage;
    switch (event.type) {
      case 'records':
        if (this.#heldUp) this.status('RUNNING');
        this.#heldUp = false;
        this.#reporter.log(
          'DEBUG',
          `Advertiser ${event.advertiserId}, ${event.window.from}..${event.window.to}: ${event.records.length} records.`,
        );
        await this.#tellRecords(event.records);
        return;
      case 'checkpoint':
        out.add(stateLine(this.#descriptor, event.state, this.#records - this.#recordsAtState));
        this.#recordsAtState = this.#records;
        // What a reader has not got yet it cannot go on from.
        await out.handOver();
        return;
      case 'planned':
        this.#reporter.log(
          'INFO',
          `To read: ${event.windows} windows of ${event.advertisers} advertisers, at least ${event.requests} requests, ` +
            `about ${Math.ceil(event.seconds)} s at this quota.`,
        );
        break;
      case 'progress':
        if (event.recordsExpected !== undefined) this.#estimate(event.recordsExpected);
        this.#reporter.log('INFO', event.message);
        break;
      case 'waiting':
        this.#heldUp = true;
        this.status('RUNNING', [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: event.until.getTime() } }]);
        this.#reporter.log('INFO', `${event.message} Going on at ${event.until.toISOString()}.`);
        break;
      case 'debug':
        this.#reporter.log('DEBUG', event.message);
        break;
      case 'warning':
        this.#reporter.log('WARN', event.message);
        break;
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

  /** The stream's last lines after its last event. */
  end(): boolean {
    const outcome = this.#outcome;
    if (!outcome) return this.endByError(new Error('The read ended without saying how.'));
    const summary = describeOutcome(outcome);
    this.#reporter.log('INFO', summary);
    if (outcome.interrupted) return this.#endStopped();
    this.#estimate(this.#records);
    if (!outcome.failure) {
      this.status('COMPLETE');
      return true;
    }
    const { failureClass, message, cause } = outcome.failure;
    const { internal_message: internal, ...internals } = internalsOf(cause);
    this.#reporter.error({
      message,
      // Support reads the error alone, often without the log.
      internal_message: [internal, summary].filter(Boolean).join('\n'),
      ...internals,
      failure_type: FAILURE_TYPE[failureClass],
      stream_descriptor: this.#descriptor,
    });
    this.status('INCOMPLETE');
    return false;
  }

  /** The stream's last lines when the read threw. */
  endByError(error: unknown): false {
    if (this.#stage.signal.aborted) return this.#endStopped();
    this.#reporter.error({ ...traceErrorOf(error), stream_descriptor: this.#descriptor });
    this.status('INCOMPLETE');
    return false;
  }

  status(status: StreamStatus['status'], reasons?: StreamStatus['reasons']): void {
    this.#reporter.status({ stream_descriptor: this.#descriptor, status, ...(reasons && { reasons }) });
  }

  #endStopped(): false {
    const { reason } = this.#stage.signal;
    const by = reason instanceof StopRequestedError ? reason.signal : 'its reader';
    this.#reporter.log('WARN', `Stopped by ${by}; the last state says what has been read.`);
    this.status('INCOMPLETE');
    return false;
  }

  async #tellRecords(records: Extract<SyncEvent, { type: 'records' }>['records']): Promise<void> {
    const { out } = this.#stage;
    const emittedAt = Date.now();
    for (const record of records) {
      this.#recordLines.add(record, emittedAt, out);
      this.#records += 1;
      this.#recordBytes += record.end - record.start;
      if (out.isFull) await out.handOver();
    }
  }

  /** @param rows that the whole read is expected to give */
  #estimate(rows: number): void {
    const bytes = this.#records === 0 ? 0 : Math.round((this.#recordBytes / this.#records) * rows);
    this.#reporter.say({
      type: 'TRACE',
      trace: {
        type: 'ESTIMATE',
        emitted_at: Date.now(),
        estimate: { ...this.#descriptor, type: 'STREAM', row_estimate: rows, byte_estimate: bytes },
      },
    });
  }
}
