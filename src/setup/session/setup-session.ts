import { isAbsolute, resolve } from 'node:path';
import { addDays, type Day, dayIn } from '../../sync/days.ts';
import type { Advertiser } from '../../tiktok/endpoints/advertisers.ts';
import { Authorization } from '../access/authorization.ts';
import { checkCollection } from '../access/check-collection.ts';
import { GrantedAdvertisers } from '../access/granted-advertisers.ts';
import { previewAdvertiser } from '../access/preview-advertiser.ts';
import type { TikTokAccess } from '../access/tiktok-access.ts';
import type { ConfigObject } from '../result/config-file.ts';
import { type Collection, slugOf, type Target } from './collection.ts';
import { type DailyTime, isTimeOfDay, isTimeZone } from './daily-time.ts';
import { estimate } from './estimate.ts';
import { checkRange, type RangeChoice } from './range-choice.ts';
import { readTarget, SECRET_FIELDS, type TargetFields, targetFields } from './read-target.ts';
import { NO_ADVERTISER, SetupProblem, STATE_UNKNOWN } from './setup-problem.ts';
import type { CheckView, Estimate, PreviewView, Problem } from './setup-view.ts';

/** Days that the preview shows, today among them. */
const PREVIEW_DAYS = 14;

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
  readonly image: string;
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
  advertisersConfirmed = false;
  startDate: Day | undefined;
  endDate: Day | undefined;
  lookbackDays = 7;
  includeDeleted = true;
  advertiserColumns = false;
  rangeConfirmed = false;
  schedule: DailyTime | undefined;
  target: Target | undefined;
  check: CheckView = { state: 'none', lines: [] };

  constructor(options: SessionOptions) {
    this.options = options;
    this.authorization = new Authorization(options.access, options.redirectUri, options.signal);
    this.granted = new GrantedAdvertisers(options.access, options.signal);
    this.folder = options.existingFolder ?? '';
    if (options.existing) this.#takeOver(options.existing);
  }

  /** Every secret that must be kept out of what is shown. */
  get secrets(): readonly string[] {
    const target = this.target;
    const more =
      target?.kind === 'airbyte'
        ? [target.token]
        : target?.kind === 'meltano' && target.loader.name === 'target-postgres'
          ? [target.loader.password]
          : [];
    return [...this.authorization.secrets, ...more].filter((secret) => secret !== '');
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
   * @returns what was wrong with them, or with the authorisation
   */
  async comeBack(parameters: URLSearchParams): Promise<Problem | undefined> {
    const code = this.authorization.codeFrom(parameters);
    return code === undefined ? (this.authorization.problem ?? STATE_UNKNOWN) : this.takeAuthCode(code);
  }

  /** Trades the code for a token and fetches the advertisers. @returns what is wrong with the authorisation */
  async takeAuthCode(authCode: string): Promise<Problem | undefined> {
    if (await this.authorization.exchange(authCode)) await this.loadAdvertisers();
    return this.authorization.problem;
  }

  /** Fetches the advertisers of the token, and begins to mark them. @throws SetupProblem before the authorisation */
  async loadAdvertisers(): Promise<void> {
    await this.granted.load(this.authorization.credentials);
    if (this.granted.state !== 'ready') return;
    if (this.granted.list.length === 0) this.authorization.problem ??= NO_ADVERTISER;
    const ids = new Set(this.granted.list.map(({ id }) => id));
    if (this.chosen !== 'all') this.chosen = this.chosen.filter((id) => ids.has(id));
  }

  chooseAdvertisers(chosen: 'all' | readonly string[]): void {
    const granted = new Set(this.granted.list.map(({ id }) => id));
    if (chosen !== 'all' && (chosen.length === 0 || chosen.some((id) => !granted.has(id)))) {
      throw new SetupProblem({
        says: chosen.length === 0 ? 'No advertiser is chosen.' : 'An advertiser of your choice is not in the list.',
        advice: 'Tick at least one of the list.',
        field: 'advertisers',
      });
    }
    this.chosen = chosen;
    this.advertisersConfirmed = true;
  }

  get chosenAdvertisers(): readonly Advertiser[] {
    if (this.chosen === 'all') return this.granted.list;
    const ids = new Set(this.chosen);
    return this.granted.list.filter(({ id }) => ids.has(id));
  }

  /** Zone of the account that the schedule follows: the first chosen one. */
  get zone(): string {
    return (this.chosenAdvertisers[0] ?? this.granted.list[0])?.timezone ?? 'UTC';
  }

  get today(): Day {
    return dayIn(this.zone, this.options.access.now());
  }

  setRange(choice: RangeChoice): void {
    checkRange(choice);
    this.startDate = choice.startDate;
    this.endDate = choice.endDate || undefined;
    this.lookbackDays = choice.lookbackDays;
    this.includeDeleted = choice.includeDeleted;
    this.advertiserColumns = choice.advertiserColumns;
    this.rangeConfirmed = true;
  }

  /** What a range would mean; the range itself is not taken. */
  estimateRange(choice: Pick<RangeChoice, 'startDate' | 'endDate' | 'lookbackDays'>): Estimate {
    checkRange(choice);
    return estimate({
      advertisers: this.chosenAdvertisers,
      startDate: choice.startDate,
      endDate: choice.endDate || undefined,
      lookbackDays: choice.lookbackDays,
      now: this.options.access.now(),
      requestsPerSecond: this.options.requestsPerSecond,
      rowsByAdvertiser: this.granted.rowsByAdvertiser,
    });
  }

  /** @throws SetupProblem that names the field which is wrong */
  checkDaily({ time, timeZone }: DailyTime): void {
    if (!isTimeOfDay(time)) {
      throw new SetupProblem({ says: `"${time}" is no time of day.`, advice: 'Write it as 13:30.', field: 'time' });
    }
    if (!isTimeZone(timeZone)) {
      throw new SetupProblem({
        says: `"${timeZone}" is no time zone.`,
        advice: 'Choose one of the list, for instance Europe/Berlin.',
        field: 'zone',
      });
    }
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
    if (!this.endDate) this.checkDaily({ time, timeZone });
    // An empty secret field means the value that was given before: the page never has it to send back.
    const before = this.target?.kind === kind ? targetFields(this.target) : {};
    const kept = Object.fromEntries(
      [...SECRET_FIELDS].filter((name) => !fields[name] && before[name]).map((name) => [name, before[name]]),
    );
    this.target = readTarget(kind, { ...fields, ...kept });
    this.schedule = this.endDate ? undefined : { time, timeZone };
    this.check = { state: 'none', lines: [] };
  }

  /** Everything that was decided. @throws SetupProblem when a step is missing */
  collection(): Collection {
    const { name, chosen, startDate, endDate, lookbackDays, includeDeleted, advertiserColumns, schedule, target } =
      this;
    if (!name || !startDate || !target) {
      throw new SetupProblem({ says: 'A step before this one is not done.', advice: 'Go back and fill it in.' });
    }
    return {
      name,
      advertiserIds: chosen,
      startDate,
      ...(endDate ? { endDate } : {}),
      lookbackDays,
      includeDeleted,
      advertiserColumns,
      ...(schedule ? { schedule } : {}),
      target,
    };
  }

  /** The connector's own check of what has been decided; the outcome is in `check`. */
  async runCheck(config: ConfigObject): Promise<void> {
    this.check = { state: 'running', lines: [] };
    const { passed, lines } = await checkCollection(config, this.options.signal);
    this.check = { state: passed ? 'passed' : 'failed', lines };
  }

  /** The last days of a chosen advertiser. */
  async preview(advertiserId: string, config: ConfigObject): Promise<PreviewView> {
    const advertiser = this.chosenAdvertisers.find(({ id }) => id === advertiserId);
    if (!advertiser) {
      throw new SetupProblem({ says: 'This advertiser is not among the chosen ones.', advice: 'Choose another.' });
    }
    const today = dayIn(advertiser.timezone ?? 'UTC', this.options.access.now());
    const days = { from: addDays(today, 1 - PREVIEW_DAYS), to: today };
    return previewAdvertiser({ advertiser, config, days }, this.options.signal);
  }

  #takeOver(existing: ConfigObject): void {
    const credentials = (existing.credentials ?? {}) as Record<string, unknown>;
    if (credentials.auth_type === 'oauth2.0') {
      this.authorization.takeOver({
        appId: String(credentials.app_id ?? ''),
        secret: String(credentials.secret ?? ''),
        accessToken: String(credentials.access_token ?? ''),
      });
    }
    const ids = existing.advertiser_ids;
    this.chosen = Array.isArray(ids) && ids.length > 0 ? ids.map(String) : 'all';
    if (typeof existing.start_date === 'string') this.startDate = existing.start_date;
    if (typeof existing.end_date === 'string') this.endDate = existing.end_date;
    if (typeof existing.lookback_days === 'number') this.lookbackDays = existing.lookback_days;
    if (typeof existing.include_deleted === 'boolean') this.includeDeleted = existing.include_deleted;
    if (typeof existing.advertiser_columns === 'boolean') this.advertiserColumns = existing.advertiser_columns;
  }
}
