import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import type { JsonObject } from '../message.ts';
import { assertExitCode, assertFailed, errorsOf, ofType, type Requirement } from '../requirement.ts';
import { type Run, withEmulator } from '../session.ts';

function assertStatus(run: Run, status: 'SUCCEEDED' | 'FAILED'): string {
  const statuses = run.messages.flatMap(({ connectionStatus }) => connectionStatus ?? []);
  assert.equal(statuses.length, 1, `${statuses.length} CONNECTION_STATUS`);
  assert.equal(statuses[0]?.status, status, statuses[0]?.message);
  assertExitCode(run, 0);
  return statuses[0]?.message ?? '';
}

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9/open_api/v1.3/';

export const check: readonly Requirement[] = [
  {
    number: '3.1',
    says: 'with a working configuration check prints exactly one CONNECTION_STATUS, SUCCEEDED, and ends with 0',
    source: 'acceptance tests, TestConnection',
    test: async (session) => {
      assertStatus(await session.check(), 'SUCCEEDED');
    },
  },
  {
    number: '3.2',
    says: 'an empty configuration is FAILED with a message that names what is missing, exit code 0',
    source: 'Airbyte protocol, check; acceptance tests, TestConnection',
    test: async (session) => {
      assert.notEqual(assertStatus(await session.run({ verb: 'check', files: { config: {} } }), 'FAILED'), '');
    },
  },
  {
    number: '3.3',
    says: 'a configuration file that is not JSON is FAILED, exit code 0, and nothing of it is quoted',
    source: 'Airbyte protocol, check',
    test: async (session) => {
      const run = await session.run({ verb: 'check', files: { config: '{"secret": "do-not-quote", ' } });
      assert.doesNotMatch(assertStatus(run, 'FAILED'), /do-not-quote/);
    },
  },
  {
    number: '3.4',
    says: 'a wrong token is FAILED, exit code 0',
    source: 'Airbyte protocol, check',
    needsEmulator: true,
    test: async (session) => {
      await withEmulator({}, async (emulator) => {
        emulator.revokeToken();
        const message = assertStatus(
          await session.run({ verb: 'check', files: { config: emulator.config() } }),
          'FAILED',
        );
        assert.match(message, /token/i);
      });
    },
  },
  {
    number: '3.5',
    says: 'an API out of reach proves nothing: a TRACE ERROR of type transient_error, no status, exit code not 0',
    source: 'Airbyte protocol, check; platform, sidecar',
    needsEmulator: true,
    test: async (session) => {
      const config = { ...session.config, api_url: NOWHERE, patience_seconds: 1 };
      const run = await session.run({ verb: 'check', files: { config } });
      assertFailed(run, 'transient_error');
      assert.equal(ofType(run, 'CONNECTION_STATUS').length, 0);
    },
  },
  {
    number: '3.6',
    says: 'an account that cannot be read is FAILED and named, exit code 0; a working one beside it does not hide it',
    source: 'Airbyte protocol, check',
    needsEmulator: true,
    test: async (session) => {
      await withEmulator({ accounts: 3 }, async (emulator) => {
        const id = emulator.accounts[1]?.id ?? '';
        emulator.suspend(id);
        const run = await session.run({ verb: 'check', files: { config: emulator.config() } });
        assert.match(assertStatus(run, 'FAILED'), new RegExp(id));
        const config = emulator.config({ unavailable_advertisers: 'warn' });
        assert.match(
          assertStatus(await session.run({ verb: 'check', files: { config } }), 'SUCCEEDED'),
          new RegExp(id),
        );
      });
    },
  },
];

const TYPES = new Set(['null', 'string', 'number', 'integer', 'boolean', 'object', 'array']);
const FORMATS = new Set([undefined, 'date', 'date-time', 'time']);

export const discover: readonly Requirement[] = [
  {
    number: '4.1',
    says: 'discover prints exactly one CATALOG of at least one stream, names unique, and ends with 0',
    source: 'acceptance tests, TestDiscovery.test_discover',
    test: async (session) => {
      const run = await session.discover();
      assertExitCode(run, 0);
      assert.equal(ofType(run, 'CATALOG').length, 1);
      const names = (await session.streams()).map(({ name, namespace }) => `${namespace ?? ''} ${name}`);
      assert.ok(names.length > 0);
      assert.equal(new Set(names).size, names.length, names.join(', '));
    },
  },
  {
    number: '4.2',
    says: 'every json_schema is a valid JSON schema (draft-07) of an object with properties',
    source: 'acceptance tests, test_streams_have_valid_json_schemas; PyAirbyte caches',
    test: async (session) => {
      const ajv = new Ajv({ strict: false });
      for (const { name, json_schema: schema } of await session.streams()) {
        assert.equal(ajv.validateSchema(schema), true, `${name}: ${ajv.errorsText()}`);
        assert.ok([schema.type].flat().includes('object') && schema.properties, name);
      }
    },
  },
  {
    number: '4.3',
    says: 'no json_schema has $ref, allOf or not, and additionalProperties is nowhere false',
    source: 'acceptance tests, TestDiscovery',
    test: async (session) => {
      const text = JSON.stringify(await session.streams());
      assert.doesNotMatch(text, /"(\$ref|allOf|not)":/);
      assert.doesNotMatch(text, /"additionalProperties":false/);
    },
  },
  {
    number: '4.4',
    says: 'the cursor is a column of the schema, and a stream that offers incremental says whose it is',
    source: 'acceptance tests, test_defined_cursors_exist_in_schema',
    test: async (session) => {
      for (const stream of await session.streams()) {
        const [column] = stream.default_cursor_field ?? [];
        if (column !== undefined) assert.ok(stream.json_schema.properties?.[column], `${stream.name}: ${column}`);
        if (stream.supported_sync_modes.includes('incremental')) {
          assert.ok(stream.source_defined_cursor !== undefined || column !== undefined, stream.name);
        }
      }
    },
  },
  {
    number: '4.5',
    says: 'every column of the primary key is in the schema and is neither object nor array',
    source: 'acceptance tests, test_primary_keys_exist_in_schema, test_primary_keys_data_type',
    test: async (session) => {
      for (const { name, json_schema: schema, source_defined_primary_key: key = [] } of await session.streams()) {
        for (const [column = ''] of key) {
          const types = [schema.properties?.[column]?.type].flat();
          assert.ok(schema.properties?.[column], `${name}: ${column}`);
          assert.ok(!types.includes('object') && !types.includes('array'), `${name}: ${column}`);
        }
      }
    },
  },
  {
    number: '4.6',
    says: 'columns have the types and formats that Airbyte knows, and may be null',
    source: 'supported data types; acceptance tests, test_catalog_has_supported_data_types',
    test: async (session) => {
      for (const { name, json_schema: schema } of await session.streams()) {
        for (const [column, { type, format }] of Object.entries(schema.properties ?? {})) {
          const types = [type].flat() as string[];
          assert.ok(
            types.every((one) => TYPES.has(one)),
            `${name}.${column}: ${types.join(', ')}`,
          );
          assert.ok(types.includes('null'), `${name}.${column} cannot be null`);
          assert.ok(FORMATS.has(format as string | undefined), `${name}.${column}: ${String(format)}`);
        }
      }
    },
  },
  {
    number: '4.7',
    says: 'a stream that offers incremental says whether it is resumable',
    source: 'Airbyte protocol, AirbyteStream.is_resumable',
    test: async (session) => {
      for (const { name, supported_sync_modes: modes, is_resumable: isResumable } of await session.streams()) {
        if (modes.includes('incremental')) assert.equal(typeof isResumable, 'boolean', name);
      }
    },
  },
  {
    number: '4.8',
    says: 'the same configuration gives the same catalog',
    source: 'Airbyte protocol, discover',
    test: async (session) => {
      const again = await session.run({ verb: 'discover', files: { config: session.config } });
      assert.deepEqual(again.lines, (await session.discover()).lines);
    },
  },
  {
    number: '4.9',
    says: 'a wrong configuration gives a TRACE ERROR of type config_error, no CATALOG, and an exit code that is not 0',
    source: 'Airbyte protocol, discover; platform, sidecar',
    test: async (session) => {
      const run = await session.run({ verb: 'discover', files: { config: {} } });
      assertFailed(run, 'config_error');
      assert.equal(ofType(run, 'CATALOG').length, 0);
    },
  },
  {
    number: '4.10',
    says: 'discover needs no network: the catalog depends on the configuration only',
    source: 'this connector',
    needsEmulator: true,
    test: async (session) => {
      const config: JsonObject = { ...session.config, api_url: NOWHERE };
      const run = await session.run({ verb: 'discover', files: { config } });
      assertExitCode(run, 0);
      assert.deepEqual(errorsOf(run), []);
      assert.equal(ofType(run, 'CATALOG').length, 1);
    },
  },
];
