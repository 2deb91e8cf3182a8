import { parseConfiguredCatalog } from '../../airbyte/configured-catalog.ts';
import type { Config } from '../../config/config.ts';
import { parseConfig } from '../../config/parse-config.ts';
import { readJsonFile } from '../../config/read-json-file.ts';
import { SHARDS_MAX, shardOf } from '../../config/shard.ts';
import { describeReport } from '../../singer/catalog.ts';
import { selectFrom } from '../../singer/selection.ts';
import type { ReportStream } from '../../streams/stream.ts';
import { datesOf } from '../../sync/failure.ts';
import { durationText } from '../../sync/ledger/progress.ts';
import { counted } from '../../sync/ledger/summary.ts';
import { type AdvertiserPlan, planRun, type RunPlan, requestsPerSecond } from '../../sync/plan.ts';
import { type AdvertiserSelection, NONE_LEFT, selectAdvertisers } from '../../sync/select.ts';
import { parseState } from '../../sync/state.ts';
import { drawTable } from '../../terminal/draw-table.ts';
import { wrap } from '../../terminal/wrap.ts';
import { CommandError } from '../command-error.ts';
import type { Print } from './advertisers.ts';
import { askTikTok } from './ask-tiktok.ts';
import { stateOfStream } from './state-of-stream.ts';

interface PlanOptions {
  readonly configPath: string;
  readonly statePath: string | undefined;
  readonly shard: string | undefined;
  /** Also tell what each of this many shards would ask for. */
  readonly shards: number | undefined;
  readonly json: boolean;
  readonly debug: boolean;
  /** A catalog of either protocol, which selects the streams; without one, those that are read by default are planned. */
  readonly catalogPath: string | undefined;
  /** All streams. */
  readonly streams: readonly ReportStream[];
}

interface StreamPlan extends RunPlan {
  readonly stream: string;
  readonly advertisers: readonly AdvertiserPlan[];
}

/**
 * The verb `plan`: what a read with this configuration and state would ask for, and how long it takes at the quota. It
 * asks TikTok for the advertisers and their zones only.
 *
 * @returns the exit code: 1 when a chosen advertiser cannot be read
 * @throws ConfigError, InputFileError, StateError, TikTokError; CommandError when no advertiser is left to read
 */
export async function printPlan(options: PlanOptions, print: Print): Promise<number> {
  const { configPath, statePath, shard } = options;
  const shardCount = checkedCount(options.shards);
  const config = parseConfig(readJsonFile(configPath, 'config'), { shard });
  const state = statePath === undefined ? undefined : readJsonFile(statePath, 'state');
  const coverages = chosenStreams(options, config).map((stream) => ({
    stream,
    coverage: parseState(stateOfStream(state, stream.name)),
  }));
  const { selection, now } = await askTikTok(config, options, async (client) => ({
    selection: await selectAdvertisers(config, client, new AbortController().signal),
    now: client.now(),
  }));
  if (selection.isEmpty) throw new CommandError([NONE_LEFT]);
  const plans = coverages.map(({ stream, coverage }): StreamPlan => {
    const plan = planRun({ config, stream, selection, coverage, now });
    return { ...plan, stream: stream.name, advertisers: [...plan.advertisers] };
  });
  const shards = shardCount === undefined ? undefined : planOfShards(plans, shardCount);
  const warnings = [...new Set([...config.warnings, ...plans.flatMap((plan) => plan.warnings)])];
  if (options.json) print(JSON.stringify(planAsJson(config, plans, { selection, warnings, shards }), undefined, 2));
  else {
    const say = (sentence: string) => print(wrap(sentence, process.stdout.columns));
    if (plans.some(({ advertiserCount }) => advertiserCount > 0)) for (const line of planTable(plans)) print(line);
    for (const { message } of selection.unavailable) say(message);
    for (const warning of warnings) say(warning);
    if (shards) for (const line of shardTable(shards)) print(line);
    if (plans.length > 1) for (const line of streamTable(plans)) print(line);
    say(summaryOf(config, plans));
  }
  return selection.unavailable.length > 0 && config.unavailableAdvertisers === 'fail' ? 1 : 0;
}

/** @throws CatalogError, UsageError for a catalog that a read would refuse */
function chosenStreams({ catalogPath, streams }: PlanOptions, config: Config): readonly ReportStream[] {
  if (catalogPath === undefined) return streams.filter(({ isDefault }) => isDefault);
  const catalog = readJsonFile(catalogPath, 'catalog');
  const [first] = (catalog as { streams?: readonly { stream?: unknown }[] } | null)?.streams ?? [];
  if (typeof first?.stream === 'object')
    return parseConfiguredCatalog(catalog, { streams, columns: config }).streams.map(({ stream }) => stream);
  const { streams: selected } = selectFrom(
    catalog,
    streams.map((stream) => describeReport(stream, config)),
  );
  return streams.filter(({ name }) => selected.some(({ stream }) => stream.name === name));
}

function checkedCount(shards: number | undefined): number | undefined {
  if (shards === undefined || (Number.isInteger(shards) && shards >= 1 && shards <= SHARDS_MAX)) return shards;
  const given = Number.isNaN(shards) ? 'no number' : shards;
  throw new CommandError([`--shards is ${given}; expected a whole number from 1 to ${SHARDS_MAX}.`]);
}

interface ShardPlan {
  /** The shard, as `--shard` takes it. */
  readonly shard: string;
  readonly advertisers: number;
  readonly requests: number;
}

function planOfShards(plans: readonly StreamPlan[], count: number): ShardPlan[] {
  const shards = Array.from({ length: count }, (_, index) => ({
    shard: `${index}/${count}`,
    ids: new Set<string>(),
    requests: 0,
  }));
  for (const { advertiser, windows } of plans.flatMap(({ advertisers }) => advertisers)) {
    const shard = shards[shardOf(advertiser.id, count)];
    if (!shard) continue;
    shard.ids.add(advertiser.id);
    shard.requests += windows;
  }
  return shards.map(({ shard, ids, requests }) => ({ shard, advertisers: ids.size, requests }));
}

/** The JSON for schedulers: what is to be read of each advertiser, and what each shard would ask for. */
function planAsJson(
  config: Config,
  plans: readonly StreamPlan[],
  rest: { selection: AdvertiserSelection; warnings: readonly string[]; shards: readonly ShardPlan[] | undefined },
) {
  return {
    advertisers: plans.flatMap(({ stream, advertisers }) =>
      advertisers.map(({ advertiser: { id, name, timezone }, pass, days, windows }) => ({
        stream,
        id,
        name,
        timezone,
        windows: [pass.forward, pass.backward].flatMap((range) => (range ? [{ from: range.from, to: range.to }] : [])),
        days,
        requests: windows,
      })),
    ),
    streams: plans.map(({ stream, windows, requests }) => ({ stream, windows, requests })),
    unavailable: rest.selection.unavailable.map(({ advertiserId, message }) => ({ id: advertiserId, message })),
    warnings: rest.warnings,
    requests: sumOf(plans, 'requests'),
    requests_per_second: requestsPerSecond(config.quota),
    seconds: sumOf(plans, 'seconds'),
    shards: rest.shards,
  };
}

function planTable(plans: readonly StreamPlan[]): string[] {
  const isOne = plans.length === 1;
  // Only a read whose start_date is earlier than before has a second range.
  const hasBackward = plans.some(({ advertisers }) => advertisers.some(({ pass }) => pass.backward));
  return drawTable(
    [
      ...(isOne ? [] : [{ title: 'stream' }]),
      { title: 'advertiser_id' },
      { title: 'name', widthMax: 40, widthMin: 16 },
      { title: 'timezone', widthMin: 12, isDispensable: true },
      { title: 'to read' },
      ...(hasBackward ? [{ title: 'then', isDispensable: true }] : []),
      { title: 'days', align: 'right' },
      { title: 'windows', align: 'right' },
    ],
    plans.flatMap(({ stream, advertisers }) =>
      advertisers.map(({ advertiser, pass, days, windows }) => [
        ...(isOne ? [] : [stream]),
        advertiser.id,
        advertiser.name ?? '?',
        advertiser.timezone ?? '?',
        pass.forward ? datesOf(pass.forward) : 'nothing',
        ...(hasBackward ? [pass.backward ? datesOf(pass.backward) : ''] : []),
        String(days),
        String(windows),
      ]),
    ),
    process.stdout.columns,
  );
}

function shardTable(shards: readonly ShardPlan[]): string[] {
  return drawTable(
    [{ title: 'shard' }, { title: 'advertisers', align: 'right' }, { title: 'requests', align: 'right' }],
    shards.map(({ shard, advertisers, requests }) => [shard, String(advertisers), String(requests)]),
  );
}

function streamTable(plans: readonly StreamPlan[]): string[] {
  return drawTable(
    [{ title: 'stream' }, { title: 'requests', align: 'right' }],
    plans.map(({ stream, requests }) => [stream, requests.toLocaleString('en-US')]),
  );
}

function sumOf(plans: readonly RunPlan[], figure: 'days' | 'windows' | 'requests' | 'seconds'): number {
  return plans.reduce((sum, plan) => sum + plan[figure], 0);
}

function summaryOf({ quota }: Config, plans: readonly StreamPlan[]): string {
  const ids = new Set(plans.flatMap(({ advertisers }) => advertisers.map(({ advertiser }) => advertiser.id)));
  return (
    `${counted(ids.size, 'advertiser')}, ${counted(sumOf(plans, 'days'), 'advertiser day')}, ` +
    `${counted(sumOf(plans, 'windows'), 'window')}: at least ${counted(sumOf(plans, 'requests'), 'request')} ` +
    `(one more for every further 1,000 rows of a window), ${durationText(sumOf(plans, 'seconds'))} at ` +
    `${Number(requestsPerSecond(quota).toFixed(2)).toLocaleString('en-US')} requests a second.`
  );
}
