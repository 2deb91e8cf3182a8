import type { Audience } from '../sync/run.ts';
import { createRedactor } from '../tiktok/redact.ts';
import type { LineWriter } from '../wire/line-writer.ts';
import { visibleLines } from '../wire/visible.ts';
import type { LogLevel, StreamDescriptor, StreamStatus, TraceError, WholeMessage } from './messages.ts';

/**
 * Writes all messages except records and states. After `hide`, none of its texts holds a secret. No text holds a control
 * character: platforms show these texts in terminals, too.
 *
 * Logs go to standard output as LOG messages: what a source writes to standard error, platforms show as errors.
 */
export class Reporter {
  readonly audience: Audience | undefined;
  readonly #out: LineWriter;
  readonly #debug: boolean;
  #redact: (text: string) => string = (text) => text;
  readonly #openStreams = new Map<string, StreamDescriptor>();

  constructor(
    out: LineWriter,
    { debug, audience }: { readonly debug: boolean; readonly audience?: Audience | undefined },
  ) {
    this.audience = audience;
    this.#out = out;
    this.#debug = debug;
  }

  /** Secrets to hide from now on. */
  hide(secrets: readonly string[]): void {
    this.#redact = createRedactor(secrets);
  }

  /** `DEBUG` is dropped unless it was asked for. */
  log(level: LogLevel, message: string): void {
    if (level === 'DEBUG' && !this.#debug) return;
    if (level === 'WARN') this.audience?.warn(this.#redact(message));
    if (level === 'DEBUG') this.audience?.debug(this.#redact(message));
    this.say({ type: 'LOG', log: { level, message } });
  }

  /** An INFO that a person at the terminal sees, too. */
  note(message: string): void {
    this.audience?.note(this.#redact(message));
    this.log('INFO', message);
  }

  status(stream_status: StreamStatus): void {
    const { stream_descriptor: descriptor, status } = stream_status;
    if (status === 'STARTED' || status === 'RUNNING') this.#openStreams.set(descriptor.name, descriptor);
    else this.#openStreams.delete(descriptor.name);
    this.say({ type: 'TRACE', trace: { type: 'STREAM_STATUS', emitted_at: Date.now(), stream_status } });
  }

  error(error: TraceError): void {
    this.audience?.fail(this.#redact(error.message));
    this.say({ type: 'TRACE', trace: { type: 'ERROR', emitted_at: Date.now(), error } });
  }

  /** The lines that end a program which an error ended: its TRACE ERROR, and INCOMPLETE for every stream that was begun. */
  lastLines(error: TraceError): string {
    this.audience?.fail(this.#redact(error.message));
    const emitted_at = Date.now();
    return [
      this.lineOf({ type: 'TRACE', trace: { type: 'ERROR', emitted_at, error } }),
      ...[...this.#openStreams.values()].map((stream_descriptor) =>
        this.lineOf({
          type: 'TRACE',
          trace: { type: 'STREAM_STATUS', emitted_at, stream_status: { stream_descriptor, status: 'INCOMPLETE' } },
        }),
      ),
    ].join('');
  }

  say(message: WholeMessage): void {
    this.#out.add(this.lineOf(message));
  }

  /** The line of a message, with its line break. */
  lineOf(message: WholeMessage): string {
    const shown = (_key: string, value: unknown) =>
      typeof value === 'string' ? visibleLines(this.#redact(value)) : value;
    return `${JSON.stringify(message, shown)}\n`;
  }
}
