/** Said where the reader closed the pipe: its right, and no fault. */
export const READER_GONE = 'Stopped before the end: what was reading this output has closed it.';

/** Says on standard error why the program ends, in a line of its own: a terminal's last line may show progress. */
export function sayLast(message: string): void {
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[K' : ''}${message}\n`);
}

/** When its reader closes standard output, or no more can be written, the process ends with 1 and a word, after its work. */
export function watchOutput(): void {
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    process.exitCode = 1;
    sayLast(error.code === 'EPIPE' ? READER_GONE : error.message);
  });
  process.stdout.on('error', () => {}); // What is written afterwards fails as well.
}
