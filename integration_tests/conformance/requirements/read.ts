import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import { mistakesOf, type Stream } from '../message.ts';
import {
  assertExitCode,
  assertFailed,
  errorsOf,
  keyOf,
  type Requirement,
  recordsOf,
  statesOf,
  statusesOf,
} from '../requirement.ts';
import { type Run, type Session, withEmulator } from '../session.ts';

/** The stream of each record, by its name. */
async function streamsByName(session: Session): Promise<Map<string, Stream>> {
  return new Map((await session.streams()).map((stream) => [stream.name, stream]));
}

function assertStatuses(run: Run, stream: Stream, last: 'COMPLETE' | 'INCOMPLETE'): void {
  const statuses = statusesOf(run, stream);
  assert.ok(statuses.length >= 3, `${stream.name}: ${statuses.join(', ')}`);
  assert.equal(statuses[0], 'STARTED', stream.name);
  assert.equal(statuses.at(-1), last, stream.name);
  assert.deepEqual([...new Set(statuses.slice(1, -1))], ['RUNNING'], stream.name);
}

export const read: readonly Requirement[] = [
  {
    number: '5.1',
    says: 'a read gives records of every stream, no TRACE ERROR, and ends with 0',
    source: 'acceptance tests, TestBasicRead',
    test: async (session) => {
      const run = await session.firstRead();
      assertExitCode(run, 0);
      assert.deepEqual(errorsOf(run), []);
      for (const { name } of await session.streams()) {
        assert.ok(
          recordsOf(run).some(({ stream }) => stream === name),
          `${name} has no record`,
        );
      }
    },
  },
  {
    number: '5.2',
    says: 'every record is valid by the schema of its stream',
    source: 'acceptance tests, TestBasicRead',
    test: async (session) => {
      const ajv = new Ajv({ strict: false, validateFormats: false });
      const validators = new Map(
        (await session.streams()).map(({ name, json_schema: schema }) => [name, ajv.compile(schema)]),
      );
      for (const { stream, data } of recordsOf(await session.firstRead())) {
        const validate = validators.get(stream);
        assert.ok(validate, stream);
        assert.equal(validate(data), true, mistakesOf(validate).join('; '));
      }
    },
  },
  {
    number: '5.3',
    says: 'an integer is written as one: 1.0 and 1e3 are none to strict readers',
    source: 'acceptance tests, strict integers',
    test: async (session) => {
      const columns = [...(await streamsByName(session)).values()].flatMap(({ json_schema: { properties = {} } }) =>
        Object.entries(properties).flatMap(([name, { type }]) => ([type].flat().includes('integer') ? [name] : [])),
      );
      const fraction = new RegExp(`"(${columns.join('|') || '$^'})":\\s*-?\\d+[.eE]`);
      for (const line of (await session.firstRead()).lines) assert.doesNotMatch(line, fraction);
    },
  },
  {
    number: '5.4',
    says: 'a record has no field that the schema does not declare',
    source: 'acceptance tests, fail_on_extra_columns',
    test: async (session) => {
      const streams = await streamsByName(session);
      for (const { stream, data } of recordsOf(await session.firstRead())) {
        const declared = streams.get(stream)?.json_schema.properties ?? {};
        assert.deepEqual(
          Object.keys(data).filter((field) => !(field in declared)),
          [],
        );
      }
    },
  },
  {
    number: '5.5',
    says: 'no value of the primary key is null, and no two records of a read share their key',
    source: 'Airbyte platform, dedup validation; acceptance tests, TestBasicRead',
    test: async (session) => {
      const streams = await streamsByName(session);
      const seen = new Set<string>();
      for (const { stream: name, data } of recordsOf(await session.firstRead())) {
        const stream = streams.get(name);
        if (!stream?.source_defined_primary_key?.length) continue;
        for (const [column = ''] of stream.source_defined_primary_key)
          assert.notEqual(data[column] ?? null, null, column);
        const key = `${name} ${keyOf(stream, data)}`;
        assert.ok(!seen.has(key), key);
        seen.add(key);
      }
    },
  },
  {
    number: '5.6',
    says: 'emitted_at is the moment of the record in milliseconds',
    source: 'Airbyte protocol, RECORD',
    test: async (session) => {
      const run = await session.firstRead();
      for (const { emitted_at: at } of recordsOf(run)) assert.ok(at >= run.startedAt && at <= run.endedAt, String(at));
    },
  },
  {
    number: '5.7',
    says: 'records and statuses carry the stream and the namespace of the catalog, none where it has none',
    source: 'Airbyte platform, message validation',
    test: async (session) => {
      const streams = await streamsByName(session);
      const run = await session.firstRead();
      for (const { stream, namespace } of recordsOf(run)) assert.equal(namespace, streams.get(stream)?.namespace);
      for (const { trace } of run.messages) {
        const descriptor = trace?.stream_status?.stream_descriptor;
        if (descriptor) assert.equal(descriptor.namespace, streams.get(descriptor.name)?.namespace);
      }
    },
  },
  {
    number: '5.8',
    says: 'each stream is STARTED, RUNNING, and COMPLETE last',
    source: 'acceptance tests, validate_stream_statuses',
    test: async (session) => {
      const run = await session.firstRead();
      for (const stream of await session.streams()) assertStatuses(run, stream, 'COMPLETE');
    },
  },
  {
    number: '5.9',
    says: 'estimates are of one kind: STREAM and SYNC are not mixed',
    source: 'Airbyte protocol, TRACE ESTIMATE',
    test: async (session) => {
      const { messages } = await session.firstRead();
      assert.ok(new Set(messages.flatMap(({ trace }) => trace?.estimate?.type ?? [])).size <= 1);
    },
  },
  {
    number: '5.10',
    says: 'null is accepted for every optional key of the configured catalog, and keys that nobody knows are ignored',
    source: 'Airbyte CDK, image tests (asdict); Airbyte protocol, additional properties',
    test: async (session) => {
      const streams = await session.streams();
      const catalog = {
        from_the_future: 1,
        streams: streams.map(({ name, json_schema, supported_sync_modes }) => ({
          stream: {
            name,
            json_schema,
            supported_sync_modes,
            namespace: null,
            source_defined_cursor: null,
            default_cursor_field: null,
            source_defined_primary_key: null,
            is_resumable: null,
            is_file_based: null,
            from_the_future: {},
          },
          sync_mode: 'full_refresh',
          destination_sync_mode: 'append',
          cursor_field: null,
          primary_key: null,
          generation_id: null,
          minimum_generation_id: null,
          sync_id: null,
          destination_object_name: null,
          include_files: null,
        })),
      };
      const run = await session.run({ verb: 'read', files: { config: session.config, catalog } });
      assertExitCode(run, 0);
      assert.equal(recordsOf(run).length, recordsOf(await session.firstRead()).length);
    },
  },
  {
    number: '5.11',
    says: 'a stream that does not exist, in the sync mode "INVALID", gives a TRACE ERROR, no record, and an exit code that is not 0',
    source: 'acceptance tests, test_airbyte_trace_message_on_failure; CDK, test_fail_read_with_bad_catalog',
    test: async (session) => {
      const stream = {
        name: '__AIRBYTE__stream_that_does_not_exist',
        json_schema: {},
        supported_sync_modes: ['full_refresh'],
      };
      const catalog = { streams: [{ stream, sync_mode: 'INVALID', destination_sync_mode: 'INVALID' }] };
      const run = await session.run({ verb: 'read', files: { config: session.config, catalog } });
      assertFailed(run, 'config_error');
      assert.equal(recordsOf(run).length, 0);
    },
  },
  {
    number: '5.12',
    says: 'a stream that exists, in a sync mode that does not, is refused in the same way',
    source: 'Airbyte protocol, SyncMode',
    test: async (session) => {
      const catalog = await session.catalog(() => ({ sync_mode: 'sometimes' }));
      const run = await session.run({ verb: 'read', files: { config: session.config, catalog } });
      assertFailed(run, 'config_error');
      assert.equal(recordsOf(run).length, 0);
    },
  },
  {
    number: '5.13',
    says: 'a column that the configured schema leaves out is left out of the records; the primary key stays',
    source: 'Airbyte platform, column selection',
    test: async (session) => {
      const kept = ({ json_schema: { properties = {} }, source_defined_primary_key: key = [] }: Stream) => {
        const columns = Object.keys(properties);
        return new Set([...columns.slice(0, Math.ceil(columns.length / 2)), ...key.map(([column = '']) => column)]);
      };
      const streams = await streamsByName(session);
      const catalog = await session.catalog((stream) => {
        const properties = Object.entries(stream.json_schema.properties ?? {}).filter(([name]) =>
          kept(stream).has(name),
        );
        const json_schema = { ...stream.json_schema, properties: Object.fromEntries(properties) };
        return { stream: { ...stream, json_schema } };
      });
      const run = await session.run({ verb: 'read', files: { config: session.config, catalog } });
      assertExitCode(run, 0);
      for (const { stream: name, data } of recordsOf(run)) {
        const stream = streams.get(name);
        assert.ok(stream);
        assert.deepEqual(new Set(Object.keys(data)), kept(stream));
      }
    },
  },
  {
    number: '5.14',
    says: 'incremental is accepted with any destination_sync_mode, as PyAirbyte asks for it',
    source: 'PyAirbyte, configured catalog',
    test: async (session) => {
      const catalog = await session.catalog(() => ({ sync_mode: 'incremental', destination_sync_mode: 'overwrite' }));
      const run = await session.run({ verb: 'read', files: { config: session.config, catalog, state: [] } });
      assertExitCode(run, 0);
      assert.ok(recordsOf(run).length > 0);
    },
  },
  {
    number: '5.15',
    says: 'a catalog without streams reads nothing and ends with 0',
    source: 'Airbyte protocol, ConfiguredAirbyteCatalog',
    test: async (session) => {
      const run = await session.run({ verb: 'read', files: { config: session.config, catalog: { streams: [] } } });
      assertExitCode(run, 0);
      assert.equal(recordsOf(run).length, 0);
    },
  },
  {
    number: '5.16',
    says: 'two full refreshes in a row give the same records, the second later than the first',
    source: 'acceptance tests, TestFullRefresh.test_sequential_reads',
    needsEmulator: true,
    test: async (session) => {
      const streams = await streamsByName(session);
      const catalog = await session.catalog(() => ({ sync_mode: 'full_refresh' }));
      const files = { config: session.config, catalog };
      const first = recordsOf(await session.run({ verb: 'read', files }));
      const second = recordsOf(await session.run({ verb: 'read', files }));
      const byKey = (records: typeof first) =>
        new Map(records.map(({ stream, data }) => [`${stream} ${keyOf(streams.get(stream) as Stream, data)}`, data]));
      assert.deepEqual(byKey(second), byKey(first));
      const latest = first.reduce((max, { emitted_at: at }) => Math.max(max, at), 0);
      const earliest = second.reduce((min, { emitted_at: at }) => Math.min(min, at), Number.POSITIVE_INFINITY);
      assert.ok(latest < earliest);
    },
  },
  {
    number: '5.17',
    says: 'a stream without records is STARTED, RUNNING and COMPLETE all the same, and has a state',
    source: 'acceptance tests, validate_stream_statuses; Airbyte protocol, checkpointing',
    needsEmulator: true,
    test: async (session) => {
      await withEmulator({}, async (emulator) => {
        const config = emulator.config({ start_date: '2999-01-01' });
        const run = await session.run({ verb: 'read', files: { config, catalog: await session.catalog() } });
        assertExitCode(run, 0);
        assert.equal(recordsOf(run).length, 0);
        assert.ok(statesOf(run).length > 0);
        for (const stream of await session.streams()) assertStatuses(run, stream, 'COMPLETE');
      });
    },
  },
];
