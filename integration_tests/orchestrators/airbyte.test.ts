import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { expectedRowCount, START_DATE } from './campaign-daily-table.ts';
import { configuredCatalog } from './configured-catalog.ts';
import { orchestratorVariables, pythonProgram, SOURCE_PROGRAM } from './python.ts';
import { describeResult, runProgram, runToSuccess } from './run-program.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

let emulator: Emulator;
let folder: WorkFolder;
let config: string;
let catalog: string;

beforeAll(async () => {
  folder = await makeWorkFolder();
  emulator = await startEmulator();
  config = join(folder.path, 'config.json');
  await writeFile(config, JSON.stringify(emulator.config({ start_date: START_DATE })));
  catalog = join(folder.path, 'catalog.json');
  const discovered = await runToSuccess(SOURCE_PROGRAM, ['discover', '--config', config]);
  await writeFile(catalog, JSON.stringify(configuredCatalog(discovered)));
});

afterAll(async () => {
  await emulator.close();
  await folder.remove();
});

/** What the protocol's models count in an output; throws with the first line that they refuse. */
async function validate(verb: string, stdout: string): Promise<Record<string, number>> {
  const script = join(import.meta.dirname, 'python/validate_messages.py');
  return JSON.parse(await runToSuccess(pythonProgram('airbyte', 'python'), [script, verb], { input: stdout }));
}

describe("every line is a message to the protocol's own strict models", () => {
  it('of spec', async () => {
    expect(await validate('spec', await runToSuccess(SOURCE_PROGRAM, ['spec']))).toEqual({ SPEC: 1 });
  });

  it('of check', async () => {
    const counts = await validate('check', await runToSuccess(SOURCE_PROGRAM, ['check', '--config', config]));
    expect(counts.CONNECTION_STATUS).toBe(1);
  });

  it('of discover', async () => {
    const counts = await validate('discover', await runToSuccess(SOURCE_PROGRAM, ['discover', '--config', config]));
    expect(counts.CATALOG).toBe(1);
  });

  it('of a read', async () => {
    const stdout = await runToSuccess(SOURCE_PROGRAM, ['read', '--config', config, '--catalog', catalog]);
    const counts = await validate('read', stdout);
    expect(counts.RECORD).toBe(expectedRowCount(emulator));
    expect(counts.STATE).toBeGreaterThan(0);
  });

  it('of a read that fails', async () => {
    const wrong = join(folder.path, 'wrong-config.json');
    const credentials = { auth_type: 'oauth2.0', ...emulator.credentials, access_token: 'bad-token-0123456789' };
    await writeFile(wrong, JSON.stringify(emulator.config({ start_date: START_DATE, credentials })));
    const result = await runProgram(SOURCE_PROGRAM, ['read', '--config', wrong, '--catalog', catalog]);
    expect(result.exitCode).not.toBe(0);
    expect((await validate('read', result.stdout)).TRACE).toBeGreaterThan(0);
  });
});

describe("Airbyte's standard tests", () => {
  it('pass on the program', async () => {
    const suite = join(folder.path, 'source-tiktok-ads');
    await cp(join(import.meta.dirname, 'standard/source-tiktok-ads'), suite, { recursive: true });
    await mkdir(join(suite, 'configs'));
    await cp(config, join(suite, 'configs/config.json'));
    const invalid = emulator.config({
      credentials: { auth_type: 'oauth2.0', ...emulator.credentials, access_token: 'bad-token-0123456789' },
    });
    await writeFile(join(suite, 'configs/invalid_config.json'), JSON.stringify(invalid));
    const args = [
      ...['-p', 'airbyte_cdk.test.standard_tests.pytest_hooks', '-p', 'no:cacheprovider'],
      ...['-W', 'error::airbyte_cdk.test.standard_tests.DiscoveredCatalogWarning'],
      ...['-m', 'not image_tests', 'test_standard.py'],
    ];
    const result = await runProgram(pythonProgram('airbyte', 'pytest'), args, {
      cwd: suite,
      env: { ...orchestratorVariables(folder.path), CONNECTOR_PROGRAM: SOURCE_PROGRAM },
    });
    expect(result.exitCode, describeResult('pytest', result)).toBe(0);
    expect(result.stdout).toMatch(/\b7 passed\b/);
  });
});
