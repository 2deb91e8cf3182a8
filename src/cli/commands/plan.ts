import { parseConfig } from '../../config/parse-config.ts';
import { readJsonFile } from '../../config/read-json-file.ts';
import { connect } from '../../sync/connect.ts';
import { datesOf } from '../../sync/failure.ts';
import { planRun, requestsPerSecond } from '../../sync/plan.ts';
import { durationText } from '../../sync/progress.ts';
import { NONE_LEFT, selectAdvertisers } from '../../sync/select.ts';
import { parseState } from '../../sync/state.ts';
import { drawTable } from '../../terminal/draw-table.ts';
import { CommandError } from '../command-error.ts';
import type { Print } from './advertisers.ts';
import { stateOfStream } from './state-of-stream.ts';

/**
 * The verb `plan`: what a read with this configuration and state would ask for, and how long it takes at the quota. It
 * asks TikTok for the advertisers and their zones only.
 *
 * @returns the exit code: 1 when a chosen advertiser cannot be had
 * @throws ConfigError, InputFileError, StateError, TikTokError; CommandError when no advertiser is left to read
 */
export async function printPlan(
  { configPath, statePath, stream }: { configPath: string; statePath: string | undefined; stream: string },
  print: Print,
): Promise<number> {
  const config = parseConfig(readJsonFile(configPath, 'config'));
  const state = statePath === undefined ? undefined : stateOfStream(readJsonFile(statePath, 'state'), stream);
  const coverage = parseState(state);
  const client = connect(config, {});
  try {
    const selection = await selectAdvertisers(config, client, new AbortController().signal);
    if (selection.advertisers.length + selection.unavailable.length === 0) throw new CommandError([NONE_LEFT]);
    const plan = planRun({ config, selection, coverage, now: client.now() });
    const lines = drawTable(
      [
        { title: 'advertiser_id' },
        { title: 'name', widthMax: 40 },
        { title: 'timezone' },
        { title: 'to read' },
        { title: 'then' },
        { title: 'days', align: 'right' },
        { title: 'windows', align: 'right' },
      ],
      plan.advertisers.map(({ advertiser, pass, days, windows }) => [
        advertiser.id,
        advertiser.name ?? '?',
        advertiser.timezone ?? '?',
        pass.forward ? datesOf(pass.forward) : 'nothing',
        pass.backward ? datesOf(pass.backward) : '',
        String(days),
        String(windows),
      ]),
    );
    if (plan.advertisers.length > 0) for (const line of lines) print(line);
    for (const { message } of selection.unavailable) print(message);
    for (const warning of [...config.warnings, ...plan.warnings]) print(warning);
    const { requests, seconds } = plan;
    print(
      `${counted(plan.advertisers.length, 'advertiser')}, ${counted(plan.days, 'account day')}, ` +
        `${counted(plan.windows, 'window')}: at least ${counted(requests, 'request')} ` +
        `(one more for every further 1,000 rows of a window), ${durationText(seconds)} at ` +
        `${Number(requestsPerSecond(config.quota).toFixed(2))} requests a second.`,
    );
    return selection.unavailable.length > 0 && config.unavailableAdvertisers === 'fail' ? 1 : 0;
  } finally {
    client.close();
  }
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
