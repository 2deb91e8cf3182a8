import type { Config } from '../../config/config.ts';
import type {
  AdvertiserFailure,
  AdvertiserSummary,
  FailureClass,
  RunFailure,
  RunOutcome,
  StreamOutcome,
} from '../events.ts';
import { describeError, failureClassOf, sentencesOf, sentencesOfAll } from '../failure.ts';
import { NONE_LEFT } from '../select.ts';
import type { StreamAccount } from './account.ts';

/** What else decides how a run ended. */
interface Circumstances {
  readonly config: Pick<Config, 'unavailableAdvertisers'>;
  /** No advertiser is left to read, in any shard. */
  readonly isEmpty: boolean;
  /** What ended the run for all. */
  readonly ending?: { readonly error: unknown };
}

/** How a run ended, from what was read of its streams. */
export function outcomeOf(
  accounts: readonly StreamAccount[],
  circumstances: Circumstances,
): Omit<RunOutcome, 'requests' | 'interrupted'> {
  const streams = accounts.map((account): StreamOutcome => {
    const failure = failureOf(account, circumstances);
    return {
      stream: account.stream,
      advertisers: summariesOf(account),
      records: account.records,
      ...(failure && { failure }),
    };
  });
  const failure = failureOfAll(streams);
  return {
    streams,
    records: streams.reduce((sum, { records }) => sum + records, 0),
    ...(failure && { failure }),
  };
}

/** The operator allows the gap that this failure leaves. */
export function isTolerated({ unavailable }: AdvertiserFailure, config: Circumstances['config']): boolean {
  return unavailable && config.unavailableAdvertisers === 'warn';
}

function summariesOf({ advertisers, coverage }: StreamAccount): AdvertiserSummary[] {
  return [...advertisers].map(([advertiserId, { name, records, days, failure }]) => {
    const through = coverage.get(advertiserId)?.through;
    return {
      advertiserId,
      ...(name !== undefined && { advertiserName: name }),
      records,
      days,
      ...(through !== undefined && { through }),
      ...(failure && { failure }),
    };
  });
}

function failureOf({ advertisers }: StreamAccount, { config, isEmpty, ending }: Circumstances): RunFailure | undefined {
  if (ending) {
    const { error } = ending;
    return { failureClass: failureClassOf(error), message: sentencesOf(describeError(error)), cause: error };
  }
  if (isEmpty) return { failureClass: 'configuration', message: NONE_LEFT };
  const failures = [...advertisers.values()].flatMap(({ failure }) => failure ?? []);
  const counting = failures.filter((failure) => !isTolerated(failure, config));
  if (counting.length === 0 && (failures.length === 0 || failures.length < advertisers.size)) return undefined;
  const blamed = counting.length > 0 ? counting : failures;
  return {
    failureClass: worst(blamed.map(({ failureClass }) => failureClass)),
    message: closingMessage(blamed, advertisers.size),
  };
}

/** One failure for the run; a cause that all streams share is given once. */
function failureOfAll(streams: readonly StreamOutcome[]): RunFailure | undefined {
  const failed = streams.flatMap(({ stream, failure }) => (failure ? [{ stream, ...failure }] : []));
  const [first] = failed;
  if (!first) return undefined;
  const { stream: _, ...failure } = first;
  if (failed.length === streams.length && failed.every(({ message }) => message === first.message)) return failure;
  return {
    ...failure,
    failureClass: worst(failed.map(({ failureClass }) => failureClass)),
    message: failed.map(({ stream, message }) => `${stream}: ${message}`).join(' '),
  };
}

/** A platform tries again after a temporary failure; it must not when only the operator can help. */
function worst(classes: readonly FailureClass[]): FailureClass {
  if (classes.includes('defect')) return 'defect';
  return classes.includes('temporary') ? 'temporary' : 'configuration';
}

function closingMessage(failures: readonly AdvertiserFailure[], advertisers: number): string {
  const balance =
    advertisers > failures.length
      ? `${failures.length} of ${advertisers} advertisers could not be read to the end; the others were, and stay read.`
      : `No advertiser could be read to the end (${advertisers} chosen).`;
  return `${balance} ${sentencesOfAll(failures, advertisers)}`;
}
