import catalogue from '../../../schemas/metrics.json' with { type: 'json' };
import type { Account } from '../world/account.ts';
import { type DayNumber, dayInZone, dayNumber, formatDay } from '../world/calendar.ts';
import {
  accountAttribute,
  attributeOf,
  deletedFrom,
  type Entity,
  entitiesOf,
  entityHasRow,
  idOf,
} from '../world/entity.ts';
import { gmvMaxRows } from '../world/gmv-max.ts';
import { METRICS, type Row } from '../world/metrics.ts';
import { sum, withReservation } from '../world/performance.ts';
import { SANDBOX_TEXTS } from '../world/sandbox.ts';
import { reportedDays, type World } from '../world/world.ts';
import { gmvMaxText } from './gmv-max-table.ts';
import { Figures } from './report-table.ts';
import { STREAM_SCHEMAS } from './stream-schemas.generated.ts';

/** The tables that can be made of TikTok's reports. */
export type ExpectedStream = keyof typeof STREAM_SCHEMAS;

/** The right row of one campaign, ad group, ad or account on one account day. */
export interface ExpectedRow {
  readonly advertiserId: string;
  readonly date: string;
  /** The id of the stream's own dimension. */
  readonly id: string;
  /** The campaign's id; in `advertiser_daily`, which has none, the advertiser's. */
  readonly campaign_id: string;
  /** The metrics as the report writes them, `-` included. */
  readonly texts: Readonly<Record<string, string>>;
  /** The row as a record of the stream: numbers, texts, null for `-`. Columns in the schema's order. */
  readonly values: Readonly<Record<string, string | number | null>>;
}

/** Which rows are expected; account days, both ends included. */
export interface ExpectedRange {
  readonly from: string;
  readonly to: string;
  /** Default `campaign_daily`. */
  readonly stream?: ExpectedStream;
  /** Metrics beside the stream's own. */
  readonly additionalMetrics?: readonly string[];
  /** Default: every account that is granted. */
  readonly advertiserIds?: readonly string[];
  /** Default true. */
  readonly includeDeleted?: boolean;
  /** The instant of the reading; default: the emulator's now. */
  readonly at?: Date | string;
}

type Column = readonly [name: string, type: 'string' | 'number' | 'integer'];

const columnsOf = ({ properties }: { readonly properties: object }): readonly Column[] =>
  Object.entries(properties as Record<string, { readonly type: readonly string[] }>).map(([name, { type }]) => [
    name,
    type.includes('integer') ? 'integer' : type.includes('number') ? 'number' : 'string',
  ]);

const COLUMNS = new Map(Object.entries(STREAM_SCHEMAS).map(([stream, schema]) => [stream, columnsOf(schema)]));

/** What a row of a basic report is about: the finest of the ids among its columns. */
const KINDS = ['ad_id', 'adgroup_id', 'campaign_id'] as const;

const kindOf = (stream: ExpectedStream) => KINDS.find((id) => id in STREAM_SCHEMAS[stream].properties);

/** All right rows, advertiser by advertiser, by date and then id. */
export function* expectedRows(world: World, range: ExpectedRange): Generator<ExpectedRow> {
  const at = range.at === undefined ? world.clock.now() : new Date(range.at);
  const ids = range.advertiserIds ?? [...world.accounts.values()].filter(({ granted }) => granted).map(({ id }) => id);
  for (const id of ids) {
    const account = world.accounts.get(id);
    if (!account) continue;
    const { stream = 'campaign_daily' } = range;
    const days = daysOf(world, account, range, at);
    if (stream === 'gmv_max_campaign_daily') yield* rowsOfGmvMax(world, account, days, at);
    else if (kindOf(stream)) yield* rowsOfEntities(world, account, { ...range, stream }, days, at);
    else yield* rowsOfAccount(world, account, { ...range, stream }, days, at);
  }
}

interface Days {
  readonly from: DayNumber;
  readonly to: DayNumber;
  readonly today: DayNumber;
}

function daysOf(world: World, account: Account, range: ExpectedRange, at: Date): Days {
  const reported = reportedDays(world, account, at);
  return {
    from: Math.max(dayNumber(range.from), reported.first),
    to: Math.min(dayNumber(range.to), reported.last),
    today: dayInZone(account.timezone, at),
  };
}

function* rowsOfEntities(
  world: World,
  account: Account,
  { stream, includeDeleted = true, additionalMetrics }: ExpectedRange & { readonly stream: ExpectedStream },
  { from, to, today }: Days,
  at: Date,
): Generator<ExpectedRow> {
  const figures = new Figures(world, at);
  const columns = columnsWith(stream, additionalMetrics);
  const entities = world.campaigns
    .of(account)
    .filter(({ created }) => created <= today)
    .flatMap((campaign) => entitiesOf(account, campaign, kindOf(stream) ?? 'campaign_id'))
    .filter((entity) => includeDeleted || deletedFrom(entity) > today)
    .map((entity) => ({ entity, id: idOf(entity) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  for (let day = from; day <= to; day++) {
    for (const { entity, id } of entities) {
      if (!entityHasRow(entity, day)) continue;
      const attribute = (name: string): string => attributeOf(entity, name);
      const row = { account, performance: figures.of(entity, day), attribute, rateBasis: world.rateBasis };
      yield expectedRow(world, row, { stream, columns, day, id, campaignId: entity.campaign.id });
    }
  }
}

/** Whole accounts include deleted campaigns and reservation ads. */
function* rowsOfAccount(
  world: World,
  account: Account,
  { stream, additionalMetrics }: ExpectedRange & { readonly stream: ExpectedStream },
  { from, to, today }: Days,
  at: Date,
): Generator<ExpectedRow> {
  const figures = new Figures(world, at);
  const columns = columnsWith(stream, additionalMetrics);
  const campaigns: Entity[] = world.campaigns
    .of(account)
    .filter(({ created }) => created <= today)
    .flatMap((campaign) => entitiesOf(account, campaign, 'campaign_id'));
  for (let day = from; day <= to; day++) {
    const parts = campaigns.filter((entity) => entityHasRow(entity, day)).map((entity) => figures.of(entity, day));
    if (parts.length === 0) continue;
    const row = {
      account,
      performance: withReservation(sum(parts), account.reservationShare),
      attribute: (name: string): string => accountAttribute(account, name),
      rateBasis: world.rateBasis,
    };
    const { id } = account;
    yield expectedRow(world, row, { stream, columns, day, id, campaignId: id });
  }
}

function expectedRow(
  world: World,
  row: Row,
  {
    stream,
    columns,
    day,
    id,
    campaignId,
  }: {
    readonly stream: ExpectedStream;
    readonly columns: readonly Column[];
    readonly day: DayNumber;
    readonly id: string;
    readonly campaignId: string;
  },
): ExpectedRow {
  const date = formatDay(day);
  const texts: Record<string, string> = {};
  const values: Record<string, string | number | null> = {};
  for (const [name, type] of columns) {
    if (name === 'date') {
      values[name] = date;
      continue;
    }
    const text = (world.sandbox ? SANDBOX_TEXTS[name] : undefined) ?? METRICS[name]?.(row) ?? '-';
    // Only the stream's own id is a dimension. All other columns are metrics.
    if (name !== 'campaign_id' || kindOf(stream) !== 'campaign_id') texts[name] = text;
    values[name] = NAMES.has(name) ? text : typedValue(text, type);
    // The report has TikTok's own spelling of a zone, a table the IANA name.
    if (name === 'timezone') values[name] = row.account.timezone;
  }
  return { advertiserId: row.account.id, date, id, campaign_id: campaignId, texts, values };
}

function* rowsOfGmvMax(world: World, account: Account, days: Days, at: Date): Generator<ExpectedRow> {
  const figures = new Figures(world, at);
  for (const row of gmvMaxRows(account, days, (day) => figures.maturityOf(account.timezone, day))) {
    const date = formatDay(row.day);
    const texts = Object.fromEntries(
      ['spend', 'billed_cost', 'campaign_name'].map((name) => [name, gmvMaxText(row, name)]),
    );
    const known: Readonly<Record<string, string | number>> = {
      date,
      advertiser_id: account.id,
      campaign_id: row.campaignId,
      campaign_name: row.campaignName,
      country_code: row.country,
      currency: account.currency,
      spend: Number(texts.spend),
      billed_cost: Number(texts.billed_cost),
    };
    const values = Object.fromEntries(
      columnsWith('gmv_max_campaign_daily').map(([name]) => [name, known[name] ?? null] as const),
    );
    yield { advertiserId: account.id, date, id: row.campaignId, campaign_id: row.campaignId, texts, values };
  }
}

/** A dash in a name column is a name. */
const NAMES: ReadonlySet<string> = new Set(['campaign_name', 'adgroup_name', 'ad_name', 'advertiser_name']);

/** The columns of a stream, then these metrics of the catalogue. */
function columnsWith(stream: ExpectedStream, metrics: readonly string[] = []): readonly Column[] {
  const additional = metrics.map((name): Column => {
    const type = catalogue.metrics.find((metric) => metric.name === name)?.type;
    return [name, type === 'integer' || type === 'number' ? type : 'string'];
  });
  return [...(COLUMNS.get(stream) ?? []), ...additional];
}

function typedValue(text: string, type: Column[1]): string | number | null {
  if (text === '-') return null;
  return type === 'string' ? text : Number(text);
}
