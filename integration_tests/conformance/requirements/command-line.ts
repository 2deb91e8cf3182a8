import assert from 'node:assert/strict';
import { assertExitCode, errorsOf, lastWordsOf, ofType, type Requirement, recordsOf } from '../requirement.ts';

export const commandLine: readonly Requirement[] = [
  {
    number: '1.1',
    says: 'spec needs no argument, prints exactly one SPEC and ends with 0',
    source: 'Airbyte protocol, spec; platform, sidecar',
    test: async (session) => {
      const run = await session.spec();
      assertExitCode(run, 0);
      assert.equal(ofType(run, 'SPEC').length, 1);
    },
  },
  {
    number: '1.2',
    says: 'SPEC is within the first ten lines and 2 MiB',
    source: 'Airbyte platform, protocol detection',
    test: async (session) => {
      const { lines, messages } = await session.spec();
      const index = messages.findIndex(({ type }) => type === 'SPEC');
      assert.ok(index >= 0 && index < 10, `SPEC is line ${index + 1}`);
      assert.ok(Buffer.byteLength(lines.slice(0, index + 1).join('\n')) < 2 * 2 ** 20);
    },
  },
  {
    number: '1.3',
    says: 'files may have any ending and be read-only, and the working directory may be any',
    source: 'PyAirbyte (.txt, mode 0444); Airbyte platform',
    test: async (session) => {
      const catalog = await session.catalog();
      const files = { config: session.config, catalog, state: [] };
      const run = await session.run({ verb: 'read', ending: '.txt', files });
      assertExitCode(run, 0);
      assert.equal(recordsOf(run).length, recordsOf(await session.firstRead()).length);
    },
  },
  {
    number: '1.4',
    says: 'each verb prints its own messages, LOG, TRACE and CONTROL, and nothing else',
    source: 'Airbyte protocol, command line',
    test: async (session) => {
      const runs = {
        SPEC: await session.spec(),
        CONNECTION_STATUS: await session.check(),
        CATALOG: await session.discover(),
        'RECORD STATE': await session.firstRead(),
      };
      for (const [own, { messages }] of Object.entries(runs)) {
        const allowed = [...own.split(' '), 'LOG', 'TRACE', 'CONTROL'];
        const foreign = messages.filter(({ type }) => !allowed.includes(type)).map(({ type }) => type);
        assert.deepEqual([...new Set(foreign)], [], `beside ${own}`);
      }
    },
  },
  {
    number: '1.5',
    says: 'nothing is written to standard error in a run without failures: platforms show it as errors',
    source: 'Airbyte platform, stderr of a source',
    test: async (session) => {
      for (const run of [await session.spec(), await session.discover(), await session.firstRead()]) {
        assert.equal(run.stderr, '');
      }
    },
  },
  {
    number: '1.6',
    says: 'a verb without an argument that it needs ends with another code than 0 and says what is missing',
    source: 'Airbyte protocol, command line',
    test: async (session) => {
      const run = await session.run({ verb: 'read', files: { catalog: await session.catalog() } });
      assert.notEqual(run.exitCode, 0);
      const said = `${errorsOf(run).map(({ message }) => message)} ${run.stderr}`;
      assert.match(said, /config/);
      assert.equal(recordsOf(run).length, 0);
    },
  },
  {
    number: '1.7',
    says: 'a verb that does not exist ends with another code than 0',
    source: 'Airbyte protocol, command line',
    test: async (session) => {
      const run = await session.run({ verb: 'write' });
      assert.notEqual(run.exitCode, 0);
      assert.equal(ofType(run, 'SPEC').length, 0);
    },
  },
  {
    number: '1.8',
    says: '--debug is accepted by every verb',
    source: 'Airbyte CDK, entrypoint',
    test: async (session) => {
      const config = session.config;
      const runs = [
        await session.run({ verb: 'spec', args: ['--debug'] }),
        await session.run({ verb: 'check', files: { config }, args: ['--debug'] }),
        await session.run({ verb: 'discover', files: { config }, args: ['--debug'] }),
        await session.run({ verb: 'read', files: { config, catalog: await session.catalog() }, args: ['--debug'] }),
      ];
      for (const run of runs) assert.equal(run.exitCode, 0, lastWordsOf(run));
    },
  },
];
