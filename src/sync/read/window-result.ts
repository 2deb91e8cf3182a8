import type { ReportRecord } from '../../streams/stream.ts';

/** How reading one window ended, short of an error. */
export type WindowResult =
  /** Everything that TikTok has for the window, sorted by key. */
  | { readonly kind: 'rows'; readonly records: ReportRecord[]; readonly warnings?: readonly string[] }
  /** It must be read in shorter windows. `lasting`: the advertiser's next windows should be no longer either. */
  | { readonly kind: 'split'; readonly days: number; readonly lasting: boolean; readonly why: string }
  /** One day with more rows than may be in memory. */
  | { readonly kind: 'too_many_rows' };

/**
 * A window that TikTok answers, but never in a way that can be trusted. For the operator, without advertiser and dates:
 * `message` says what it means, `advice` what to do, `evidence` what TikTok said, if anything.
 */
export class WindowError extends Error {
  override readonly name = 'WindowError';
  readonly advice: string;
  readonly evidence: string;

  constructor(message: string, advice: string, evidence = '') {
    super(message);
    this.advice = advice;
    this.evidence = evidence;
  }
}

/** Shorter windows for `rows` rows over `days` days, each of which fits. */
export function splitByRows(rows: number, days: number, rowLimit: number): WindowResult {
  const pieces = Math.ceil(rows / rowLimit);
  const why = `${rows} rows are more than fit at once`;
  return { kind: 'split', days: Math.max(1, Math.floor(days / pieces)), lasting: true, why };
}
