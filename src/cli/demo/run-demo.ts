import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { configuredCatalogOf } from '../../airbyte/catalog.ts';
import { startEmulator } from '../../emulator/start-emulator.ts';
import { loadDuckDb } from '../../load/duckdb/load-duckdb.ts';
import { streams as allStreams } from '../../streams/all-streams.ts';
import { createPaint } from '../../terminal/paint.ts';
import { wrap } from '../../terminal/wrap.ts';
import { CommandError } from '../command-error.ts';
import { CampaignTable, type Difference } from './campaign-table.ts';
import { countValues, describeAccounts, describeRestated, describeSample, describeSpend } from './describe-table.ts';
import queries from './queries.sql?raw';
import { type Message, runStep } from './run-step.ts';

/** A fixed seed and time, so that every demo shows the same figures. */
const SEED = 7;
const NOW = '2026-03-15T18:00:00Z';
const START_DATE = '2026-01-01';
const LOOKBACK_DAYS = 7;

const CHART_DAYS = 14;

/** Before each line that belongs to a step. */
const INDENT = ' '.repeat(5);

const CONFIG = ['--config', 'config.json'];
/** Differs from the default name of `sync`, because --folder may name a folder that `sync` uses. */
const DATABASE = 'demo.duckdb';
const SYNC = ['sync', ...CONFIG, '--to', DATABASE];
const QUERY = ['query', '--from', DATABASE, 'queries.sql'];

const defaultStreams = allStreams.filter(({ isDefault }) => isDefault);

/**
 * The verb `demo`: the whole way of the data on this machine, without a TikTok account or a network. Starts the emulator,
 * runs this program in separate processes (check, discover, read), moves TikTok's clock by a day, reads again with the
 * state of the first read, and ends in a DuckDB file that answers questions.
 *
 * @param folder where the files go; a new one in the system's temporary folder when absent
 * @returns the exit code
 * @throws CommandError when the folder cannot be written to
 */
export async function runDemo({ folder: wanted }: { folder: string | undefined }): Promise<number> {
  const { stdout } = process;
  const paint = createPaint(stdout);
  const print = (line = '') => stdout.write(`${wrap(line, stdout.columns)}\n`);
  /** A command is left to the terminal to break, which gives it back whole when it is copied. */
  const printCommand = (line: string) => stdout.write(`${line}\n`);
  const width = stdout.columns ? stdout.columns - INDENT.length : undefined;
  const program = process.argv[1] ?? 'source-tiktok-ads';
  const folder = openFolder(wanted);
  const path = (name: string) => join(folder, name);
  const write = (name: string, value: unknown) =>
    writeFileSync(path(name), `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });

  const begun = performance.now();
  const tiktok = await startEmulator({ seed: SEED, now: NOW, ticking: false });
  try {
    print();
    print(paint.bold('TikTok Ads → campaign_daily, on this machine: no TikTok account, no network.'));
    print(
      paint.dim(
        `A TikTok made up from seed ${SEED} answers at ${tiktok.origin}; there it is ${clockText(tiktok.clock.now())}.`,
      ),
    );
    print();
    write(
      'config.json',
      tiktok.config({ start_date: START_DATE, lookback_days: LOOKBACK_DAYS, advertiser_columns: true }),
    );

    const commandOf = (args: readonly string[]) => [nameOf(program, folder), ...args].join(' ');
    const step = async (number: number, title: string, args: readonly string[], output?: string): Promise<string[]> => {
      const requestsBefore = tiktok.requestCount;
      const lines: string[] = [];
      const onLine = (line: string) => lines.push(line);
      const { seconds } = await runStep(args, { program, folder, output, onLine });
      const requests = tiktok.requestCount - requestsBefore;
      const cost = `${seconds.toFixed(1)} s, ${requests === 0 ? 'no' : requests} ${requests === 1 ? 'request' : 'requests'}`;
      print(`${paint.good('✓')} ${paint.bold(`${number}  ${title}`)}  ${paint.dim(cost)}`);
      printCommand(`${INDENT}${paint.dim(`$ ${commandOf(args)}`)}`);
      return lines;
    };
    const ask = async (...[number, title, args, output]: Required<Parameters<typeof step>>): Promise<Message[]> =>
      (await step(number, title, args, output)).map((line) => JSON.parse(line) as Message);
    const say = (...lines: string[]) => {
      for (const line of lines) print(line === '' ? '' : `${INDENT}${line}`);
    };
    const show = (lines: readonly string[]) => {
      const [titles = '', ...rows] = lines;
      say(paint.dim(titles), ...rows, '');
    };

    for (const { connectionStatus } of await ask(1, 'check', ['check', ...CONFIG], 'check.jsonl')) {
      if (connectionStatus) say(...`${connectionStatus.status}: ${connectionStatus.message}`.split('\n'), '');
    }
    for (const { catalog } of await ask(2, 'discover', ['discover', ...CONFIG], 'discover.jsonl')) {
      if (catalog) say(...catalog.streams.map(describeStream), '');
    }
    write('catalog.json', configuredCatalogOf(defaultStreams, { advertiserColumns: true, additionalMetrics: [] }));

    const table = new CampaignTable();
    const read = async (number: number, title: string, state: readonly string[] = []): Promise<Difference> => {
      const args = ['read', ...CONFIG, '--catalog', 'catalog.json', ...state];
      const messages = await ask(number, title, args, `records-${number - 2}.jsonl`);
      write(`state-${number - 2}.json`, [messages.findLast(({ state }) => state)?.state]);
      return table.upsert(messages.flatMap(({ record }) => (record ? [record.data] : [])));
    };

    const first = await read(3, 'read');
    say(
      `${count(first.added.length)} rows, one for each campaign and day, up to today in each advertiser's time zone:`,
      '',
    );
    show(describeAccounts(first.added, width));
    say(`The newest full day, with some of the ${Object.keys(first.added[0] ?? {}).length} columns:`, '');
    show(describeSample(first.added, width));

    tiktok.clock.advanceDays(1);
    print(
      `  ${paint.accent(`A day goes by: it is ${clockText(tiktok.clock.now())}. Conversions of the last days have come in meanwhile.`)}`,
    );
    print();
    const second = await read(4, 'read, with the state of the first', ['--state', 'state-1.json']);
    const reread = second.changed.length + second.unchanged;
    say(
      `${count(second.added.length + reread)} rows: ${count(second.added.length)} new, and ${count(reread)} of the last ` +
        `${LOOKBACK_DAYS} days and today read again.`,
      `Of these ${count(second.changed.length)} had changed, in ${count(countValues(second.changed))} figures. Some of them:`,
      '',
    );
    show(describeRestated(second.changed, 5, width));

    // One advertiser: money of several currencies cannot be added up.
    const chartOf = table.rows.find((row) => row.currency === 'USD') ?? table.rows[0];
    if (chartOf) {
      say(paint.dim(`Spend by day of ${String(chartOf.advertiser_name)}, ${String(chartOf.currency)}`));
      say(
        ...describeSpend(
          table.rows.filter((row) => row.advertiser_id === chartOf.advertiser_id),
          CHART_DAYS,
        ),
        '',
      );
    }

    const differences = table.differencesFrom(tiktok.expectedRows({ from: START_DATE, to: '2026-12-31' }));
    if (differences > 0) {
      print(`${differences} rows differ from what TikTok has. That must not be: please report it, with ${folder}.`);
      return 1;
    }
    const syncTitle = 'sync, the same table in a database, without an orchestrator';
    const missing = await loadDuckDb().then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (missing === undefined) {
      rmSync(path(DATABASE), { force: true });
      say(...(await step(5, syncTitle, SYNC)), '');
      writeFileSync(path('queries.sql'), queries);
      const answers = await step(6, 'query, three questions to it', QUERY);
      say('', ...answers.map((line) => (line.startsWith('--') ? paint.accent(line) : line)));
    } else {
      print(`–  5  ${syncTitle}`);
      say(missing, '');
    }

    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    print(
      paint.bold(
        `${count(table.rows.length)} rows in the table, each figure as TikTok has it now: ` +
          `${tiktok.requestCount} requests, ${seconds} s.`,
      ),
    );
    print();
    if (missing === undefined) {
      print('To ask the three questions again, or others that you put into queries.sql:');
      print();
      printCommand(`  cd ${quoted(folder)} && ${commandOf(QUERY)}`);
      print();
    }
    const name = nameOf(program);
    print(`All files are in ${paint.accent(folder)}. To go on by hand, in two terminals:`);
    print();
    printCommand(
      `  ${name} emulator --port ${new URL(tiktok.origin).port} --seed ${SEED} --now ${tiktok.clock.now().toISOString()}`,
    );
    print();
    printCommand(`  cd ${quoted(folder)}`);
    printCommand(`  ${commandOf(['check', ...CONFIG])}`);
    printCommand(`  ${commandOf(['read', ...CONFIG, '--catalog', 'catalog.json', '--state', 'state-2.json'])}`);
    if (missing === undefined) printCommand(`  ${commandOf(SYNC)}`);
    print();
    return 0;
  } finally {
    await tiktok.close();
  }
}

function openFolder(wanted: string | undefined): string {
  try {
    const folder = resolve(wanted ?? mkdtempSync(join(tmpdir(), 'source-tiktok-ads-demo-')));
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (error) {
    const place = wanted === undefined ? `A new folder in ${tmpdir()}` : `The folder ${wanted}`;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const reason = code === 'EEXIST' ? 'there is a file of that name' : `it cannot be written to (${code})`;
    throw new CommandError([`${place} cannot be used: ${reason}. Choose another with --folder.`], { cause: error });
  }
}

function describeStream(stream: { readonly [key: string]: unknown }): string {
  const { properties } = stream.json_schema as { properties: object };
  const key = (stream.source_defined_primary_key as string[][]).flat().join(' + ');
  return `${String(stream.name)}: ${Object.keys(properties).length} columns, one row for each ${key}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function clockText(instant: Date): string {
  return `${instant.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** How a person would call this program from a folder. */
function nameOf(program: string, from = process.cwd()): string {
  if (!program.endsWith('.js')) return 'source-tiktok-ads';
  const path = relative(from, program);
  return `node ${quoted(from === process.cwd() && !path.startsWith('..') ? path : program)}`;
}

function quoted(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
