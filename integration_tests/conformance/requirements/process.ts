import assert from 'node:assert/strict';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { assertExitCode, lastWordsOf, type Requirement, recordsOf, statesOf, statusesOf } from '../requirement.ts';
import { firstLine, type Run, type Session, withEmulator } from '../session.ts';

/** A read that would go on for a minute, and has given records after a second. */
const LONG = { accounts: 150 } as const;
const LONG_CONFIG = {
  start_date: '2026-02-01',
  quota: { per_second: 5, per_minute: 300, per_day: 100_000, minute_pause_seconds: 1 },
};

/** Runs the long read, with something that happens to it after its first record. */
async function disturb(
  session: Session,
  disturbance: (process: { kill(signal: NodeJS.Signals): unknown }) => void,
): Promise<Run> {
  let run: Run | undefined;
  await withEmulator(LONG, async (emulator) => {
    let disturbed = false;
    run = await session.run(
      { verb: 'read', files: { config: emulator.config(LONG_CONFIG), catalog: await session.catalog() } },
      {
        onMessage: ({ type }, process) => {
          if (disturbed || type !== 'RECORD') return;
          disturbed = true;
          disturbance(process);
        },
      },
    );
  });
  assert.ok(run);
  return run;
}

/** Ended by the signal itself, or with the code that a shell and a container give to that. */
function assertEndedBy({ exitCode, signal }: Pick<Run, 'exitCode' | 'signal'>, name: 'SIGTERM' | 'SIGINT'): void {
  const code = { SIGTERM: 143, SIGINT: 130 }[name];
  assert.ok(signal === name || exitCode === code, `ended with ${exitCode ?? signal}`);
}

async function assertStopped(session: Session, run: Run, name: 'SIGTERM' | 'SIGINT'): Promise<void> {
  assertEndedBy(run, name);
  assert.ok(run.lastLineIsWhole, 'the last line was cut off');
  assert.ok(statesOf(run).length > 0, 'there is no state');
  const lastRecord = run.messages.findLastIndex(({ type }) => type === 'RECORD');
  const lastState = run.messages.findLastIndex(({ type }) => type === 'STATE');
  assert.ok(lastState > lastRecord, 'records came after the last state');
  for (const stream of await session.streams()) assert.equal(statusesOf(run, stream).at(-1), 'INCOMPLETE');
}

export const process: readonly Requirement[] = [
  {
    number: '8.1',
    says: 'a reader that takes one line at a time gets every line, and the exit code is 0',
    source: 'stdout of a pipe is asynchronous; Airbyte platform',
    test: async (session) => {
      const files = { config: session.config, catalog: await session.catalog() };
      const turn = () => new Promise((resolve) => setImmediate(resolve));
      const run = await session.run({ verb: 'read', files }, { onMessage: turn });
      assertExitCode(run, 0);
      assert.equal(recordsOf(run).length, recordsOf(await session.firstRead()).length);
      assert.ok(run.lastLineIsWhole);
    },
  },
  {
    number: '8.2',
    says: 'SIGTERM ends a read by that signal (143 to a shell), after a last state and INCOMPLETE',
    source: 'Airbyte platform, cancel; PyAirbyte',
    needsEmulator: true,
    test: async (session) => {
      const run = await disturb(session, (child) => child.kill('SIGTERM'));
      await assertStopped(session, run, 'SIGTERM');
    },
  },
  {
    number: '8.3',
    says: 'SIGINT ends a read in the same way',
    source: 'terminals',
    needsEmulator: true,
    test: async (session) => {
      const run = await disturb(session, (child) => child.kill('SIGINT'));
      await assertStopped(session, run, 'SIGINT');
    },
  },
  {
    number: '8.4',
    says: 'a signal that comes twice changes nothing',
    source: 'operating system and orchestrator both send one',
    needsEmulator: true,
    test: async (session) => {
      const run = await disturb(session, (child) => {
        child.kill('SIGTERM');
        child.kill('SIGTERM');
      });
      await assertStopped(session, run, 'SIGTERM');
    },
  },
  {
    number: '8.5',
    says: 'SIGTERM ends a read within ten seconds although nobody reads its output any more',
    source: 'PyAirbyte stops reading, then sends SIGTERM and waits ten seconds',
    // Of an image one would see the docker client, which waits for its own reader after the container has ended.
    only: 'command',
    needsEmulator: true,
    test: async (session) => {
      // Far more than fits between two processes.
      await withEmulator({ accounts: 8 }, async (emulator) => {
        const config = emulator.config({ start_date: '2020-01-01' });
        const started = session.start({ verb: 'read', files: { config, catalog: await session.catalog() } });
        const child = started.process;
        const exited = once(child, 'exit');
        try {
          child.stderr.resume();
          await once(child.stdout, 'readable');
          const signalledAt = performance.now();
          child.kill('SIGTERM');
          const [exitCode, signal] = await exited;
          assertEndedBy({ exitCode, signal }, 'SIGTERM');
          assert.ok(performance.now() - signalledAt < 10_000);
        } finally {
          child.kill('SIGKILL');
          child.stdout.destroy();
          started.cleanUp();
        }
      });
    },
  },
  {
    number: '8.6',
    says: 'a reader that goes away ends a read with a code that is not 0 and one sentence',
    source: 'EPIPE; PyAirbyte',
    only: 'command',
    needsEmulator: true,
    test: async (session) => {
      await withEmulator({ accounts: 8 }, async (emulator) => {
        const config = emulator.config({ start_date: '2020-01-01' });
        const started = session.start({ verb: 'read', files: { config, catalog: await session.catalog() } });
        const child = started.process;
        const exited = once(child, 'exit');
        const said = text(child.stderr);
        try {
          await firstLine(child.stdout);
          child.stdout.destroy();
          const [exitCode] = await exited;
          assert.notEqual(exitCode, 0);
          assert.match(await said, /^[^\n]*closed[^\n]*\n$/);
        } finally {
          child.kill('SIGKILL');
          started.cleanUp();
        }
      });
    },
  },
  {
    number: '8.7',
    says: 'a short verb that is sent SIGTERM once it has answered ends with 0 or by the signal',
    source: 'PyAirbyte, accepted exit codes',
    test: async (session) => {
      for (const verb of ['spec', 'check', 'discover']) {
        const files = verb === 'spec' ? {} : { config: session.config };
        const run = await session.run({ verb, files }, { onMessage: (_message, child) => child.kill('SIGTERM') });
        assert.ok(run.exitCode === 0 || run.exitCode === 143 || run.signal === 'SIGTERM', lastWordsOf(run));
      }
    },
  },
];
