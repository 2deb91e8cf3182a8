import type { Day } from '../../sync/days.ts';
import { TikTokError } from '../../tiktok/errors.ts';

/** Whether a report of one advertiser can be read. */
export type Mark =
  | { readonly report: 'readable'; readonly rows: number }
  | { readonly report: 'refused'; readonly reason: string }
  /** TikTok gave no clear answer. */
  | { readonly report: 'unknown'; readonly reason: string };

/** How many are asked at once: enough to fill the pace, few enough to leave room for what the user does meanwhile. */
const AT_ONCE = 4;

/**
 * Asks every advertiser for one day of its report, while the user chooses.
 *
 * @param rowsOn how many rows that day has; throws a `TikTokError` when TikTok refuses
 */
export async function markAdvertisers({
  advertisers,
  rowsOn,
  onMark,
  signal,
}: {
  readonly advertisers: readonly { readonly id: string; readonly day: Day }[];
  readonly rowsOn: (advertiserId: string, day: Day) => Promise<number>;
  readonly onMark: (advertiserId: string, mark: Mark) => void;
  readonly signal: AbortSignal;
}): Promise<void> {
  const waiting = advertisers.values();
  const work = async (): Promise<void> => {
    for (const { id, day } of waiting) {
      if (signal.aborted) return;
      onMark(id, await mark(() => rowsOn(id, day)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function mark(ask: () => Promise<number>): Promise<Mark> {
  try {
    return { report: 'readable', rows: await ask() };
  } catch (error) {
    if (!(error instanceof TikTokError)) return { report: 'unknown', reason: String(error) };
    const code = error.code === undefined ? '' : ` (TikTok’s code ${error.code})`;
    switch (error.kind) {
      case 'advertiser_unavailable':
        return { report: 'refused', reason: `Suspended, gone, or not yours to read${code}. Ask its administrator.` };
      case 'credentials':
        return {
          report: 'refused',
          reason: `The authorization does not allow reports${code}: tick “Reporting” and authorize again.`,
        };
      default:
        return { report: 'unknown', reason: `No clear answer${code}; Finish asks again.` };
    }
  }
}
