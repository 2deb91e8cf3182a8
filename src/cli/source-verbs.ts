import { DEFAULT_TARGET } from '../load/target.ts';
import { SETUP_VERB } from './commands/setup-verb.ts';
import type { Verb } from './parse-arguments.ts';

const file = (description: string) => ({ type: 'string', requiresArg: true, description }) as const;

const CONFIG = { ...file('The configuration, a JSON file; `spec` describes it'), demandOption: true } as const;
const SHARD = file('One part of the advertisers, such as 0/8: instead of the configuration’s shard');
const STREAMS = {
  type: 'string',
  array: true,
  description: 'Which streams, each a table; campaign_daily without it',
} as const;
const STATE = file('The state of an earlier read, a JSON file of either protocol');
const FROM = file('A database of sync, as its --to');
const DEBUG = { type: 'boolean', description: 'Log every request' } as const;
const LINES_ONLY = { type: 'boolean', description: 'Write log lines only, in a terminal, too' } as const;
const QUIET = { type: 'boolean', description: 'Write nothing but the protocol, in a terminal, too' } as const;

/** The verbs of the Airbyte protocol: they answer on standard output, mistakes included. */
export const PROTOCOL_VERBS: readonly Verb[] = [
  { name: 'spec', description: 'Print what can be configured', options: { debug: DEBUG, quiet: QUIET } },
  {
    name: 'check',
    description: 'Try the configuration: token, app, advertisers, permissions',
    options: { config: CONFIG, debug: DEBUG, quiet: QUIET },
    examples: [['$0 check --config config.json', 'Which advertisers can be read']],
  },
  {
    name: 'discover',
    description: 'Print the catalog: the streams and their columns',
    options: { config: CONFIG, debug: DEBUG, quiet: QUIET },
  },
  {
    name: 'read',
    description: 'Print the records that are missing since the given state',
    options: {
      config: CONFIG,
      catalog: file('The configured catalog, a JSON file; without it campaign_daily is read, incrementally'),
      state: file('The state of an earlier read, a JSON file'),
      shard: SHARD,
      debug: DEBUG,
      quiet: QUIET,
    },
    examples: [['$0 read --config config.json > records.jsonl', 'All of campaign_daily, each record a line']],
  },
];

/** The verbs for people: they answer in plain text. */
export const PEOPLE_VERBS: readonly Verb[] = [
  SETUP_VERB,
  {
    name: 'sync',
    description: 'Keep the table in a database, without an orchestrator',
    options: {
      config: CONFIG,
      to: {
        ...file('Where: a DuckDB file, postgresql://USER@HOST/DATABASE?schema=SCHEMA, or csv:FOLDER'),
        default: DEFAULT_TARGET,
      },
      streams: STREAMS,
      shard: SHARD,
      since: file('Read this day and all after it again, YYYY-MM-DD'),
      refresh: {
        type: 'boolean',
        description: 'Read everything again, into a new table that takes the place of the old',
      },
      numbers: {
        type: 'string',
        requiresArg: true,
        choices: ['decimal', 'double'],
        default: 'decimal',
        description: 'How a new table keeps rates and money: to the last digit, or as floats',
      },
      debug: DEBUG,
      quiet: LINES_ONLY,
    },
    examples: [
      ['$0 sync --config config.json', 'The table campaign_daily in the file tiktok-ads.duckdb'],
      ['$0 sync --config config.json --to postgresql://loader@db/ads', 'In PostgreSQL'],
    ],
  },
  {
    name: 'query',
    description: 'Answer SQL from a DuckDB file of sync',
    options: { from: { ...file('The file'), default: DEFAULT_TARGET } },
    operands: { name: 'files', description: 'Files of SQL; a statement ends with a semicolon at the end of a line' },
    examples: [['$0 query queries.sql', 'From tiktok-ads.duckdb']],
  },
  {
    name: 'catalog',
    description: 'Print a catalog for read: streams with all their columns',
    options: { config: CONFIG, streams: STREAMS },
    examples: [['$0 catalog --config config.json > catalog.json', 'Then: read --catalog catalog.json']],
  },
  {
    name: 'plan',
    description: 'Tell what a read would ask for, and how long it takes',
    options: {
      config: CONFIG,
      catalog: file('The streams to plan, a catalog of either protocol; without it those that are read by default'),
      state: file('The state of an earlier read, a JSON file of either protocol'),
      shard: SHARD,
      shards: { type: 'number', requiresArg: true, description: 'Also tell what each of so many shards would ask for' },
      json: { type: 'boolean', description: 'As JSON' },
      debug: DEBUG,
    },
  },
  {
    name: 'status',
    description: 'Tell what has been read of each advertiser, what is missing, and whether reading can go on',
    epilogue:
      'Exit code 0: all is in order; 1: days are overdue, an advertiser can no longer be read, or the last run failed; 2: ' +
      'it cannot be told.',
    options: {
      config: file('The configuration, a JSON file'),
      folder: file('A folder that setup made: it knows its configuration, its state and its timer'),
      state: STATE,
      from: FROM,
      shard: SHARD,
      offline: { type: 'boolean', description: 'Ask TikTok nothing' },
      all: { type: 'boolean', description: 'List each advertiser, also where there are many and they are in order' },
      json: { type: 'boolean', description: 'As JSON, each advertiser' },
      debug: DEBUG,
    },
    examples: [
      ['$0 status --config config.json --state state.json', 'Of a pipeline of your own'],
      ['$0 status --config config.json --from tiktok-ads.duckdb', 'Of sync'],
      ['$0 status --folder tiktok --offline', 'For a monitor'],
    ],
  },
  {
    name: 'state',
    description: 'Show, change and move the states that reads leave',
    options: {},
    verbs: [
      {
        name: 'show',
        description: 'Print what a state says has been read',
        options: { state: STATE, from: FROM },
      },
      {
        name: 'remove',
        description: 'Take advertisers out of a state: the next read brings them again from the first day on',
        options: {
          state: STATE,
          from: FROM,
          advertiser: {
            type: 'string',
            array: true,
            requiresArg: true,
            demandOption: true,
            description: 'Their ids',
          },
          streams: { type: 'string', array: true, description: 'Of these streams only' },
        },
        examples: [['$0 state remove --state state.json --advertiser 7100000000000000019', 'Read one again']],
      },
      {
        name: 'export',
        description: 'Print the state of a database of sync, for a read under Airbyte or Singer to go on from',
        options: {
          from: { ...FROM, demandOption: true },
          format: {
            type: 'string',
            requiresArg: true,
            choices: ['airbyte', 'singer'],
            default: 'airbyte',
            description: 'Whose form it has',
          },
        },
        examples: [['$0 state export --from tiktok-ads.duckdb > state.json', 'Then: read --state state.json']],
      },
      {
        name: 'import',
        description: 'Let sync go on where a read under Airbyte or Singer ended, in a database without a state',
        options: {
          config: CONFIG,
          state: { ...STATE, demandOption: true },
          into: { ...file('A database, as the --to of sync'), demandOption: true },
        },
        examples: [['$0 state import --config config.json --state state.json --into tiktok-ads.duckdb', 'Then: sync']],
      },
      {
        name: 'merge',
        description: 'Print what several states say together: those of all shards, or of one advertiser read twice',
        options: {},
        operands: {
          name: 'files',
          description: 'State files of either protocol; the result is in the form of the first',
        },
        examples: [['$0 state merge shard-*.json > state.json', 'One state of all shards']],
      },
    ],
  },
  {
    name: 'advertisers',
    description: 'List the advertisers that the token can see',
    options: { config: CONFIG, shard: SHARD, json: { type: 'boolean', description: 'As JSON' }, debug: DEBUG },
  },
  {
    name: 'emulator',
    description: 'Run a TikTok on this machine, to try and to test with',
    options: {
      host: { ...file('Where it listens'), default: '127.0.0.1' },
      port: { type: 'number', requiresArg: true, description: 'Where it listens; 0 takes a free one', default: 8787 },
      scenario: file(
        'Which faults it has, and when: a JSON file, or the name of a ready scenario (a wrong one lists them)',
      ),
      seed: {
        type: 'number',
        requiresArg: true,
        description: 'What its data are made from; the same seed, the same data',
      },
      now: file(
        'Its clock at the start, such as 2026-03-15T12:00:00Z; it ticks on. Without it, the time of this machine',
      ),
    },
    examples: [
      ['$0 emulator --now 2026-03-15T12:00:00Z', 'The same advertisers and figures every time'],
      ['$0 emulator --scenario a-bad-day', 'A TikTok that has a bad day'],
    ],
  },
  {
    name: 'demo',
    description: 'See all of it work, without a TikTok account and without a network',
    options: { folder: file('Where its files go; a new folder among the temporary ones without it') },
  },
];
