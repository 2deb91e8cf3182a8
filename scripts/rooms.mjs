// The rooms of src/: what each knows, and what it imports. From here come the linter's rules (import-rules.generated.json),
// the table in ARCHITECTURE.md, and what integration_tests/repository/imports.test.ts expects.

const REPORT_ROOMS = ['sync', 'streams', 'tiktok', 'config', 'wire', 'json'];

/**
 * - `imports`: the rooms that it may import
 * - `knows`, `never`: for ARCHITECTURE.md
 *
 * @type {Readonly<Record<string, { imports: readonly string[], knows: string, never: string }>>}
 */
export const ROOMS = {
  cli: {
    imports: ['airbyte', 'singer', 'load', 'setup', 'emulator', 'terminal', ...REPORT_ROOMS],
    knows: 'the arguments and exit codes of the two programs; the commands for people',
    never: 'know what TikTok is, write protocol lines',
  },
  airbyte: {
    imports: REPORT_ROOMS,
    knows: 'the Airbyte protocol: messages, catalog, state envelope, four verbs',
    never: 'know Singer, HTTP',
  },
  singer: {
    imports: REPORT_ROOMS,
    knows: 'the Singer protocol: the same jobs',
    never: 'know Airbyte, HTTP',
  },
  load: {
    imports: REPORT_ROOMS,
    knows: 'databases: tables, rows written once, the state beside them',
    never: 'know a protocol, HTTP',
  },
  setup: {
    imports: ['load', 'terminal', ...REPORT_ROOMS],
    knows:
      'from an app id to a scheduled collection: `session` (what was decided), `access` (what TikTok says), `tries` (whether what it needs is here), `result` (what is written), `first-load`, and its faces: `browser` with `page`, `terminal`, flags',
    never: "know sync's insides",
  },
  sync: {
    imports: ['streams', 'tiktok', 'config', 'wire', 'json'],
    knows: 'what to read (plan), what has been read (coverage), reading it (run), what can be read (access)',
    never: 'know a protocol, a column, HTTP',
  },
  streams: {
    imports: ['tiktok', 'config'],
    knows: "what a daily report stream is; each stream's definition; a row of texts → a record",
    never: 'know state, protocols',
  },
  tiktok: {
    imports: ['json', 'wire'],
    knows: 'the API: client, quota, errors, advertisers, reports, OAuth, redaction',
    never: 'know streams, protocols',
  },
  config: {
    imports: ['tiktok', 'json'],
    knows: '`spec.json` → a checked, typed `Config`; of `tiktok` what a quota is',
    never: 'know who uses a value',
  },
  json: { imports: [], knows: 'JSON values: what they are, in code and in words', never: 'know whose a value is' },
  wire: {
    imports: [],
    knows:
      'the process: stdout, signals, memory; lines with back-pressure, EPIPE, bounded flush; control characters made visible',
    never: 'know what a line says',
  },
  terminal: {
    imports: ['wire'],
    knows: 'texts → tables and bars of terminal cells',
    never: 'know what the texts are about',
  },
  emulator: {
    imports: [],
    knows: 'a TikTok on this machine, as documented',
    never: 'import anything of the rest but the schemas',
  },
  testing: {
    imports: ['emulator', ...REPORT_ROOMS],
    knows: 'scripted props; only tests, benchmarks and `integration_tests` import it',
    never: 'run in a program',
  },
};

/** The list of the streams: the one file of its room with a rule of its own. */
const STREAM_LIST = '**/streams/all-streams.ts';
export const STREAM_LIST_READERS = ['cli', 'testing'];

/** A configuration of Biome that `biome.json` extends: one rule a room; tests may import everything. */
export function importRules() {
  const overrides = Object.entries(ROOMS).map(([room, { imports }]) => {
    const closed = Object.keys(ROOMS).filter((other) => other !== room && !imports.includes(other));
    const group = closed.map((other) => `**/${other}/**`);
    if (!STREAM_LIST_READERS.includes(room)) group.push(STREAM_LIST);
    const allowed = imports.length === 0 ? 'no other room' : `of the other rooms ${imports.join(', ')} only`;
    const message = `src/${room} imports ${allowed}: see ARCHITECTURE.md.`;
    const options = { patterns: [{ group, message }] };
    return {
      includes: [`src/${room}/**`, '!**/*.test.ts'],
      linter: { rules: { style: { noRestrictedImports: { level: 'error', options } } } },
    };
  });
  return `${JSON.stringify({ overrides }, undefined, 2)}\n`;
}

/** The table of ARCHITECTURE.md. */
export function roomTables() {
  const rows = Object.entries(ROOMS).map(
    ([room, { imports, knows, never }]) =>
      `| \`src/${room}\` | ${knows} | ${never} | ${imports.join(', ') || 'no other room'} |`,
  );
  return [['rooms', ['| room | knows | never does | imports |', '| --- | --- | --- | --- |', ...rows].join('\n')]];
}
