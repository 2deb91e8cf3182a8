import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { streams } from '../../src/streams/all-streams.ts';
import { START_DATE } from './campaign-daily-table.ts';
import { orchestratorVariables, pythonProgram, TAP_PROGRAM } from './python.ts';
import { describeResult, runProgram, runToSuccess } from './run-program.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

let emulator: Emulator;
let folder: WorkFolder;
let config: string;

beforeAll(async () => {
  folder = await makeWorkFolder();
  emulator = await startEmulator();
  config = join(folder.path, 'config.json');
  await writeFile(config, JSON.stringify(emulator.config({ start_date: START_DATE })));
});

afterAll(async () => {
  await emulator.close();
  await folder.remove();
});

/** singer-check-tap reads the tap's output; its option `--tap` is not used, since it does not wait for its own reader. */
function singerCheckTap(output: string): Promise<string> {
  return runToSuccess(pythonProgram('legacy', 'singer-check-tap'), [], { input: output, cwd: folder.path });
}

describe('singer-check-tap', () => {
  it('finds a first run valid, and one that goes on from its state', async () => {
    const first = await runToSuccess(TAP_PROGRAM, ['--config', config]);
    expect(await singerCheckTap(first)).toContain('The output is valid.');
    const lastState = first
      .split('\n')
      .filter((line) => line.startsWith('{"type":"STATE"'))
      .at(-1);
    const state = join(folder.path, 'state.json');
    await writeFile(state, JSON.stringify(JSON.parse(lastState ?? '').value));
    emulator.clock.advanceDays(1);
    const second = await runToSuccess(TAP_PROGRAM, ['--config', config, '--state', state]);
    const answer = await singerCheckTap(second);
    expect(answer).toContain('The output is valid.');
    expect(second.split('\n').length).toBeLessThan(first.split('\n').length / 2);
  });

  it('finds a run of every stream valid', async () => {
    const discovered = JSON.parse(await runToSuccess(TAP_PROGRAM, ['--config', config, '--discover'])) as {
      streams: { metadata: { breadcrumb: string[]; metadata: object }[] }[];
    };
    for (const { metadata } of discovered.streams)
      for (const entry of metadata)
        if (entry.breadcrumb.length === 0) entry.metadata = { ...entry.metadata, selected: true };
    const catalog = join(folder.path, 'every-stream.json');
    await writeFile(catalog, JSON.stringify(discovered));
    const output = await runToSuccess(TAP_PROGRAM, ['--config', config, '--catalog', catalog]);
    expect(await singerCheckTap(output)).toContain('The output is valid.');
    const names = output.split('\n').flatMap((line) => /^\{"type":"SCHEMA","stream":"(\w+)"/.exec(line)?.[1] ?? []);
    expect(names).toEqual(streams.map(({ name }) => name));
  });
});

describe("the singer-sdk's tests for taps", () => {
  it('pass', async () => {
    const suite = join(import.meta.dirname, 'python/test_tap_with_singer_sdk.py');
    const result = await runProgram(pythonProgram('singer', 'pytest'), ['-p', 'no:cacheprovider', suite], {
      cwd: folder.path,
      env: {
        ...orchestratorVariables(folder.path),
        PYTHONDONTWRITEBYTECODE: '1',
        TAP_PROGRAM,
        TAP_CONFIG: config,
      },
    });
    expect(result.exitCode, describeResult('pytest', result)).toBe(0);
    expect(result.stdout).toMatch(/\b\d+ passed\b/);
  });
});
