import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import spec from '../../spec.json' with { type: 'json' };
import { parseConfig } from '../../src/config/parse-config.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { check, logsOf, read } from '../support/run-source.ts';
import { runTap } from '../support/run-tap.ts';

// What people and platforms write into a configuration, as the programs take it. Today is 2026-03-15.

const ACCOUNT = { id: '7000000000000000011', campaigns: 2, density: 1, created: '2024-01-01' };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ accounts: [ACCOUNT] });
});
afterAll(() => emulator.close());

const { required, properties } = spec.connectionSpecification;

describe('an empty text', () => {
  // Airbyte's own validator asserts formats.
  const formats = { date: /^\d{4}-\d{2}-\d{2}$/ };
  const accepts = new Ajv({ strict: false, formats }).compile(spec.connectionSpecification);
  const taken = (config: object) => {
    try {
      parseConfig(config);
      return true;
    } catch {
      return false;
    }
  };

  it.each(Object.keys(properties).filter((key) => !required.includes(key)))(
    'for %s is taken by the program exactly when the specification takes it',
    (key) => {
      const config = { ...emulator.config(), [key]: '' };
      expect(taken(config)).toBe(accepts(config));
    },
  );

  it.each(Object.keys(properties.quota.properties))('for quota.%s too', (key) => {
    const config = { ...emulator.config(), quota: { [key]: '' } };
    expect(taken(config)).toBe(accepts(config));
  });

  it.each(['end_date', 'api_url'])('for %s means that it was left out', (key) => {
    expect(accepts({ ...emulator.config(), [key]: '' })).toBe(true);
  });
});

it('a field that was cleared, and dates with a time, are taken by both programs', async () => {
  const plain = emulator.config({ start_date: '2026-03-10' });
  const config = { ...plain, start_date: '2026-03-10T00:00:00Z', end_date: '' };
  const [expected, airbyte, singer] = await Promise.all([
    read({ config: plain }),
    read({ config }),
    runTap({ config: { ...config, lookback_days: '' } }),
  ]);
  expect([airbyte.exit, singer.exit]).toEqual([0, 0]);
  expect(airbyte.records).toHaveLength(12);
  expect(airbyte.records).toEqual(expected.records);
  expect(singer.records).toHaveLength(12);
});

it('a mistyped key is named in a warning of check and of both programs, with the key that was meant', async () => {
  const config = { ...emulator.config({ start_date: '2026-03-14' }), exclude_advertisers: [ACCOUNT.id], __platform: 1 };
  const [checked, airbyte, singer] = await Promise.all([check(config), read({ config }), runTap({ config })]);
  const warning =
    'The configuration has the key "exclude_advertisers", which this connector does not know: ignored. ' +
    'Did you mean exclude_advertiser_ids?';
  expect([checked.exit, airbyte.exit, singer.exit]).toEqual([0, 0, 0]);
  expect(logsOf(checked, 'WARN')).toEqual([warning]);
  expect(logsOf(airbyte, 'WARN')).toEqual([warning]);
  expect(singer.log.filter((line) => line.startsWith('WARNING'))).toEqual([`WARNING ${warning}`]);
});
