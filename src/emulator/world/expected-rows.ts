import schema from '../../../schemas/campaign_daily.json' with { type: 'json' };
import { Figures } from '../report/report-table.ts';
import { attributesOf } from '../report/row-writer.ts';
import type { Account } from './account.ts';
import { dayInZone, dayNumber, formatDay } from './calendar.ts';
import { hasRow, isDeleted } from './campaign.ts';
import { metricTexts } from './metrics.ts';
import { SANDBOX_TEXTS } from './sandbox.ts';
import { reportedDays, type World } from './world.ts';

/** What a perfect reader has of one campaign on one account day. */
export interface ExpectedRow {
  readonly advertiserId: string;
  readonly date: string;
  readonly campaign_id: string;
  /** The metrics as the report writes them, `-` included. */
  readonly texts: Readonly<Record<string, string>>;
  /** The row by `schemas/campaign_daily.json`: numbers, texts, null for `-`. Columns in the schema's order. */
  readonly values: Readonly<Record<string, string | number | null>>;
}

/** Which rows are expected; account days, both ends included. */
export interface ExpectedRange {
  readonly from: string;
  readonly to: string;
  /** Default: every account that is granted. */
  readonly advertiserIds?: readonly string[];
  /** Default true. */
  readonly includeDeleted?: boolean;
  /** The instant of the reading; default: the emulator's now. */
  readonly at?: Date | string;
}

type Column = readonly [name: string, type: 'string' | 'number' | 'integer'];

const COLUMNS: readonly Column[] = Object.entries(schema.properties).map(([name, { type }]) => [
  name,
  type.includes('integer') ? 'integer' : type.includes('number') ? 'number' : 'string',
]);
const METRIC_NAMES = COLUMNS.map(([name]) => name).filter((name) => name !== 'date' && name !== 'campaign_id');

/** The rows that TikTok has, advertiser by advertiser, by date and then campaign id. */
export function* expectedRows(world: World, range: ExpectedRange): Generator<ExpectedRow> {
  const at = range.at === undefined ? world.clock.now() : new Date(range.at);
  const ids = range.advertiserIds ?? [...world.accounts.values()].filter(({ granted }) => granted).map(({ id }) => id);
  for (const id of ids) {
    const account = world.accounts.get(id);
    if (account) yield* rowsOfAccount(world, account, range, at);
  }
}

function* rowsOfAccount(world: World, account: Account, range: ExpectedRange, at: Date): Generator<ExpectedRow> {
  const today = dayInZone(account.timezone, at);
  const figures = new Figures(world, at);
  const campaigns = world.campaigns
    .of(account)
    .filter((campaign) => campaign.created <= today && ((range.includeDeleted ?? true) || !isDeleted(campaign, today)))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const reported = reportedDays(world, account, at);
  const last = Math.min(dayNumber(range.to), reported.last);
  for (let day = Math.max(dayNumber(range.from), reported.first); day <= last; day++) {
    const date = formatDay(day);
    for (const campaign of campaigns) {
      if (!hasRow(campaign, day)) continue;
      const texts = metricTexts(METRIC_NAMES, {
        account,
        performance: figures.of({ account, campaign }, day),
        attributes: attributesOf({ account, campaign }),
        rateBasis: world.rateBasis,
      });
      if (world.sandbox) Object.assign(texts, SANDBOX_TEXTS);
      const values: Record<string, string | number | null> = {};
      for (const [name, type] of COLUMNS) {
        values[name] =
          name === 'date' ? date : name === 'campaign_id' ? campaign.id : typedValue(texts[name] ?? '-', type);
      }
      yield { advertiserId: account.id, date, campaign_id: campaign.id, texts, values };
    }
  }
}

function typedValue(text: string, type: Column[1]): string | number | null {
  if (text === '-') return null;
  return type === 'string' ? text : Number(text);
}
