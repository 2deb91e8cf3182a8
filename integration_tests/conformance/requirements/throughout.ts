import assert from 'node:assert/strict';
import type { Requirement } from '../requirement.ts';

/** Hold for everything that was said in all the runs before: these come last. */
export const throughout: readonly Requirement[] = [
  {
    number: '10.1',
    says: 'every line of standard output is one message, valid by the protocol’s schema, with the payload of its type and no other',
    source: 'Airbyte protocol, message schema; platform, line parsing',
    test: async (session) => {
      assert.ok(session.runs > 0, 'nothing was run');
      assert.deepEqual([...session.lineMistakes], []);
    },
  },
  {
    number: '10.2',
    says: 'no message has a key that the protocol does not know',
    source: 'Airbyte protocol, message schema',
    test: async (session) => {
      assert.deepEqual([...session.unknownKeys], []);
    },
  },
  {
    number: '10.3',
    says: 'the last line of every run is whole',
    source: 'Airbyte protocol, NDJSON',
    test: async (session) => {
      assert.deepEqual([...session.cutLines], []);
    },
  },
  {
    number: '10.4',
    says: 'no secret of a configuration was printed, whatever failed, plain or percent-encoded',
    source: 'Airbyte CDK, secrets',
    test: async (session) => {
      assert.deepEqual([...session.leaks], []);
    },
  },
];
