import { parseConfig } from '../../config/parse-config.ts';
import { recordJson } from '../../streams/record-text.ts';
import type { ReportStream } from '../../streams/stream.ts';
import { addDays, countDays, type DayRange } from '../../sync/days.ts';
import { runSync } from '../../sync/run.ts';
import type { Advertiser } from '../../tiktok/endpoints/advertisers.ts';
import type { ConfigObject } from '../result/config-file.ts';
import { SetupProblem } from '../session/setup-problem.ts';
import type { PreviewCampaign, PreviewDay, PreviewView } from '../session/setup-view.ts';
import type { TikTokAccess } from './tiktok-access.ts';

/** Rows of the table: those that spent most. */
const CAMPAIGNS_SHOWN = 10;

const FIGURES = ['spend', 'impressions', 'clicks', 'conversion'] as const;
type Figures = Record<(typeof FIGURES)[number], number>;

/**
 * The last days of one advertiser, read as a sync reads them and summed for comparison with Ads Manager.
 *
 * @throws SetupProblem when they could not be read
 */
export async function previewAdvertiser(
  {
    advertiser,
    config,
    days,
    stream,
  }: {
    readonly advertiser: Advertiser;
    readonly config: ConfigObject;
    readonly days: DayRange;
    /** Of campaigns. */
    readonly stream: ReportStream;
  },
  { signal, onAttempt }: { readonly signal: AbortSignal; readonly onAttempt: TikTokAccess['onAttempt'] },
): Promise<PreviewView> {
  const byDay = new Map<string, Figures>();
  const byCampaign = new Map<string, Figures & { name: string }>();
  const narrowed = parseConfig({
    ...config,
    advertiser_ids: [advertiser.id],
    exclude_advertiser_ids: [],
    start_date: days.from,
    end_date: days.to,
    unavailable_advertisers: 'fail',
    patience_seconds: 60,
  });
  const columns = ['date', 'campaign_id', 'campaign_name', ...FIGURES];
  for await (const event of runSync({
    config: narrowed,
    streams: [{ stream, columns }],
    signal,
  })) {
    if (event.type === 'finished' && event.outcome.failure) {
      throw new SetupProblem({
        says: 'The last days could not be read.',
        advice: 'Try again; the rest of setup does not need them.',
        detail: event.outcome.failure.message,
      });
    }
    if (event.type === 'debug') onAttempt?.(event.message);
    if (event.type !== 'records') continue;
    for (const record of event.records) {
      const row = JSON.parse(recordJson(record)) as Record<string, string | number | null>;
      const id = String(row.campaign_id);
      add(entryOf(byDay, String(row.date), nothing), row);
      add(
        entryOf(byCampaign, id, () => ({ ...nothing(), name: String(row.campaign_name ?? id) })),
        row,
      );
    }
  }
  return {
    advertiserId: advertiser.id,
    ...(advertiser.currency ? { currency: advertiser.currency } : {}),
    ...(advertiser.timezone ? { timeZone: advertiser.timezone } : {}),
    days: Array.from({ length: countDays(days) }, (_, index): PreviewDay => {
      const date = addDays(days.from, index);
      return { date, ...(byDay.get(date) ?? nothing()) };
    }),
    campaigns: [...byCampaign]
      .map(([id, figures]): PreviewCampaign => ({ id, ...figures }))
      .sort((a, b) => b.spend - a.spend)
      .slice(0, CAMPAIGNS_SHOWN),
  };
}

function nothing(): Figures {
  return { spend: 0, impressions: 0, clicks: 0, conversion: 0 };
}

function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const there = map.get(key);
  if (there) return there;
  const made = make();
  map.set(key, made);
  return made;
}

function add(sum: Figures, row: Readonly<Record<string, string | number | null>>): void {
  for (const name of FIGURES) sum[name] += Number(row[name] ?? 0);
}
