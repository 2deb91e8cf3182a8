import assert from 'node:assert/strict';
import type { JsonObject } from '../message.ts';
import { assertExitCode, assertFailed, inputStateOf, type Requirement, recordsOf, statesOf } from '../requirement.ts';
import type { Run, Session } from '../session.ts';

/** A read of every stream from a state. */
async function readFrom(session: Session, state: unknown, change: JsonObject = {}): Promise<Run> {
  const catalog = await session.catalog(() => change);
  return await session.run({ verb: 'read', files: { config: session.config, catalog, state } });
}

/** Records of a read that came after its state number `index`. */
function recordsAfter({ messages }: Run, index: number): number {
  let states = 0;
  let records = 0;
  for (const { type } of messages) {
    if (type === 'STATE') states += 1;
    else if (type === 'RECORD' && states > index) records += 1;
  }
  return records;
}

export const state: readonly Requirement[] = [
  {
    number: '6.1',
    says: 'every stream has at least one state, all of type STREAM, each with the count of its records',
    source: 'acceptance tests, validate_state_messages',
    test: async (session) => {
      const states = statesOf(await session.firstRead());
      for (const { type, sourceStats } of states) {
        assert.equal(type, 'STREAM');
        assert.equal(typeof sourceStats?.recordCount, 'number');
      }
      const names = new Set(states.map(({ stream }) => stream?.stream_descriptor.name));
      for (const { name } of await session.streams()) assert.ok(names.has(name), name);
    },
  },
  {
    number: '6.2',
    says: 'sourceStats.recordCount is exactly the records of the stream since its state before, and none is left uncounted',
    source: 'Airbyte platform, state checksum',
    test: async (session) => {
      const since = new Map<string, number>();
      for (const { record, state: said } of (await session.firstRead()).messages) {
        if (record) since.set(record.stream, (since.get(record.stream) ?? 0) + 1);
        const name = said?.stream?.stream_descriptor.name;
        if (name === undefined) continue;
        assert.equal(said?.sourceStats?.recordCount, since.get(name) ?? 0, JSON.stringify(said?.stream).slice(0, 200));
        since.set(name, 0);
      }
      for (const [name, count] of since) assert.equal(count, 0, `${name}: ${count} records after its last state`);
    },
  },
  {
    number: '6.3',
    says: 'no state equals the one before it',
    source: 'Airbyte protocol, checkpointing',
    test: async (session) => {
      const states = statesOf(await session.firstRead()).map(({ stream }) => JSON.stringify(stream));
      for (const [index, text] of states.entries()) assert.notEqual(text, states[index - 1]);
    },
  },
  {
    number: '6.4',
    says: 'no state, [], {}, null and an array of null are the same: everything is read',
    source: 'Airbyte CDK, read_state; PyAirbyte',
    test: async (session) => {
      const all = recordsOf(await session.firstRead()).length;
      for (const none of [[], {}, 'null', [null]]) {
        const run = await readFrom(session, none);
        assertExitCode(run, 0);
        assert.equal(recordsOf(run).length, all, JSON.stringify(none));
      }
    },
  },
  {
    number: '6.5',
    says: 'a second read from the first one’s states gives other records than the first, and a state again',
    source: 'acceptance tests, TestIncremental.test_two_sequential_reads',
    test: async (session) => {
      const first = await session.firstRead();
      const run = await readFrom(session, inputStateOf(first));
      assertExitCode(run, 0);
      assert.ok(recordsOf(run).length < recordsOf(first).length);
      assert.ok(statesOf(run).length > 0);
    },
  },
  {
    number: '6.6',
    says: 'a read from a state in the middle gives at least the records that followed that state, and fewer than all',
    source: 'acceptance tests, TestIncremental.test_read_sequential_slices',
    test: async (session) => {
      const first = await session.firstRead();
      const states = statesOf(first);
      // The last states differ from the end in nothing; the first and the middle one do.
      for (const index of new Set([0, Math.floor((states.length - 1) / 2)])) {
        const { type, stream } = states[index] ?? {};
        const run = await readFrom(session, [{ type, stream }]);
        assertExitCode(run, 0);
        const count = recordsOf(run).length;
        assert.ok(count >= recordsAfter(first, index), `state ${index + 1} of ${states.length}: ${count} records`);
        assert.ok(
          count < recordsOf(first).length || states.length === 1,
          `state ${index + 1}: everything was read again`,
        );
      }
    },
  },
  {
    number: '6.7',
    says: 'the states may come with null members and without a namespace',
    source: 'PyAirbyte, state file; acceptance tests',
    test: async (session) => {
      const first = await session.firstRead();
      const states = statesOf(first)
        .slice(-1)
        .map(({ stream }) => ({
          type: 'STREAM',
          stream: {
            stream_descriptor: { name: stream?.stream_descriptor.name, namespace: null },
            stream_state: stream?.stream_state,
          },
          global: null,
          data: null,
          sourceStats: null,
          destinationStats: null,
        }));
      const run = await readFrom(session, states);
      assertExitCode(run, 0);
      assert.ok(recordsOf(run).length < recordsOf(first).length);
    },
  },
  {
    number: '6.8',
    says: 'a state from far in the future gives no record, but a state, and ends with 0',
    source: 'acceptance tests, test_state_with_abnormally_large_values',
    test: async (session) => {
      const states = inputStateOf(await session.firstRead());
      // Where reading goes on; the day from which on everything is there stays.
      const future = JSON.stringify(states).replaceAll(/"(through|as_of)":"[\d-]+"/g, '"$1":"2999-12-31"');
      const run = await readFrom(session, future);
      assertExitCode(run, 0);
      assert.equal(recordsOf(run).length, 0);
      assert.ok(statesOf(run).length > 0);
    },
  },
  {
    number: '6.9',
    says: 'a resumable stream goes on from an input state also in full_refresh: it is a further attempt of the same one',
    source: 'Airbyte platform, resumable full refresh',
    test: async (session) => {
      const mode = { sync_mode: 'full_refresh', generation_id: 3, minimum_generation_id: 3, sync_id: 41 };
      const first = await readFrom(session, [], mode);
      const [middle] = statesOf(first).slice(Math.floor((statesOf(first).length - 1) / 2));
      const run = await readFrom(session, [{ type: middle?.type, stream: middle?.stream }], mode);
      assertExitCode(run, 0);
      assert.ok(recordsOf(run).length < recordsOf(first).length);
    },
  },
  {
    number: '6.10',
    says: 'a state of a stream that does not exist here is ignored',
    source: 'Airbyte platform, states outlive streams',
    test: async (session) => {
      const foreign = {
        type: 'STREAM',
        stream: { stream_descriptor: { name: 'foreign' }, stream_state: { cursor: 1 } },
      };
      const run = await readFrom(session, [foreign]);
      assertExitCode(run, 0);
      assert.equal(recordsOf(run).length, recordsOf(await session.firstRead()).length);
    },
  },
  {
    number: '6.11',
    says: 'a state that cannot be gone on from is refused before anything is read: TRACE ERROR, exit code not 0, no record',
    source: 'Airbyte protocol, failures',
    test: async (session) => {
      const [stream] = await session.streams();
      const descriptor = { name: stream?.name };
      const states = [
        'no JSON at all',
        [{ type: 'STREAM', stream: { stream_descriptor: descriptor, stream_state: { version: 1_000_000 } } }],
        [
          {
            type: 'STREAM',
            stream: { stream_descriptor: descriptor, stream_state: { cursor: 'of another connector' } },
          },
        ],
      ];
      for (const unusable of states) {
        const run = await readFrom(session, unusable);
        assertFailed(run, 'config_error');
        assert.equal(recordsOf(run).length, 0);
      }
    },
  },
  {
    number: '6.12',
    says: 'a full_refresh from the states of a read that came to its end reads everything again',
    source: 'Airbyte platform, generations: an overwriting destination keeps this refresh alone',
    test: async (session) => {
      const first = await session.firstRead();
      const run = await readFrom(session, inputStateOf(first), {
        sync_mode: 'full_refresh',
        generation_id: 4,
        minimum_generation_id: 4,
        sync_id: 42,
      });
      assertExitCode(run, 0);
      assert.equal(recordsOf(run).length, recordsOf(first).length);
    },
  },
];
