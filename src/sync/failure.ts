import type { Advertiser } from '../tiktok/endpoints/advertisers.ts';
import { type ErrorKind, TikTokError } from '../tiktok/errors.ts';
import { visible } from '../wire/visible.ts';
import type { DayRange } from './days.ts';
import type { AdvertiserFailure, FailureClass, FailureText } from './events.ts';
import { WindowError } from './read/window-result.ts';

/** What each kind of refusal means for the decision about another try. */
const CLASS_OF_KIND: Readonly<Record<ErrorKind, FailureClass>> = {
  throttle: 'temporary',
  transient: 'temporary',
  timeout: 'temporary',
  too_large: 'temporary',
  unreachable: 'temporary',
  clock: 'temporary',
  quota_exhausted: 'temporary',
  advertiser_unavailable: 'configuration',
  credentials: 'configuration',
  configuration: 'configuration',
  metric_withdrawn: 'defect',
  our_fault: 'defect',
};

/** These concern the token, the app, the network or the whole API: every other advertiser would fail, too. */
const ENDS_RUN: ReadonlySet<ErrorKind> = new Set([
  'credentials',
  'configuration',
  'unreachable',
  'clock',
  'quota_exhausted',
]);

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

/** A failure in the order in which its reader needs it: what it means, what to do, whom it concerns, what TikTok said. */
export function sentencesOf({ meaning, advice, evidence }: FailureText | FailureGroup): string {
  return [meaning, advice, evidence].flat().filter(Boolean).join(' ');
}

/** An error as messages tell it; with the advertiser where TikTok's answer was about one. */
export function describeError(error: unknown): FailureText {
  const { meaning, advice, said } = partsOf(error);
  const id = error instanceof TikTokError ? error.advertiserId : undefined;
  return { meaning, advice, evidence: id === undefined ? said : evidenceOf(placeOf({ id }), said) };
}

function partsOf(error: unknown): { readonly meaning: string; readonly advice: string; readonly said: string } {
  if (error instanceof TikTokError) return { meaning: error.meaning, advice: error.advice, said: error.message };
  if (error instanceof WindowError) return { meaning: error.message, advice: error.advice, said: error.evidence };
  return {
    meaning: 'This is a fault of the connector.',
    advice: 'Run it again; if it lasts, report it with this message.',
    said: error instanceof Error ? error.message : String(error),
  };
}

function evidenceOf(place: string, said: string): string {
  return said ? `${place}: ${said}` : `${place}.`;
}

/** Advertisers that a message names. More would make a form unreadable, and the log names each of them. */
export const FAILURES_SHOWN = 20;

/** When all are refused, excluding one is no remedy. */
const ALL_REFUSED = 'Authorize again and tick the advertisers, or choose others.';

/**
 * What went wrong with each advertiser and what to do; what several share is said once.
 *
 * @param chosen how many advertisers there are in all
 */
export function sentencesOfAll(failures: readonly AdvertiserFailure[], chosen: number): string {
  const allRefused = failures.length === chosen && failures.every(({ unavailable }) => unavailable);
  const told = failures.slice(0, FAILURES_SHOWN);
  const texts = grouped(allRefused ? told.map((failure) => ({ ...failure, advice: ALL_REFUSED })) : told);
  const more = failures.length - FAILURES_SHOWN;
  return [...texts.map(sentencesOf), ...(more > 0 ? [`And ${more} more, see the log.`] : [])].join(' ');
}

/** Failures that mean the same and ask for the same. */
export interface FailureGroup extends Pick<FailureText, 'meaning' | 'advice'> {
  /** That of each of them. */
  readonly evidence: readonly string[];
}

export function grouped(failures: readonly FailureText[]): FailureGroup[] {
  const groups = new Map<string, FailureGroup>();
  for (const { meaning, advice, evidence } of failures) {
    const key = `${meaning} ${advice}`;
    groups.set(key, { meaning, advice, evidence: [...(groups.get(key)?.evidence ?? []), evidence] });
  }
  return [...groups.values()];
}

/** `Advertiser 7000000000000000001 (Brand), 2026-01-01..2026-01-30`, with the stream where there are several. */
export function placeOf(advertiser: Pick<Advertiser, 'id' | 'name'>, { stream, window }: Place = {}): string {
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
  const { meaning, advice, said } = partsOf(error);
  const text = { meaning, advice, evidence: evidenceOf(placeOf(advertiser, place), said) };
  return {
    ...text,
    message: sentencesOf(text),
    advertiserId: advertiser.id,
    ...(advertiser.name !== undefined && { advertiserName: advertiser.name }),
    failureClass: failureClassOf(error),
    unavailable: error instanceof TikTokError && error.kind === 'advertiser_unavailable',
    ...(place.window && { window: place.window }),
  };
}
