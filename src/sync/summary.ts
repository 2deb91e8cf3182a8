import type { Config } from '../config/config.ts';
import { countDays, type DayRange } from './days.ts';
import type { AdvertiserFailure, AdvertiserSummary, FailureClass, RunOutcome } from './events.ts';
import { failureClassOf, sentencesOf, sentencesOfAll } from './failure.ts';
import { NONE_LEFT, type Selection } from './select.ts';
import type { CoverageByAdvertiser } from './state.ts';

/** Keeps the account of a run by advertiser, and draws its balance. */
export class Summary {
  readonly #config: Config;
  readonly #names = new Map<string, string | undefined>();
  readonly #records = new Map<string, number>();
  readonly #days = new Map<string, number>();
  readonly #failures = new Map<string, AdvertiserFailure>();
  #selected = false;
  #ending: { error: unknown } | undefined;

  constructor(config: Config) {
    this.#config = config;
  }

  select({ advertisers, unavailable }: Selection): void {
    this.#selected = true;
    for (const { id, name } of advertisers) this.#names.set(id, name);
    for (const { advertiserId } of unavailable) this.#names.set(advertiserId, undefined);
  }

  addRecords(advertiserId: string, count: number): void {
    this.#records.set(advertiserId, (this.#records.get(advertiserId) ?? 0) + count);
  }

  addWindow(advertiserId: string, window: DayRange): void {
    this.#days.set(advertiserId, (this.#days.get(advertiserId) ?? 0) + countDays(window));
  }

  addFailure(failure: AdvertiserFailure): void {
    this.#failures.set(failure.advertiserId, failure);
  }

  /** The operator allows the gap that this failure leaves. */
  tolerates({ unavailable }: AdvertiserFailure): boolean {
    return unavailable && this.#config.unavailableAdvertisers === 'warn';
  }

  /** The run ended for all because of this; the first one counts. */
  end(error: unknown): void {
    this.#ending ??= { error };
  }

  outcome(
    coverage: CoverageByAdvertiser,
    { requests, interrupted }: { requests: number; interrupted: boolean },
  ): RunOutcome {
    const failure = this.#failure();
    return {
      advertisers: [...this.#names].map(([advertiserId, name]) => this.#advertiser(advertiserId, name, coverage)),
      records: [...this.#records.values()].reduce((sum, count) => sum + count, 0),
      requests,
      ...(failure && { failure }),
      interrupted,
    };
  }

  #advertiser(advertiserId: string, name: string | undefined, coverage: CoverageByAdvertiser): AdvertiserSummary {
    const through = coverage.get(advertiserId)?.through;
    const failure = this.#failures.get(advertiserId);
    return {
      advertiserId,
      ...(name !== undefined && { advertiserName: name }),
      records: this.#records.get(advertiserId) ?? 0,
      days: this.#days.get(advertiserId) ?? 0,
      ...(through !== undefined && { through }),
      ...(failure && { failure }),
    };
  }

  #failure(): RunOutcome['failure'] {
    if (this.#ending) {
      const { error } = this.#ending;
      return { failureClass: failureClassOf(error), message: `The read ended: ${sentencesOf(error)}`, cause: error };
    }
    if (this.#selected && this.#names.size === 0) return { failureClass: 'configuration', message: NONE_LEFT };
    const failures = [...this.#failures.values()];
    const counting = failures.filter((failure) => !this.tolerates(failure));
    if (counting.length === 0 && (failures.length === 0 || failures.length < this.#names.size)) return undefined;
    const blamed = counting.length > 0 ? counting : failures;
    return { failureClass: worst(blamed), message: closingMessage(blamed, this.#names.size) };
  }
}

/** A platform retries what is temporary; it must not when only the operator can mend it. */
function worst(failures: readonly AdvertiserFailure[]): FailureClass {
  const classes = new Set(failures.map(({ failureClass }) => failureClass));
  if (classes.has('defect')) return 'defect';
  return classes.has('temporary') ? 'temporary' : 'configuration';
}

function closingMessage(failures: readonly AdvertiserFailure[], advertisers: number): string {
  const balance =
    advertisers > failures.length
      ? `${failures.length} of ${advertisers} advertisers could not be read to the end; the others were, and stay read.`
      : `No advertiser could be read to the end (${advertisers} chosen).`;
  return `${balance} ${sentencesOfAll(failures, advertisers)}`;
}
