import { spawn } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import split2 from 'split2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { COLUMNS, expectedTable, START_DATE } from '../orchestrators/campaign-daily-table.ts';
import { configuredCatalog } from '../orchestrators/configured-catalog.ts';
import { comparableRows } from '../orchestrators/exact-values.ts';
import { SOURCE_PROGRAM } from '../orchestrators/python.ts';
import { describeResult, type ProgramResult, runProgram, runToSuccess } from '../orchestrators/run-program.ts';
import { makeWorkFolder, type WorkFolder } from '../orchestrators/work-folder.ts';
import { HARDENED, IMAGE, runContainer } from './image.ts';

// The emulator listens on the host's loopback, where a container on a bridge would not reach it.
const ON_HOST = ['--network', 'host'];
const READ = ['read', '--config', '/data/config.json', '--catalog', '/data/catalog.json'];

let emulator: Emulator;
let folder: WorkFolder;
let data: string;

beforeAll(async () => {
  folder = await makeWorkFolder();
  data = folder.path;
  emulator = await startEmulator();
  await writeJson('config.json', emulator.config({ start_date: START_DATE }));
  const discovered = await runContainer(['discover', '--config', '/data/config.json'], {
    data,
    options: ['--network', 'none'],
  });
  // The first stream, campaign_daily, is what the table is compared with.
  await writeJson('catalog.json', { streams: configuredCatalog(discovered.stdout).streams.slice(0, 1) });
});

afterAll(async () => {
  await emulator.close();
  await folder.remove();
});

async function writeJson(name: string, value: unknown): Promise<void> {
  await writeFile(join(data, name), JSON.stringify(value));
  await chmod(join(data, name), 0o644);
}

interface Line {
  readonly type: string;
  readonly record?: { readonly data: Record<string, unknown> };
  readonly trace?: { readonly error?: { readonly message: string } };
}

const linesOf = (stdout: string): Line[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

function expectAllRecords(result: ProgramResult): void {
  expect(result.exitCode, describeResult('read', result)).toBe(0);
  const records = linesOf(result.stdout).flatMap(({ record }) => (record ? [record.data] : []));
  expect(comparableRows(records, COLUMNS)).toEqual(expectedTable(emulator));
}

describe('a container', () => {
  it('answers spec without a network as the program outside does', async () => {
    const inside = await runContainer(['spec'], { options: ['--network', 'none'] });
    expect(inside.stdout).toBe(await runToSuccess(SOURCE_PROGRAM, ['spec']));
  });

  it('checks', async () => {
    const result = await runContainer(['check', '--config', '/data/config.json'], { data, options: ON_HOST });
    expect(result.stdout).toContain('"status":"SUCCEEDED"');
  });

  it('reads every row with a read-only root, no capabilities, 256 MB and few processes', async () => {
    expectAllRecords(await runContainer(READ, { data, options: [...ON_HOST, ...HARDENED] }));
  });

  it('reads every row as any user, without a home', async () => {
    const options = [...ON_HOST, ...HARDENED, '--user', '12345:12345', '--env', 'HOME='];
    expectAllRecords(await runContainer(READ, { data, options }));
  });

  it('reads every row by the words of the Airbyte platform, from a folder of its choice', async () => {
    const command = `eval "$AIRBYTE_ENTRYPOINT ${READ.join(' ')}"`;
    const options = [...ON_HOST, '--workdir', '/tmp', '--entrypoint', 'sh'];
    expectAllRecords(await runContainer(['-c', command], { data, options }));
  });

  it('is the Singer tap as well', async () => {
    const result = await runContainer(['tap', '--config', '/data/config.json'], { data, options: ON_HOST });
    expect(result.exitCode, describeResult('tap', result)).toBe(0);
    const records = result.stdout
      .split('\n')
      .filter((line) => line.startsWith('{"type":"RECORD"'))
      .map((line) => JSON.parse(line).record as Record<string, unknown>);
    expect(comparableRows(records, COLUMNS)).toEqual(expectedTable(emulator));
  });

  it('says which file it cannot read, and fails', async () => {
    const result = await runContainer(['read', '--config', '/data/absent.json', '--catalog', '/data/catalog.json'], {
      data,
    });
    expect(result.exitCode).not.toBe(0);
    expect(result.stdout).toContain('/data/absent.json');
  });

  it('says that there is no network, and fails', async () => {
    const config = { ...emulator.config({ start_date: START_DATE }), patience_seconds: 0 };
    await writeJson('no-network.json', config);
    const result = await runContainer(
      ['read', '--config', '/data/no-network.json', '--catalog', '/data/catalog.json'],
      {
        data,
        options: ['--network', 'none'],
      },
    );
    expect(result.exitCode).not.toBe(0);
    const errors = linesOf(result.stdout).flatMap(({ trace }) => trace?.error?.message ?? []);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/ECONNREFUSED|network|reach/i);
  });
});

describe('memory', () => {
  it('is bounded by the limit of the container: node gets three quarters of it as its heap', async () => {
    await withEmulatorContainer(['--memory', '256m'], async (name) => {
      // node itself is the container's first process: the shell that started it is gone, and signals arrive.
      const command = await runToSuccess('docker', ['exec', name, 'cat', '/proc/1/cmdline']);
      expect(command.split('\0')).toEqual([
        ...['node', '--max-old-space-size=192', '/airbyte/dist/source-tiktok-ads.js'],
        ...['emulator', '--port', '8080', ''],
      ]);
    });
  });

  it('stays under 150 MB while a year of 400 campaigns is read', async () => {
    const large = await startEmulator({
      accounts: [{ id: '7100000000000000456', timezone: 'UTC', campaigns: 400, density: 1, created: '2024-01-01' }],
    });
    try {
      await writeJson('large.json', large.config({ start_date: '2025-03-16' }));
      const options = [...ON_HOST, '--memory', '150m', '--memory-swap', '150m'];
      const { exitCode, records } = await countRecords(
        ['read', '--config', '/data/large.json', '--catalog', '/data/catalog.json'],
        options,
      );
      expect(exitCode).toBe(0);
      expect(records).toBe(365 * 400);
    } finally {
      await large.close();
    }
  });
});

/** Runs a read whose output is too large to be kept. */
function countRecords(args: readonly string[], options: readonly string[]) {
  return new Promise<{ exitCode: number | null; records: number }>((resolve, reject) => {
    const child = spawn('docker', ['run', '--rm', '--volume', `${data}:/data:ro`, ...options, IMAGE, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let records = 0;
    child.stdout.pipe(split2()).on('data', (line: string) => {
      if (line.startsWith('{"type":"RECORD"')) records++;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, records }));
  });
}

describe('docker stop', () => {
  it('ends a read at once, with a last state, statuses and complete lines', async () => {
    // Slow answers: there is something to stop.
    const slow = await startEmulator({ latencyMs: 400 });
    try {
      await writeJson('slow.json', slow.config({ start_date: '2020-01-01', requests_per_second: 2 }));
      const name = `source-tiktok-ads-stop-${process.pid}`;
      const running = runContainer(['read', '--config', '/data/slow.json', '--catalog', '/data/catalog.json'], {
        data,
        options: [...ON_HOST, '--name', name],
      });
      await requestSeen(slow);
      await runToSuccess('docker', ['stop', '-t', '20', name]);
      const result = await running;
      // Died by the signal, which to Docker is 143; not 137, by which it says that it had to kill.
      expect(result.exitCode, describeResult('read', result)).toBe(143);
      expect(result.stdout.endsWith('\n')).toBe(true);
      const types = linesOf(result.stdout).map(({ type }) => type);
      expect(types).toContain('STATE');
      expect(result.stdout).toContain('"status":"INCOMPLETE"');
    } finally {
      await slow.close();
    }
  });

  it('ends an emulator at once', async () => {
    expect([0, 143]).toContain(await withEmulatorContainer([], async () => {}));
  });
});

/** An emulator in a container, stopped by `docker stop` afterwards; resolves to its exit code. */
async function withEmulatorContainer(
  options: readonly string[],
  use: (name: string) => Promise<void>,
): Promise<number | null> {
  const name = `source-tiktok-ads-emulator-${process.pid}`;
  const running = runContainer(['emulator', '--port', '8080'], {
    options: [...options, '--name', name, '--network', 'none'],
  });
  try {
    await hasStarted(name);
    await use(name);
  } finally {
    await runToSuccess('docker', ['stop', '-t', '20', name]);
  }
  return (await running).exitCode;
}

/** Waits until a report has been asked for. */
async function requestSeen({ requests }: Emulator): Promise<void> {
  await expect.poll(() => requests.some(({ path }) => path.includes('report/')), { timeout: 60_000 }).toBe(true);
}

/** Waits until a container has printed that it is ready. */
async function hasStarted(name: string): Promise<void> {
  const logs = async () => (await runProgram('docker', ['logs', name])).stdout;
  await expect.poll(logs, { timeout: 60_000, interval: 200 }).toContain('API');
}
