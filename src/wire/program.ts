import { constants } from 'node:os';
import { READER_GONE, sayLast } from './last-word.ts';
import { LineWriter, OutputClosedError } from './line-writer.ts';
import { takeStdout } from './stdout.ts';

/** Why the work was aborted: a signal asked the process to end. */
export class StopRequestedError extends Error {
  override readonly name = 'StopRequestedError';
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`Stopped by ${signal}`);
    this.signal = signal;
  }
}

/** What a program's work is given. */
export interface ProgramIo {
  readonly out: LineWriter;
  /** Aborted by a signal (reason: `StopRequestedError`) or when the output closes (reason: `OutputClosedError`). */
  readonly signal: AbortSignal;
}

export interface Program {
  /**
   * Does everything and says it on `io.out`; resolves with the exit code.
   *
   * After an abort it has two seconds for its last lines.
   */
  readonly work: (io: ProgramIo) => Promise<number>;
  /** The lines that tell the reader of an error that nothing else caught, each with its line break; may be empty. */
  readonly describeDefect: (error: unknown) => string;
  /**
   * How to end after a signal: `die` by the same signal (what Airbyte and PyAirbyte take for a proper end; a cut read that
   * left with 0 would pass for a whole one), or `exit-0` (what Singer's runners expect of a tap that wrote its state).
   */
  readonly afterSignal: 'die' | 'exit-0';
}

const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Time for the last words after a signal or a defect, milliseconds. PyAirbyte and `meltano config test` stop reading
 * before they send SIGTERM; the pipe is full then, and waiting for it would never end.
 */
const LAST_WORDS_MS = 2000;

/**
 * Runs a program whose standard output belongs to a protocol, as one of its readers may rely on:
 *
 * - nothing but what the work writes reaches standard output, and all of it has left when this resolves
 * - signals abort the work, and the process always ends within two seconds. Further signals are ignored
 * - a closed output ends the work with exit code 1 and a word on standard error
 * - an error that nothing caught is described to the reader, exit code 1
 *
 * @returns the exit code; after a signal with `afterSignal: 'die'` it does not return
 */
export async function runProgram({ work, describeDefect, afterSignal }: Program): Promise<number> {
  const aborter = new AbortController();
  const out = new LineWriter(takeStdout(), (error) => aborter.abort(error));
  let stoppedBy: NodeJS.Signals | undefined;

  const onSignal = (signal: NodeJS.Signals) => {
    if (stoppedBy) return;
    stoppedBy = signal;
    setTimeout(() => endAfterSignal(signal, afterSignal), LAST_WORDS_MS);
    aborter.abort(new StopRequestedError(signal));
  };
  for (const signal of STOP_SIGNALS) process.on(signal, onSignal);

  const onDefect = (error: unknown) => {
    setTimeout(() => process.exit(1), LAST_WORDS_MS);
    tellDefect(out, describeDefect, error).finally(() => process.exit(1));
  };
  process.on('uncaughtException', onDefect);
  // Work that waits for an event that never comes leaves the event loop empty; Node would then end with success.
  const onIdle = () => onDefect(new Error('The program came to rest before its work was done.'));
  process.on('beforeExit', onIdle);

  let exitCode: number;
  try {
    exitCode = await work({ out, signal: aborter.signal });
    await out.drain();
  } catch (error) {
    exitCode = 1;
    // A failure after an abort is not the cause.
    await tellDefect(out, describeDefect, aborter.signal.aborted ? aborter.signal.reason : error);
  }
  process.off('beforeExit', onIdle);
  if (!stoppedBy) return exitCode;
  endAfterSignal(stoppedBy, afterSignal);
  return await new Promise<never>(() => {});
}

/** Describes an error to the reader; one word on standard error when the error is that the reader has gone. */
async function tellDefect(out: LineWriter, describe: Program['describeDefect'], error: unknown): Promise<void> {
  try {
    if (error instanceof OutputClosedError) throw error;
    if (!(error instanceof StopRequestedError)) out.add(describe(error));
    await out.drain();
  } catch (failure) {
    const isGone = failure instanceof OutputClosedError && failure.byReader;
    sayLast(isGone ? READER_GONE : failure instanceof Error ? failure.message : String(failure));
  }
}

function endAfterSignal(signal: NodeJS.Signals, how: Program['afterSignal']): void {
  if (how === 'exit-0') process.exit(0);
  const exitCode = 128 + constants.signals[signal];
  // The kernel has no default action for the first process of a container: it would survive its own signal.
  if (process.pid === 1) process.exit(exitCode);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // If the signal is blocked or ignored.
  setTimeout(() => process.exit(exitCode), 100);
}
