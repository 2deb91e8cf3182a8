import { describe, expect, it } from 'vitest';
import { parseArguments, type Verb } from './parse-arguments.ts';

const file = { type: 'string', requiresArg: true } as const;
const VERBS: Verb[] = [
  {
    name: 'check',
    description: 'try',
    options: { config: { ...file, demandOption: true }, debug: { type: 'boolean' } },
  },
  {
    name: 'read',
    description: 'read',
    options: { config: { ...file, demandOption: true }, state: file, form: { ...file, choices: ['json', 'text'] } },
  },
  {
    name: 'state',
    description: 'states',
    options: {},
    verbs: [
      { name: 'show', description: 'show', options: {} },
      { name: 'merge', description: 'merge', options: {}, operands: { name: 'files', description: 'some' } },
      { name: 'drop', description: 'drop', options: {} },
    ],
  },
];
const SINGLE: Verb[] = [
  {
    name: '',
    description: 'sync',
    options: {
      config: { type: 'string', array: true, nargs: 1, alias: 'c' },
      version: { type: 'boolean' },
      test: { type: 'string' },
    },
  },
];
const parse = (line: string, verbs = VERBS) =>
  parseArguments(line.split(' ').filter(Boolean), { name: 'prog', version: '1.2.3', verbs });

describe('a verb with its options', () => {
  it.each([
    ['check --config a.json', { verb: 'check', values: { config: 'a.json' } }],
    ['check --config=a.json --debug', { verb: 'check', values: { config: 'a.json', debug: true } }],
    ['read --config a --config b', { verb: 'read', values: { config: 'b' } }],
    ['read --config 0123', { verb: 'read', values: { config: '0123' } }],
  ])('%s', (line, expected) => {
    expect(parse(line)).toEqual({ type: 'verb', ...expected });
  });
});

describe('a program without verbs', () => {
  it.each([
    ['', {}],
    ['-c a.json --config ENV', { config: ['a.json', 'ENV'] }],
    ['--version', { version: true }],
    ['--test=schema', { test: 'schema' }],
    ['--test --config a', { test: '', config: ['a'] }],
  ])('%s', (line, values) => {
    expect(parse(line, SINGLE)).toEqual({ type: 'verb', verb: '', values });
  });

  it('refuses what is no option', () => {
    expect(parse('--conifg a', SINGLE)).toEqual({ type: 'mistake', mistake: '--conifg: did you mean --config?' });
    expect(parse('stray', SINGLE)).toMatchObject({ type: 'mistake' });
  });
});

describe('a mistake', () => {
  it.each([
    ['', 'A verb is missing.'],
    ['chekc --config a', 'There is no verb "chekc". Did you mean check?'],
    ['frobnicate --config a', 'There is no verb "frobnicate".'],
    ['check', '--config is missing.'],
    ['check --config', '--config needs a value.'],
    ['check --confg a', '--confg: did you mean --config?'],
    ['read --config a --sate b --stae=c', '--sate: did you mean --state? --stae: did you mean --state?'],
    ['check a.json', '--config is missing. Did you mean --config a.json?'],
    ['read --config a --form csv', '--form is "csv"; expected one of "json", "text".'],
    ['state', 'state needs one of its verbs: show, merge or drop.'],
    ['state shwo', 'There is no "state shwo". Did you mean show?'],
    ['state merge', 'No file is named.'],
    ['check --config a --xyz', 'There is no option --xyz.'],
    ['read --config a extra', 'Unknown argument: extra.'],
  ])('in "%s" is answered by %s', (line, mistake) => {
    const parsed = parse(line);
    expect(parsed).toMatchObject({ type: 'mistake', mistake: expect.stringContaining(mistake) });
  });
});

describe('help and version', () => {
  it('are texts', () => {
    expect(parse('--version')).toEqual({ type: 'text', text: '1.2.3' });
    expect(parse('--help')).toMatchObject({ type: 'text', text: expect.stringMatching(/prog check\s+try/) });
    expect(parse('check --help')).toMatchObject({ type: 'text', text: expect.stringContaining('--config') });
    expect(parse('-h', SINGLE)).toMatchObject({ type: 'text', text: expect.stringContaining('--config') });
  });
});
