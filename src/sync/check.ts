import { setMaxListeners } from 'node:events';
import type { Config } from '../config/config.ts';
import { warnOfUnreadMetrics } from '../streams/additional-metrics.ts';
import type { ReportStream } from '../streams/stream.ts';
import type { TikTokClient } from '../tiktok/client.ts';
import type { Advertiser } from '../tiktok/endpoints/advertisers.ts';
import { fetchReportPage } from '../tiktok/endpoints/report.ts';
import { TikTokError } from '../tiktok/errors.ts';
import { dayIn } from '../tiktok/time-zones.ts';
import { type Access, describeAccess, type Findings, type Untested } from './check-verdict.ts';
import { type Clock, systemClock } from './clock.ts';
import { attemptText, createClient } from './create-client.ts';
import { addDays } from './days.ts';
import type { AdvertiserFailure, FailureText } from './events.ts';
import { advertiserFailure, describeError, endsRun, failureClassOf, sentencesOf } from './failure.ts';
import { isOffered, planRun } from './plan.ts';
import { type AdvertiserSelection, selectAdvertisers } from './select.ts';

export interface AccessRequest {
  readonly config: Config;
  readonly streams: readonly ReportStream[];
  readonly signal: AbortSignal;
  /** Called after each request with a sentence for a log. */
  readonly onAttempt?: (message: string) => void;
  /** Called with the reason for which a request is sent again or waits, in one or two sentences. */
  readonly onTrouble?: (meaning: string) => void;
}

/** Platforms and people wait for an answer, so what has not been asked by then is left out, with a warning. */
const TIME_LIMIT_MS = 25_000;

/**
 * Tries the token, the app, every chosen advertiser, and the permission to read reports by a report of one day and one
 * row of each, as far as time allows.
 *
 * With `unavailable_advertisers: fail` one advertiser that cannot be read makes it unusable, with `warn` only when none
 * can. Where TikTok cannot be reached, or throttles all that time, the verdict is `unknown`, or `usable` with what was
 * not tested once the token has been proven.
 *
 * @throws the reason of `signal` when that was aborted
 */
export async function checkAccess(
  { signal, ...request }: AccessRequest,
  clock: Pick<Clock, 'every'> = systemClock,
): Promise<Access> {
  const limit = new AbortController();
  const check = new AccessCheck({ ...request, signal: AbortSignal.any([signal, limit.signal]) });
  const stopClock = clock.every(TIME_LIMIT_MS, () => limit.abort(new Error('The time for the check is over.')));
  try {
    await check.run();
  } finally {
    stopClock();
    check.close();
  }
  signal.throwIfAborted();
  return describeAccess(request.config, check.findings, TIME_LIMIT_MS);
}

class AccessCheck {
  readonly #config: Config;
  readonly #streams: readonly ReportStream[];
  readonly #client: TikTokClient;
  readonly #abort = new AbortController();
  #tokenProven = false;
  #selected: AdvertiserSelection | undefined;
  readonly #readable = new Set<Advertiser>();
  readonly #refused: AdvertiserFailure[] = [];
  readonly #untested: Untested[] = [];
  readonly #warnings: Set<string>;
  /** What ended the check for all advertisers, if anything did. */
  #ending: TikTokError | undefined;
  #trouble: FailureText | undefined;

  constructor({ config, streams, signal, onAttempt, onTrouble }: AccessRequest) {
    this.#config = config;
    this.#streams = streams;
    this.#warnings = new Set([
      ...config.warnings,
      ...warnOfUnreadMetrics(
        config,
        streams.map((stream) => ({ stream })),
      ),
    ]);
    setMaxListeners(0, this.#abort.signal);
    signal.addEventListener('abort', () => this.#abort.abort(signal.reason), { once: true });
    if (signal.aborted) this.#abort.abort(signal.reason);
    const trouble = (text: FailureText) => {
      this.#trouble = text;
      onTrouble?.(text.meaning);
    };
    this.#client = createClient(config, {
      onAttempt: (attempt) => {
        // An answer proves the token, and so does the refusal of one advertiser.
        if (!attempt.error || attempt.error.kind === 'advertiser_unavailable') this.#tokenProven = true;
        onAttempt?.(attemptText(attempt));
      },
      onRetry: ({ error }) => trouble({ ...describeError(error), advice: '' }),
      onWaiting: ({ reason }) => trouble({ meaning: reason, advice: '', evidence: '' }),
    });
  }

  get findings(): Findings {
    return {
      now: this.#client.now(),
      tokenProven: this.#tokenProven,
      selected: this.#selected !== undefined,
      isEmpty: this.#selected?.isEmpty ?? false,
      // In TikTok's order, not in that of the answers.
      readable: (this.#selected?.advertisers ?? []).filter((advertiser) => this.#readable.has(advertiser)),
      refused: this.#refused,
      untested: this.#untested,
      warnings: [...this.#warnings],
      ...(this.#ending && { ending: this.#ending }),
      ...(this.#trouble && { trouble: this.#trouble }),
    };
  }

  close(): void {
    this.#client.close();
  }

  async run(): Promise<void> {
    const { signal } = this.#abort;
    try {
      const selection = await selectAdvertisers(this.#config, this.#client, signal);
      this.#selected = selection;
      for (const failure of selection.unavailable) this.#note(failure);
      this.#planFirstRead(selection);
      await Promise.all(selection.advertisers.map((advertiser) => this.#probe(advertiser)));
    } catch (error) {
      // Out of time: what was found so far counts.
      if (signal.aborted) return;
      if (!(error instanceof TikTokError)) throw error;
      this.#ending = error;
    }
  }

  /** Warns of what a first read would warn of: a start date that has not come, a zone that is unknown. */
  #planFirstRead(selection: AdvertiserSelection): void {
    const now = this.#client.now();
    for (const stream of this.#streams) {
      const { warnings } = planRun({ config: this.#config, stream, selection, coverage: new Map(), now });
      for (const warning of warnings) this.#warnings.add(warning);
    }
  }

  /** Asks for one row of yesterday's report of each stream, until TikTok refuses one. */
  async #probe(advertiser: Advertiser): Promise<void> {
    const { signal } = this.#abort;
    for (const stream of this.#streams.filter((one) => isOffered(one, this.#config))) {
      try {
        await this.#readOneDay(stream, advertiser);
      } catch (error) {
        if (signal.aborted) return void this.#untested.push({ advertiser });
        if (endsRun(error)) {
          this.#ending ??= error;
          this.#abort.abort(error);
          return void this.#untested.push({ advertiser });
        }
        if (!(error instanceof TikTokError)) throw error;
        if (error.kind !== 'metric_withdrawn') {
          const place = this.#streams.length > 1 ? { stream: stream.name } : {};
          return this.#note(advertiserFailure(advertiser, error, place), error);
        }
        this.#warnings.add(
          `TikTok no longer knows some metrics; their columns stay null: ${sentencesOf(describeError(error))}`,
        );
      }
    }
    this.#readable.add(advertiser);
  }

  async #readOneDay(stream: ReportStream, advertiser: Advertiser): Promise<void> {
    const { includeDeleted } = this.#config;
    const day = addDays(dayIn(advertiser.timezone ?? 'UTC', this.#client.now()), -1);
    const columns = Object.keys(stream.schema(this.#config).properties);
    await fetchReportPage(
      this.#client,
      {
        definition: stream.report,
        metrics: stream.metrics(columns),
        advertiserId: advertiser.id,
        from: day,
        to: day,
        includeDeleted,
        page: 1,
        pageSize: 1,
      },
      this.#abort.signal,
      { convert: ({ count }) => count },
    );
  }

  /** Notes an advertiser that TikTok refuses, or about which its answer proves nothing. */
  #note(failure: AdvertiserFailure, error?: TikTokError): void {
    const { advertiserId: id, advertiserName: name } = failure;
    if (failure.unavailable || (failure.failureClass !== 'temporary' && error === undefined)) {
      this.#refused.push(failure);
    } else if (error && failureClassOf(error) === 'defect') {
      this.#ending ??= error;
    } else {
      this.#untested.push({ advertiser: { id, ...(name !== undefined && { name }) }, reason: failure });
    }
  }
}
