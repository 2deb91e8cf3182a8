import assert from 'node:assert/strict';
import {
  assertFailed,
  errorsOf,
  inputStateOf,
  type Requirement,
  recordsOf,
  statesOf,
  statusesOf,
} from '../requirement.ts';
import { withEmulator } from '../session.ts';

export const failure: readonly Requirement[] = [
  {
    number: '7.1',
    says: 'a wrong configuration fails a read with one TRACE ERROR of type config_error, no record, exit code not 0',
    source: 'Airbyte CDK, config validation',
    test: async (session) => {
      const catalog = await session.catalog();
      for (const config of [{}, 'no JSON at all']) {
        const run = await session.run({ verb: 'read', files: { config, catalog } });
        assertFailed(run, 'config_error');
        assert.equal(recordsOf(run).length, 0);
      }
    },
  },
  {
    number: '7.2',
    says: 'a wrong token fails a read with config_error: platforms do not try again; INCOMPLETE is the last status',
    source: 'Airbyte platform, retries',
    needsEmulator: true,
    test: async (session) => {
      await withEmulator({}, async (emulator) => {
        emulator.revokeToken();
        const files = { config: emulator.config(), catalog: await session.catalog() };
        const run = await session.run({ verb: 'read', files });
        assertFailed(run, 'config_error');
        const streams = await session.streams();
        // What concerns every stream names none, unless there is only one.
        const concerned = streams.length === 1 ? streams[0]?.name : undefined;
        assert.equal(errorsOf(run)[0]?.stream_descriptor?.name, concerned);
        for (const stream of streams) assert.equal(statusesOf(run, stream).at(-1), 'INCOMPLETE');
      });
    },
  },
  {
    number: '7.3',
    says: 'an API out of reach fails a read with transient_error: platforms try again',
    source: 'Airbyte platform, retries',
    needsEmulator: true,
    test: async (session) => {
      const config = { ...session.config, api_url: 'http://127.0.0.1:9/open_api/v1.3/', patience_seconds: 1 };
      const run = await session.run({ verb: 'read', files: { config, catalog: await session.catalog() } });
      assertFailed(run, 'transient_error');
    },
  },
  {
    number: '7.4',
    says: 'one advertiser that cannot be read does not keep the others from being read, and the exit code is not 0 all the same',
    source: 'Airbyte CDK, stream failures; platform, exit codes',
    needsEmulator: true,
    test: async (session) => {
      await withEmulator({ accounts: 3 }, async (emulator) => {
        const config = emulator.config();
        const catalog = await session.catalog();
        const whole = await session.run({ verb: 'read', files: { config, catalog } });
        emulator.suspend(emulator.accounts[1]?.id ?? '');
        const run = await session.run({ verb: 'read', files: { config, catalog } });
        assertFailed(run, 'config_error');
        const lost = recordsOf(whole).length - recordsOf(run).length;
        assert.ok(lost > 0 && recordsOf(run).length > 0, `${recordsOf(run).length} records, ${lost} lost`);
        assert.ok(statesOf(run).length > 0);
        for (const stream of await session.streams()) {
          assert.ok(!statusesOf(run, stream).includes('COMPLETE'));
          assert.equal(statusesOf(run, stream).at(-1), 'INCOMPLETE');
        }
        // What was read stays read: once access returns, only the rest comes.
        emulator.grant(emulator.accounts[1]?.id ?? '');
        const state = inputStateOf(run);
        const next = await session.run({ verb: 'read', files: { config, catalog, state } });
        assert.equal(next.exitCode, 0);
        assert.ok(recordsOf(next).length >= lost && recordsOf(next).length < recordsOf(whole).length);
      });
    },
  },
];
