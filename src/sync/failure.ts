import type { Advertiser } from '../tiktok/endpoints/advertisers.ts';
import { type ErrorKind, TikTokError } from '../tiktok/errors.ts';
import { visible } from '../wire/visible.ts';
import type { DayRange } from './days.ts';
import type { AdvertiserFailure, FailureClass } from './events.ts';
import { WindowError } from './read/window-result.ts';

/** What each kind of refusal means for the decision about another try. */
const CLASS_OF_KIND: Readonly<Record<ErrorKind, FailureClass>> = {
  throttle: 'temporary',
  transient: 'temporary',
  timeout: 'temporary',
  too_large: 'temporary',
  unreachable: 'temporary',
  quota_exhausted: 'temporary',
  advertiser_unavailable: 'configuration',
  credentials: 'configuration',
  configuration: 'configuration',
  metric_withdrawn: 'defect',
  our_fault: 'defect',
};

/** These concern the token, the app, the network or the whole API: every other advertiser would fail, too. */
const ENDS_RUN: ReadonlySet<ErrorKind> = new Set(['credentials', 'configuration', 'unreachable', 'quota_exhausted']);

/** True when the run has to end for all advertisers. */
export function endsRun(error: unknown): error is TikTokError {
  return error instanceof TikTokError && ENDS_RUN.has(error.kind);
}

export function failureClassOf(error: unknown): FailureClass {
  if (error instanceof TikTokError) return CLASS_OF_KIND[error.kind];
  return error instanceof WindowError ? 'temporary' : 'defect';
}

/** `7000000000000000001 (Brand)`, or the id alone. */
export function nameOf({ id, name }: Pick<Advertiser, 'id' | 'name'>): string {
  return name ? `${id} (${visible(name)})` : id;
}

/** `2026-01-01..2026-01-30`, or the one day. */
export function datesOf({ from, to }: DayRange): string {
  return from === to ? from : `${from}..${to}`;
}

/** What went wrong and what to do, without advertiser and dates. */
export function sentencesOf(error: unknown): string {
  return `${causeOf(error)} ${adviceOf(error)}`.trim();
}

function causeOf(error: unknown): string {
  if (error instanceof TikTokError || error instanceof WindowError) return error.message;
  return `A fault of this program: ${error instanceof Error ? error.message : String(error)}`;
}

function adviceOf(error: unknown): string {
  return error instanceof TikTokError || error instanceof WindowError ? error.advice : '';
}

/** Advertisers that a message names. More would make a form unreadable, and the log names each of them. */
export const FAILURES_SHOWN = 20;

/** When all are refused, excluding one is no remedy. */
const ALL_REFUSED = 'Authorize again and tick the advertisers, or choose others.';

/**
 * What went wrong with each advertiser and what to do; advice that several share is given once.
 *
 * @param chosen how many advertisers there are in all
 */
export function sentencesOfAll(failures: readonly AdvertiserFailure[], chosen: number): string {
  const allRefused = failures.length === chosen && failures.every(({ unavailable }) => unavailable);
  const whatByAdvice = new Map<string, string[]>();
  for (const { what, advice } of failures.slice(0, FAILURES_SHOWN)) {
    const toDo = allRefused ? ALL_REFUSED : advice;
    whatByAdvice.set(toDo, [...(whatByAdvice.get(toDo) ?? []), what]);
  }
  const more = failures.length - FAILURES_SHOWN;
  return [
    ...[...whatByAdvice].flatMap(([advice, what]) => [...what, advice]),
    more > 0 ? `And ${more} more, see the log.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** `Advertiser 7000000000000000001 (Brand), 2026-01-01..2026-01-30`, with the stream where there are several. */
export function placeOf(advertiser: Pick<Advertiser, 'id' | 'name'>, { stream, window }: Place): string {
  return [`Advertiser ${nameOf(advertiser)}`, stream, window && datesOf(window)].filter(Boolean).join(', ');
}

/** What a failure is about. */
export interface Place {
  /** To be named in messages. */
  readonly stream?: string | undefined;
  readonly window?: DayRange | undefined;
}

/** The failure of one advertiser, in words for the operator. */
export function advertiserFailure(
  advertiser: Pick<Advertiser, 'id' | 'name'>,
  error: unknown,
  place: Place = {},
): AdvertiserFailure {
  const what = `${placeOf(advertiser, place)}: ${causeOf(error)}`;
  const advice = adviceOf(error);
  return {
    advertiserId: advertiser.id,
    ...(advertiser.name !== undefined && { advertiserName: advertiser.name }),
    failureClass: failureClassOf(error),
    unavailable: error instanceof TikTokError && error.kind === 'advertiser_unavailable',
    ...(place.window && { window: place.window }),
    what,
    advice,
    message: `${what} ${advice}`.trim(),
  };
}
