// A program whose standard output belongs to a protocol, and which does what its first argument says. Tests run it as
// other programs run the connector.
import { setTimeout as delay } from 'node:timers/promises';
import { type ProgramIo, runProgram } from '../../../src/wire/program.ts';

const [behaviour = '', afterSignal] = process.argv.slice(2);

const until = (signal: AbortSignal) =>
  new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())));

/** Says on standard error how far it got once the event loop has gone round often enough for any reader to have read. */
async function handOverOrTell({ out }: ProgramIo, lines: number): Promise<void> {
  let taken = false;
  const handedOver = out.handOver().then(() => {
    taken = true;
  });
  for (let turn = 0; turn < 200 && !taken; turn++) await new Promise((resolve) => setImmediate(resolve));
  if (!taken)
    process.stderr.write(`waiting after ${lines} lines, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB\n`);
  await handedOver;
}

const BEHAVIOURS: Readonly<Record<string, (io: ProgramIo) => Promise<number>>> = {
  /** A table of a hundred megabytes. */
  async table(io) {
    for (let line = 0; line < 200_000 && !io.signal.aborted; line++) {
      io.out.add(`${JSON.stringify({ line, filler: 'x'.repeat(500) })}\n`);
      if (io.out.isFull) await handOverOrTell(io, line + 1);
    }
    io.out.add('{"last":true}\n');
    return 0;
  },

  /** Three chunks of forty lines, one for each SIGUSR2; says on standard error when it waits for the next. */
  async 'chunks-on-demand'({ out, signal }) {
    const alive = setInterval(() => {}, 1000);
    try {
      for (let chunk = 0; !signal.aborted && chunk < 3; chunk++) {
        const asked = new Promise((resolve) => process.once('SIGUSR2', resolve));
        process.stderr.write(`ready ${chunk}\n`);
        await Promise.race([asked, until(signal)]);
        for (let line = 0; line < 40; line++)
          out.add(`${JSON.stringify({ line: chunk * 40 + line, filler: 'x'.repeat(500) })}\n`);
        await out.drain();
      }
      return 0;
    } finally {
      clearInterval(alive);
    }
  },

  async 'wait-for-signal'({ out, signal }) {
    out.add('{"ready":true}\n');
    await out.drain();
    const alive = setInterval(() => {}, 1000);
    await until(signal);
    clearInterval(alive);
    out.add('{"last":true}\n');
    return 0;
  },

  /** Does not heed the abort. */
  async deaf({ out }) {
    out.add('{"ready":true}\n');
    await out.drain();
    await delay(600_000);
    return 0;
  },

  async 'noisy-dependency'({ out }) {
    // biome-ignore lint/suspicious/noConsole: what a dependency may do
    console.log('from console.log');
    process.stdout.write('from stdout.write\n');
    out.add('{"line":1}\n');
    // biome-ignore lint/suspicious/noConsole: what a dependency may do
    console.info('from console.info');
    return 0;
  },

  async 'throws-elsewhere'({ out }) {
    out.add('{"line":1}\n');
    setImmediate(() => {
      throw new Error('nobody catches this');
    });
    await delay(600_000);
    return 0;
  },

  async 'rejects-elsewhere'() {
    void Promise.reject(new Error('nobody catches this'));
    await delay(600_000);
    return 0;
  },

  async throws() {
    throw new Error('the work failed');
  },

  async 'waits-for-what-never-comes'() {
    await new Promise(() => {});
    return 0;
  },
};

const work = BEHAVIOURS[behaviour];
if (!work) throw new Error(`There is no behaviour ${behaviour}.`);
process.exitCode = await runProgram({
  work,
  describeDefect: (error) => `${JSON.stringify({ defect: error instanceof Error ? error.message : String(error) })}\n`,
  afterSignal: afterSignal === 'exit-0' ? 'exit-0' : 'die',
});
