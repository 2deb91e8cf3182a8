import type { Config } from '../../config/config.ts';
import { parseConfig } from '../../config/parse-config.ts';
import { readJsonFile } from '../../config/read-json-file.ts';
import { isInShard, type Shard } from '../../config/shard.ts';
import type { LastRun } from '../../load/run-table.ts';
import { streams as allStreams } from '../../streams/all-streams.ts';
import { checkAccess } from '../../sync/check.ts';
import type { Access } from '../../sync/check-verdict.ts';
import type { DayRange } from '../../sync/days.ts';
import { parseState } from '../../sync/state.ts';
import { createPaint } from '../../terminal/paint.ts';
import { wrap } from '../../terminal/wrap.ts';
import type { Advertiser } from '../../tiktok/endpoints/advertisers.ts';
import { visible } from '../../wire/visible.ts';
import type { Print } from '../commands/advertisers.ts';
import { drawStandings, type Permission } from './draw-standings.ts';
import { type Standing, standingsOf } from './standing.ts';
import { findSubject, type Subject } from './state-source.ts';

export interface StatusOptions {
  readonly config: string | undefined;
  readonly state: string | undefined;
  readonly from: string | undefined;
  readonly folder: string | undefined;
  /** Overrides the shard of the configuration. */
  readonly shard: string | undefined;
  /** Send no request to TikTok. */
  readonly offline: boolean;
  /** List those in order, too, where there are many. */
  readonly all: boolean;
  readonly json: boolean;
  readonly debug: boolean;
}

/** What `status` has found out. */
interface Findings {
  readonly subject: Subject;
  readonly config: Config;
  readonly access: Access | undefined;
  readonly standings: readonly Standing[];
  /** How the last run of each stream and shard went. */
  readonly runs: readonly LastRun[];
}

/**
 * The verb `status`: what has been read of each advertiser, how old that is, what is missing, and whether reading can go on.
 *
 * @returns the exit code: 1 when something is overdue or can no longer be read, or when the last run failed
 * @throws ConfigError, InputFileError, LoadError, CommandError
 */
export async function printStatus(options: StatusOptions, print: Print): Promise<number> {
  const names = allStreams.map(({ name }) => name);
  const subject = await findSubject(options, names, new Date());
  const config = parseConfig(readJsonFile(subject.configPath, 'config'), { shard: options.shard });
  const chosen = allStreams.filter(
    ({ name, isDefault }) =>
      subject.states.has(name) || (subject.streams?.includes(name) ?? (isDefault && subject.states.size === 0)),
  );
  const access = options.offline
    ? undefined
    : await checkAccess({
        config,
        streams: chosen,
        signal: new AbortController().signal,
        ...(options.debug && { onAttempt: (message: string) => process.stderr.write(`${message}\n`) }),
      });
  const now = access?.now ?? new Date();
  const standings = chosen.flatMap(({ name }) => {
    const coverage = parseState(subject.states.get(name));
    return standingsOf(name, config, coverage, advertisersOf(config, access, [...coverage.keys()]), now);
  });
  const findings = { subject, config, access, standings, runs: currentRuns(subject.runs, config.shard) };
  if (options.json) print(JSON.stringify(asJson(findings, now), undefined, 2));
  else tell(findings, options.all, print);
  return isInOrder(findings) ? 0 : 1;
}

function isInOrder({ standings, access, runs }: Findings): boolean {
  return !standings.some(({ isOverdue }) => isOverdue) && access?.verdict !== 'unusable' && !runs.some(hasFailed);
}

const hasFailed = ({ result }: LastRun) => result === 'failed';

/** The runs of each stream whose number of shards is that of the newest run: older divisions no longer matter. */
function currentRuns(runs: readonly LastRun[], shard: Shard | undefined): LastRun[] {
  const countOf = (run: LastRun) => run.shard.split('/')[1];
  const isNewer = (run: LastRun, than: LastRun | undefined) => (run.startedAt ?? '') > (than?.startedAt ?? '');
  const newest = new Map<string, LastRun>();
  for (const run of runs) if (isNewer(run, newest.get(run.stream))) newest.set(run.stream, run);
  return runs.filter((run) => {
    const last = newest.get(run.stream);
    const isAsked = !shard || run.shard === '' || run.shard === `${shard.index}/${shard.count}`;
    return isAsked && (!last || countOf(run) === countOf(last));
  });
}

type Known = Pick<Advertiser, 'id' | 'name' | 'timezone'>;

/** The advertisers that are read. If TikTok was not asked or did not answer, those that are configured or were read. */
function advertisersOf(config: Config, access: Access | undefined, read: readonly string[]): readonly Known[] {
  const { readable = [], untested = [], refused = [] } = access?.advertisers ?? {};
  const told: Known[] = [
    ...readable,
    ...untested.map(({ advertiser }) => advertiser),
    ...refused.map(({ advertiserId: id, advertiserName: name }) => ({ id, ...(name !== undefined && { name }) })),
  ];
  if (told.length > 0) return told;
  const ids = config.advertiserIds.length > 0 ? config.advertiserIds : read;
  return ids
    .filter((id) => !config.excludeAdvertiserIds.includes(id) && isInShard(id, config.shard))
    .map((id) => ({ id }));
}

function permissionsOf({ advertisers }: Access): (id: string) => Permission {
  const readable = new Set(advertisers.readable.map(({ id }) => id));
  const refused = new Set(advertisers.refused.map(({ advertiserId }) => advertiserId));
  return (id) => (readable.has(id) ? 'ok' : refused.has(id) ? 'refused' : 'not tested');
}

function tell({ subject, config, access, standings, runs }: Findings, all: boolean, print: Print): void {
  const columns = process.stdout.isTTY ? process.stdout.columns || 80 : 120;
  const paint = createPaint(process.stdout);
  const mark = (isGood: boolean) => (isGood ? paint.good('✓') : paint.bad('✕'));
  const say = (sign: string, text: string) => print(wrap(`${sign} ${visible(text)}`, columns));
  const permissionOf = access && permissionsOf(access);
  for (const stream of new Set(standings.map((standing) => standing.stream))) {
    const own = standings.filter((standing) => standing.stream === stream);
    print(paint.bold(stream));
    const options = { permissionOf, all, firstDay: config.startDate, columns, paint };
    for (const line of drawStandings(own, options)) print(line);
  }
  for (const warning of access?.warnings ?? []) say(paint.warn('!'), warning);
  if (access) {
    const sign = access.verdict === 'unknown' ? paint.warn('?') : mark(access.verdict === 'usable');
    say(sign, access.message);
  }
  for (const run of runs) say(mark(!hasFailed(run)), runText(run));
  if (subject.nextRun)
    say(' ', `Next run: ${subject.nextRun.toISOString().slice(0, 16).replace('T', ' ')} UTC, by its timer.`);
  const countIds = (some: readonly Standing[]) => new Set(some.map(({ advertiser }) => advertiser.id)).size;
  const overdue = countIds(standings.filter(({ isOverdue }) => isOverdue));
  const whole = countIds(standings);
  const verdict =
    whole === 0
      ? 'Nothing has been read yet.'
      : overdue === 0
        ? `Nothing is overdue${runs.some(hasFailed) ? ', but the last run failed' : ''}.`
        : `${overdue} of ${whole} ${whole === 1 ? 'advertiser is' : 'advertisers are'} overdue.`;
  say(mark(overdue === 0 && !runs.some(hasFailed)), `${verdict} The state is in ${subject.place}.`);
}

function runText({ stream: name, shard, startedAt = '', endedAt, result, message, records }: LastRun): string {
  const stream = shard ? `${name}, shard ${shard}` : name;
  const when = `began ${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
  if (endedAt === undefined) return `${stream}: the last run ${when} and has not ended, or was killed.`;
  const rows = records === undefined ? '' : ` with ${records.toLocaleString('en-US')} rows`;
  return `${stream}: the last run ${when} and ${result ?? 'ended'}${rows}.${message ? ` ${message}` : ''}`;
}

/** For `--json`; keys as in the state. */
function asJson(findings: Findings, now: Date) {
  const { subject, config, access, standings, runs } = findings;
  const permissionOf = access ? permissionsOf(access) : () => 'not tested';
  const shown = (range: DayRange) => ({ from: range.from, to: range.to });
  return {
    now: now.toISOString(),
    in_order: isInOrder(findings),
    state: subject.place,
    shard: config.shard && `${config.shard.index}/${config.shard.count}`,
    access: access && { verdict: access.verdict, message: access.message, warnings: access.warnings },
    advertisers: standings.map(({ stream, advertiser, coverage, today, daysOld, dueAgain, missing, isOverdue }) => ({
      stream,
      id: advertiser.id,
      name: advertiser.name,
      timezone: advertiser.timezone,
      today,
      from: coverage?.from,
      through: coverage?.through,
      as_of: coverage?.as_of,
      days_old: daysOld,
      due_again: dueAgain && shown(dueAgain),
      missing: missing.map(shown),
      overdue: isOverdue,
      access: permissionOf(advertiser.id),
    })),
    runs: runs.map(({ stream, shard, startedAt, endedAt, result, message, records }) => ({
      stream,
      shard,
      started_at: startedAt,
      ended_at: endedAt,
      result,
      message,
      records,
    })),
    next_run: subject.nextRun?.toISOString(),
  };
}
