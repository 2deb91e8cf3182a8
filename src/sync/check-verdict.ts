import type { Config } from '../config/config.ts';
import type { Advertiser } from '../tiktok/endpoints/advertisers.ts';
import type { TikTokError } from '../tiktok/errors.ts';
import type { AdvertiserFailure, FailureText } from './events.ts';
import {
  describeError,
  FAILURES_SHOWN,
  failureClassOf,
  grouped,
  nameOf,
  sentencesOf,
  sentencesOfAll,
} from './failure.ts';
import { counted } from './ledger/summary.ts';
import { NONE_IN_SHARD, NONE_LEFT } from './select.ts';

/** What a configuration can be used for. Messages are for the operator, without secrets. */
export type Access = Verdict & {
  /** By the API's clock. */
  readonly now: Date;
  readonly advertisers: Pick<Findings, 'readable' | 'refused' | 'untested'>;
};

type Verdict = {
  readonly message: string;
  /** Warnings, one sentence each. */
  readonly warnings: readonly string[];
} & (
  | /** It can be read with, as far as could be tested; the message says what was not. */ { readonly verdict: 'usable' }
  | /** The operator has to mend something. */ { readonly verdict: 'unusable' }
  | /** Nothing could be found out. */ {
      readonly verdict: 'unknown';
      readonly failureClass: 'temporary' | 'defect';
      readonly cause?: unknown;
    }
);

/** An advertiser whose report was not asked for, or brought no conclusive answer. */
export interface Untested {
  readonly advertiser: Advertiser;
  /** Why; absent: the time was over. */
  readonly reason?: FailureText;
}

/** What a check found out. */
export interface Findings {
  /** By the API's clock. */
  readonly now: Date;
  /** TikTok has taken the token (and the app, where there is one) at least once. */
  readonly tokenProven: boolean;
  /** The chosen advertisers are known. */
  readonly selected: boolean;
  /** No advertiser is left to read, in any shard. */
  readonly isEmpty: boolean;
  readonly readable: readonly Advertiser[];
  readonly refused: readonly AdvertiserFailure[];
  readonly untested: readonly Untested[];
  readonly warnings: readonly string[];
  /** What ended the check for all advertisers. */
  readonly ending?: TikTokError;
  /** The last trouble of TikTok or the network. */
  readonly trouble?: FailureText;
}

/** The verdict on what a check found out, and the sentences for the operator. */
export function describeAccess(config: Config, findings: Findings, timeLimitMs: number): Access {
  const { now, readable, refused, untested } = findings;
  return { ...verdictOn(config, findings, timeLimitMs), now, advertisers: { readable, refused, untested } };
}

function verdictOn(config: Config, findings: Findings, timeLimitMs: number): Verdict {
  const { tokenProven, selected, isEmpty, readable, refused, untested, ending } = findings;
  const warnings = [...findings.warnings, ...refused.slice(FAILURES_SHOWN).map(({ message }) => message)];
  const seconds = Math.round(timeLimitMs / 1000);

  if (ending) {
    const failureClass = failureClassOf(ending);
    const message = sentencesOf(describeError(ending));
    if (failureClass === 'configuration') return { verdict: 'unusable', message, warnings };
    if (failureClass === 'defect') return { verdict: 'unknown', failureClass, message, cause: ending, warnings };
  }
  const chosen = readable.length + refused.length + untested.length;
  if (isEmpty) return { verdict: 'unusable', message: NONE_LEFT, warnings };
  if (isHindered(config, findings)) {
    return { verdict: 'unusable', message: refusalMessage(refused, chosen), warnings };
  }
  const trouble = ending ? describeError(ending) : (findings.trouble ?? untested.find(({ reason }) => reason)?.reason);
  if (!tokenProven) {
    const silence = { meaning: `TikTok did not answer within ${seconds} s.`, evidence: '' };
    // The error that ended the check has its own advice.
    const text = ending && trouble ? trouble : { ...(trouble ?? silence), advice: TRY_AGAIN };
    const message = `Nothing could be tested. ${sentencesOf(text)}`;
    return { verdict: 'unknown', failureClass: 'temporary', message, warnings, ...(ending && { cause: ending }) };
  }
  const sentences = [
    config.credentials.type === 'oauth2.0' ? 'Token and app are valid.' : 'The token is valid.',
    ...(selected && chosen === 0 ? [NONE_IN_SHARD] : []),
    ...(readable.length > 0 ? [`${counted(readable.length, 'advertiser')} can be read.`] : []),
    ...(refused.length > 0 ? [`Left out, as unavailable_advertisers is warn: ${listed(refused)}`] : []),
    ...(selected ? [] : [`Not tested within ${seconds} s: the advertisers.`]),
    ...untestedSentences(untested, seconds),
    ...((untested.length > 0 || !selected) && trouble ? [`The last trouble: ${sentencesOf(trouble)}`] : []),
  ];
  return { verdict: 'usable', message: sentences.join(' '), warnings };
}

const TRY_AGAIN = 'Try again later, and look at the network between here and TikTok if it lasts.';

/** True when a read with this configuration would fail because of the advertisers that TikTok refuses. */
function isHindered({ unavailableAdvertisers }: Config, { readable, refused, untested }: Findings): boolean {
  if (refused.length === 0) return false;
  if (unavailableAdvertisers === 'fail' || refused.some(({ unavailable }) => !unavailable)) return true;
  return readable.length + untested.length === 0;
}

function refusalMessage(refused: readonly AdvertiserFailure[], chosen: number): string {
  return `${refused.length} of ${counted(chosen, 'advertiser')} cannot be read. ${sentencesOfAll(refused, chosen)}`;
}

function untestedSentences(untested: readonly Untested[], seconds: number): string[] {
  if (untested.length === 0) return [];
  const names = untested.slice(0, FAILURES_SHOWN).map(({ advertiser }) => nameOf(advertiser));
  const more = untested.length - names.length;
  return [
    `Not tested within ${seconds} s: the report of ${counted(untested.length, 'advertiser')} (${names.join(', ')}${more > 0 ? `, and ${more} more` : ''}).`,
  ];
}

function listed(failures: readonly AdvertiserFailure[]): string {
  const more = failures.length - FAILURES_SHOWN;
  return [
    ...grouped(failures.slice(0, FAILURES_SHOWN)).map((group) => sentencesOf({ ...group, advice: '' })),
    ...(more > 0 ? [`And ${more} more, see the log.`] : []),
  ].join(' ');
}
