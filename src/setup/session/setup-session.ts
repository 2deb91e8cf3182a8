import { isAbsolute, resolve } from 'node:path';
import { settingOf } from '../../config/clean-config.ts';
import type { ReportStream } from '../../streams/stream.ts';
import type { Day } from '../../sync/days.ts';
import type { Advertiser } from '../../tiktok/endpoints/advertisers.ts';
import { dayIn } from '../../tiktok/time-zones.ts';
import { Authorization } from '../access/authorization.ts';
import { defaultStream } from '../access/default-stream.ts';
import { GrantedAdvertisers } from '../access/granted-advertisers.ts';
import type { TikTokAccess } from '../access/tiktok-access.ts';
import type { ConfigObject } from '../result/config-file.ts';
import type { RememberedSetup } from '../result/remembered-setup.ts';
import { type Collection, slugOf, type Target } from './collection.ts';
import type { DailyTime } from './daily-time.ts';
import type { Entered, Unsent } from './draft.ts';
import { estimate } from './estimate.ts';
import { checkRange, type RangeChoice } from './range-choice.ts';
import { readTarget, SECRET_FIELDS, type TargetFields, targetFields, targetSecrets } from './read-target.ts';
import { checkDaily } from './schedule-choice.ts';
import { NO_ADVERTISER, SetupProblem, STATE_UNKNOWN } from './setup-problem.ts';
import type { CheckView, Estimate, Problem, ResultView } from './setup-view.ts';
import { withSecrets } from './with-secrets.ts';

/** What a session begins with. */
export interface SessionOptions {
  readonly access: TikTokAccess;
  /** Where TikTok sends the browser back to; registered with the app to the letter. */
  readonly redirectUri: string;
  /** The folder that results are put into is below this one, unless the user says otherwise. */
  readonly workingDirectory: string;
  readonly localZone: string;
  /** The pace of the app's quota. */
  readonly requestsPerSecond: number;
  /** The configuration that is being changed. */
  readonly existing?: ConfigObject;
  readonly existingFolder?: string;
  /** What an earlier setup chose for the folder. */
  readonly remembered?: RememberedSetup | undefined;
  /** What was entered before and not finished. */
  readonly draft?: Entered | undefined;
  readonly image: string;
  /** Every stream that can be read. */
  readonly streams: readonly ReportStream[];
  /** Where it runs, unless the user says otherwise. */
  readonly proposes: 'machine' | 'meltano';
  readonly signal: AbortSignal;
}

/**
 * One way through setup: what has been decided, what TikTok has said. The page, the prompts and the flags are three
 * faces of it.
 *
 * Methods that take an answer throw a {@link SetupProblem} when it cannot be right and change nothing then.
 */
export class SetupSession {
  readonly options: SessionOptions;
  name = '';
  folder: string;
  readonly authorization: Authorization;
  readonly granted: GrantedAdvertisers;
  /** Empty: nothing is chosen yet. */
  chosen: 'all' | readonly string[] = [];
  /** These are never read, whatever `chosen` says. */
  leftOut: readonly string[] = [];
  advertisersConfirmed = false;
  startDate: Day | undefined;
  endDate: Day | undefined;
  lookbackDays = settingOf({}, 'lookback_days');
  includeDeleted = true;
  /** Absent: as the chosen advertisers need it. */
  wantsAdvertiserColumns: boolean | undefined;
  /** Names of the streams that are read. */
  streams: readonly string[];
  rangeConfirmed = false;
  schedule: DailyTime | undefined;
  target: Target | undefined;
  /** Where it ran before, for the form; its secrets are kept. */
  proposed: { readonly kind: string; readonly fields: TargetFields } | undefined;
  check: CheckView = { state: 'none', lines: [] };
  /** What was written; absent before, and after another answer. */
  result: ResultView | undefined;
  /** What was typed into a step that has not been sent, by step. */
  readonly unsent = new Map<string, Unsent>();

  constructor(options: SessionOptions) {
    this.options = options;
    this.authorization = new Authorization(options.access, options.redirectUri, options.signal);
    this.granted = new GrantedAdvertisers(options.access, options.signal);
    this.folder = options.existingFolder ?? '';
    this.streams = options.streams.filter(({ isDefault }) => isDefault).map(({ name }) => name);
  }

  /** Everything that was entered, for the draft. */
  get entered(): Entered {
    const { name, folder, chosen, leftOut, advertisersConfirmed, startDate, endDate, lookbackDays } = this;
    const { target, proposed, schedule, includeDeleted, rangeConfirmed, streams, result, unsent } = this;
    return {
      ...{ name, folder, chosen, leftOut, advertisersConfirmed, startDate, endDate, lookbackDays, includeDeleted },
      ...{ rangeConfirmed, schedule, streams, result, advertiserColumns: this.wantsAdvertiserColumns },
      ...this.authorization.entered,
      target: target ? { kind: target.kind, fields: targetFields(target) } : proposed,
      unsent: Object.fromEntries(unsent),
    };
  }

  /** Every secret that must be kept out of what is shown. */
  get secrets(): readonly string[] {
    const more = this.target ? targetSecrets(this.target) : [];
    const proposed = [...SECRET_FIELDS].map((field) => this.proposed?.fields[field] ?? '');
    return [...this.authorization.secrets, ...more, ...proposed].filter((secret) => secret !== '');
  }

  setName({ name, folder }: { readonly name: string; readonly folder?: string | undefined }): void {
    const trimmed = name.trim();
    if (trimmed === '') {
      throw new SetupProblem({
        says: 'The collection has no name yet.',
        advice: 'Give it one, for instance the brand’s.',
        field: 'name',
      });
    }
    if (trimmed.length > 120) {
      throw new SetupProblem({ says: 'The name is too long.', advice: 'Use at most 120 characters.', field: 'name' });
    }
    this.name = trimmed;
    const wanted = folder?.trim() || this.options.existingFolder || slugOf(trimmed);
    this.folder = isAbsolute(wanted) ? wanted : resolve(this.options.workingDirectory, wanted);
  }

  /**
   * Takes the parameters that TikTok sent the browser back with, once, and fetches token and advertisers.
   *
   * @returns what was wrong with them, or with the authorization
   */
  async comeBack(parameters: URLSearchParams): Promise<Problem | undefined> {
    const code = this.authorization.codeFrom(parameters);
    return code === undefined ? (this.authorization.problem ?? STATE_UNKNOWN) : this.takeAuthCode(code);
  }

  /** Trades the code for a token and fetches the advertisers. @returns what is wrong with the authorization */
  async takeAuthCode(authCode: string): Promise<Problem | undefined> {
    if (await this.authorization.exchange(authCode)) await this.loadAdvertisers();
    return this.authorization.problem;
  }

  /** Fetches the advertisers of the token, and begins to mark them. @throws SetupProblem before the authorization */
  async loadAdvertisers(): Promise<void> {
    await this.granted.load(this.authorization.credentials);
    if (this.granted.state !== 'ready') return;
    if (this.granted.list.length === 0) this.authorization.problem ??= NO_ADVERTISER;
    const ids = new Set(this.granted.list.map(({ id }) => id));
    if (this.chosen !== 'all') this.chosen = this.chosen.filter((id) => ids.has(id));
  }

  /** @param leftOut those that are not read though all are */
  chooseAdvertisers(chosen: 'all' | readonly string[], leftOut: readonly string[] = this.leftOut): void {
    const granted = new Set(this.granted.list.map(({ id }) => id));
    const unknown = chosen === 'all' ? [] : chosen.filter((id) => !granted.has(id));
    if (chosen.length === 0 || unknown.length > 0) {
      throw new SetupProblem({
        says: chosen.length === 0 ? 'No advertiser is chosen.' : `TikTok has not granted ${unknown.join(', ')}.`,
        advice: 'Choose at least one that TikTok has granted.',
        field: 'advertisers',
      });
    }
    if (chosen === 'all' && granted.size > 0 && [...granted].every((id) => leftOut.includes(id))) {
      throw new SetupProblem({
        says: 'Every advertiser is left out.',
        advice: 'Choose at least one that TikTok has granted.',
        field: 'advertisers',
      });
    }
    this.chosen = chosen;
    // One that is chosen by its id is not left out any more.
    this.leftOut = chosen === 'all' ? leftOut : leftOut.filter((id) => !chosen.includes(id));
    this.advertisersConfirmed = true;
    this.check = { state: 'none', lines: [] };
  }

  /** Stops reading these advertisers: where all are chosen, they become exceptions. */
  leaveOut(ids: readonly string[]): void {
    if (this.chosen === 'all') this.chooseAdvertisers('all', [...new Set([...this.leftOut, ...ids])]);
    else this.chooseAdvertisers(this.chosen.filter((id) => !ids.includes(id)));
  }

  get chosenAdvertisers(): readonly Advertiser[] {
    if (this.chosen === 'all') return this.granted.list.filter(({ id }) => !this.leftOut.includes(id));
    const ids = new Set(this.chosen);
    return this.granted.list.filter(({ id }) => ids.has(id));
  }

  /** The currencies of the chosen advertisers, as far as TikTok tells them. */
  get currencies(): readonly string[] {
    return [...new Set(this.chosenAdvertisers.flatMap(({ currency }) => currency ?? []))].sort();
  }

  /** Without a column that tells advertisers apart, sums mix them, and their currencies. */
  get advertiserColumns(): boolean {
    return this.wantsAdvertiserColumns ?? this.chosenAdvertisers.length > 1;
  }

  /** The zone that the schedule follows: that of the first chosen advertiser. */
  get zone(): string {
    return (this.chosenAdvertisers[0] ?? this.granted.list[0])?.timezone ?? 'UTC';
  }

  get today(): Day {
    return dayIn(this.zone, this.options.access.now());
  }

  /** The last day that has begun for at least one chosen advertiser: no later one can be read. */
  get lastToday(): Day {
    const now = this.options.access.now();
    const days = this.chosenAdvertisers.map(({ timezone }) => dayIn(timezone ?? 'UTC', now));
    return days.sort().at(-1) ?? this.today;
  }

  setRange(choice: RangeChoice): void {
    checkRange(choice, this.lastToday);
    this.startDate = choice.startDate;
    this.endDate = choice.endDate || undefined;
    this.lookbackDays = choice.lookbackDays;
    this.includeDeleted = choice.includeDeleted;
    this.wantsAdvertiserColumns = choice.advertiserColumns;
    this.streams = choice.streams;
    this.check = { state: 'none', lines: [] };
    this.rangeConfirmed = true;
  }

  /** Says what a range would mean, and does not take it. */
  estimateRange(choice: Omit<RangeChoice, 'includeDeleted' | 'advertiserColumns'>): Estimate {
    checkRange(choice, this.lastToday);
    return estimate({
      advertisers: this.chosenAdvertisers,
      startDate: choice.startDate,
      endDate: choice.endDate || undefined,
      lookbackDays: choice.lookbackDays,
      now: this.options.access.now(),
      requestsPerSecond: this.options.requestsPerSecond,
      rowsOfDay: { stream: defaultStream(this.options.streams).name, byAdvertiser: this.granted.rowsByAdvertiser },
      streams: this.options.streams.map(({ name }) => name),
      chosen: choice.streams,
    });
  }

  /** Keeps what was typed into a step and not sent; an empty secret leaves the one that was typed before. */
  keepUnsent(step: string, fields: Unsent): void {
    const before = this.unsent.get(step) ?? {};
    const secrets = ['secret', ...SECRET_FIELDS].filter((id) => before[id] && !fields[id]);
    this.unsent.set(step, { ...fields, ...Object.fromEntries(secrets.map((id) => [id, before[id]])) });
  }

  /** The app's secret that was typed and not sent. */
  get unsentSecret(): string {
    return String(this.unsent.get('authorize')?.secret ?? '');
  }

  setSchedule({
    time,
    timeZone,
    kind,
    fields,
  }: {
    readonly time: string;
    readonly timeZone: string;
    readonly kind: string;
    readonly fields: TargetFields;
  }): void {
    const isTimed = !this.endDate && kind !== 'config';
    if (isTimed) checkDaily({ time, timeZone });
    this.target = readTarget(kind, withSecrets(this, kind, fields));
    this.schedule = isTimed ? { time, timeZone } : undefined;
    this.check = { state: 'none', lines: [] };
  }

  /** Everything that was decided. @throws SetupProblem when a step is missing */
  collection(): Collection {
    const {
      name,
      chosen,
      leftOut,
      startDate,
      endDate,
      lookbackDays,
      includeDeleted,
      advertiserColumns,
      schedule,
      target,
    } = this;
    if (!name || !startDate || !target) {
      throw new SetupProblem({ says: 'A step before this one is not done.', advice: 'Go back and fill it in.' });
    }
    return {
      name,
      advertiserIds: chosen,
      leftOut,
      startDate,
      ...(endDate ? { endDate } : {}),
      lookbackDays,
      includeDeleted,
      advertiserColumns,
      streams: this.options.streams.filter((stream) => this.streams.includes(stream.name)),
      ...(schedule ? { schedule } : {}),
      target,
    };
  }
}
