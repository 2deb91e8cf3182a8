import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseArguments } from './parse-arguments.ts';
import { readArguments } from './read-arguments.ts';
import { PEOPLE_VERBS, PROTOCOL_VERBS } from './source-verbs.ts';
import { TAP } from './tap-verb.ts';

const SOURCE = { name: 'source', version: '1', verbs: [...PROTOCOL_VERBS, ...PEOPLE_VERBS] };
const SINGER_TAP = { name: 'tap', version: '1', verbs: [TAP] };
const PROGRAMS = [SOURCE, SINGER_TAP];
const anyWord = fc.constantFrom(
  ...[
    'read',
    'check',
    'spec',
    'plan',
    'state',
    'merge',
    'demo',
    'emulator',
    'file.json',
    '',
    '-',
    '--',
    '-c',
    '-s',
    '-h',
    '--help',
  ],
  ...[
    '--config',
    '--config=a',
    '--config=',
    '--catalog',
    '--catalog=b',
    '--state',
    '-cfile',
    '--conf',
    '--debug',
    '-d',
  ],
  ...[
    '--debug=true',
    '--no-debug',
    '--discover',
    '--test',
    '--test=schema',
    '--about',
    '--format',
    'json',
    '--port',
    '7',
  ],
);

it('any command line says the same whether or not the large parser was needed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyWord, { maxLength: 7 }), fc.constantFrom(...PROGRAMS), async (args, program) => {
      expect(await readArguments(args, program)).toEqual(parseArguments(args, program));
    }),
    {
      numRuns: 200,
      examples: [
        [['read', '--config', 'a', '--catalog', 'b', '--state=c', '--debug'], SOURCE],
        [['read', '--config', 'a', '--config', 'b', '--catalog', 'c'], SOURCE],
        [['--test', '-'], SINGER_TAP],
        [['--test', '-', '--test=schema'], SINGER_TAP],
      ],
    },
  );
});
