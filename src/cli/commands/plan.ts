import type { Config } from '../../config/config.ts';
import { parseConfig } from '../../config/parse-config.ts';
import { readJsonFile } from '../../config/read-json-file.ts';
import { SHARDS_MAX } from '../../config/shard.ts';
import { connect } from '../../sync/connect.ts';
import { datesOf } from '../../sync/failure.ts';
import { durationText } from '../../sync/ledger/progress.ts';
import { counted } from '../../sync/ledger/summary.ts';
import { planRun, type RunPlan, requestsPerSecond } from '../../sync/plan.ts';
import { NONE_LEFT, type Selection, selectAdvertisers } from '../../sync/select.ts';
import { shardOf } from '../../sync/shard.ts';
import { parseState } from '../../sync/state.ts';
import { drawTable } from '../../terminal/draw-table.ts';
import { CommandError } from '../command-error.ts';
import type { Print } from './advertisers.ts';
import { stateOfStream } from './state-of-stream.ts';

interface PlanOptions {
  readonly configPath: string;
  readonly statePath: string | undefined;
  readonly shard: string | undefined;
  /** Tell, too, what each of so many shards would ask for. */
  readonly shards: number | undefined;
  readonly json: boolean;
  readonly stream: string;
}

/**
 * The verb `plan`: what a read with this configuration and state would ask for, and how long it takes at the quota. It
 * asks TikTok for the advertisers and their zones only.
 *
 * @returns the exit code: 1 when a chosen advertiser cannot be had
 * @throws ConfigError, InputFileError, StateError, TikTokError; CommandError when no advertiser is left to read
 */
export async function printPlan(options: PlanOptions, print: Print): Promise<number> {
  const { configPath, statePath, shard, stream } = options;
  const shardCount = checkedCount(options.shards);
  const config = parseConfig(readJsonFile(configPath, 'config'), { shard });
  const state = statePath === undefined ? undefined : stateOfStream(readJsonFile(statePath, 'state'), stream);
  const coverage = parseState(state);
  const client = connect(config, {});
  try {
    const selection = await selectAdvertisers(config, client, new AbortController().signal);
    if (selection.isEmpty) throw new CommandError([NONE_LEFT]);
    const plan = planRun({ config, selection, coverage, now: client.now() });
    const shards = shardCount === undefined ? undefined : planOfShards(plan, shardCount);
    const warnings = [...config.warnings, ...plan.warnings];
    if (options.json) print(JSON.stringify(planAsJson(config, plan, { selection, warnings, shards }), undefined, 2));
    else {
      if (plan.advertisers.length > 0) for (const line of advertiserTable(plan)) print(line);
      for (const { message } of selection.unavailable) print(message);
      for (const warning of warnings) print(warning);
      if (shards) for (const line of shardTable(shards)) print(line);
      print(summaryOf(config, plan));
    }
    return selection.unavailable.length > 0 && config.unavailableAdvertisers === 'fail' ? 1 : 0;
  } finally {
    client.close();
  }
}

function checkedCount(shards: number | undefined): number | undefined {
  if (shards === undefined || (Number.isInteger(shards) && shards >= 1 && shards <= SHARDS_MAX)) return shards;
  throw new CommandError([`--shards is ${shards}; expected a whole number from 1 to ${SHARDS_MAX}.`]);
}

interface ShardPlan {
  /** As `--shard` takes it. */
  readonly shard: string;
  readonly advertisers: number;
  readonly requests: number;
}

function planOfShards({ advertisers }: RunPlan, count: number): ShardPlan[] {
  const shards = Array.from({ length: count }, (_, index) => ({
    shard: `${index}/${count}`,
    advertisers: 0,
    requests: 0,
  }));
  for (const { advertiser, windows } of advertisers) {
    const shard = shards[shardOf(advertiser.id, count)];
    if (!shard) continue;
    shard.advertisers += 1;
    shard.requests += windows;
  }
  return shards;
}

/** For schedulers: what is to be read of each advertiser, and what each shard would ask for. */
function planAsJson(
  config: Config,
  plan: RunPlan,
  rest: { selection: Selection; warnings: readonly string[]; shards: readonly ShardPlan[] | undefined },
) {
  return {
    advertisers: plan.advertisers.map(({ advertiser: { id, name, timezone }, pass, days, windows }) => ({
      id,
      name,
      timezone,
      windows: [pass.forward, pass.backward].flatMap((range) => (range ? [{ from: range.from, to: range.to }] : [])),
      days,
      requests: windows,
    })),
    unavailable: rest.selection.unavailable.map(({ advertiserId, message }) => ({ id: advertiserId, message })),
    warnings: rest.warnings,
    requests: plan.requests,
    requests_per_second: requestsPerSecond(config.quota),
    seconds: plan.seconds,
    shards: rest.shards,
  };
}

function advertiserTable({ advertisers }: RunPlan): string[] {
  return drawTable(
    [
      { title: 'advertiser_id' },
      { title: 'name', widthMax: 40 },
      { title: 'timezone' },
      { title: 'to read' },
      { title: 'then' },
      { title: 'days', align: 'right' },
      { title: 'windows', align: 'right' },
    ],
    advertisers.map(({ advertiser, pass, days, windows }) => [
      advertiser.id,
      advertiser.name ?? '?',
      advertiser.timezone ?? '?',
      pass.forward ? datesOf(pass.forward) : 'nothing',
      pass.backward ? datesOf(pass.backward) : '',
      String(days),
      String(windows),
    ]),
  );
}

function shardTable(shards: readonly ShardPlan[]): string[] {
  return drawTable(
    [{ title: 'shard' }, { title: 'advertisers', align: 'right' }, { title: 'requests', align: 'right' }],
    shards.map(({ shard, advertisers, requests }) => [shard, String(advertisers), String(requests)]),
  );
}

function summaryOf({ quota }: Config, { advertisers, days, windows, requests, seconds }: RunPlan): string {
  return (
    `${counted(advertisers.length, 'advertiser')}, ${counted(days, 'account day')}, ` +
    `${counted(windows, 'window')}: at least ${counted(requests, 'request')} ` +
    `(one more for every further 1,000 rows of a window), ${durationText(seconds)} at ` +
    `${Number(requestsPerSecond(quota).toFixed(2))} requests a second.`
  );
}
