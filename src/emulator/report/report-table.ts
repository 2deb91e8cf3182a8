import type { Account } from '../world/account.ts';
import type { DayNumber } from '../world/calendar.ts';
import { type Campaign, hasRow } from '../world/campaign.ts';
import { currencyOf } from '../world/currency.ts';
import type { Row } from '../world/metrics.ts';
import { type Maturity, maturityOf, type Performance, performanceOf, sum } from '../world/performance.ts';
import { reportedDays, todayOf, type World } from '../world/world.ts';
import { passes } from './report-filters.ts';
import type { ReportRequest, Span } from './report-request.ts';
import { attributesOf, rowWriter } from './row-writer.ts';

/** A report's rows by number, computed when asked for. */
export interface ReportTable {
  readonly total: number;
  /** True when ads beyond the limit were left out. */
  readonly cut: boolean;
  /** The JSON text of a row, in the order in which they are kept. */
  rowJson(index: number): string;
  /** The figures of a row, for sorting. */
  row(index: number): Row;
}

/** What a row of a report is about. */
export interface Entity {
  readonly account: Account;
  readonly campaign: Campaign;
}

export interface TableOptions {
  /** Number of ads from which on only the newest are reported. */
  readonly adsMax: number;
  /** Metrics whose text is replaced, for faults. */
  readonly replaced?: Readonly<Record<string, string>>;
}

/** The table that a report's pages are cut from. */
export function buildTable(
  world: World,
  accounts: readonly Account[],
  request: ReportRequest,
  span: Span | undefined,
  options: TableOptions,
): ReportTable {
  const { entities, cut } = entitiesInScope(world, accounts, request, options.adsMax);
  const today = Math.max(...accounts.map((account) => todayOf(world, account)));
  const from = span?.from ?? Math.min(...accounts.map((account) => account.created));
  const days = Math.max(0, Math.min(span?.to ?? today, today) - from + 1);
  const keys = keysOf(world, entities, from, days);
  const write = rowWriter(request, options.replaced ?? {});
  const figures = new Figures(world);
  // A campaign's names are the same in all its rows.
  const attributes: Record<string, string>[] = [];
  const attributesAt = (place: number, entity: Entity): Record<string, string> => {
    attributes[place] ??= attributesOf(entity);
    return attributes[place];
  };

  /** The row that the given campaign-days make together; they share what the dimensions name. */
  const rowOf = (parts: readonly number[]): Row => {
    const place = Math.floor((parts[0] ?? 0) / days);
    const entity = entities[place] as Entity;
    const { account } = entity;
    const performances = parts.map((key) =>
      figures.of(entities[Math.floor(key / days)] as Entity, from + (key % days)),
    );
    const performance =
      performances.length === 1 && performances[0]
        ? performances[0]
        : sum(performances, currencyOf(account.currency).decimals);
    return {
      account,
      performance: request.batch ? withoutDecimals(performance) : performance,
      attributes: request.idDimension ? attributesAt(place, entity) : undefined,
      rateBasis: world.rateBasis,
    };
  };

  const isRowADay = request.daily && request.idDimension && request.level !== 'ADVERTISER';
  const groups = isRowADay ? undefined : [...grouped(keys, entities, days, request).values()];
  const partsAt = (index: number): readonly number[] => groups?.[index] ?? [keys[index] ?? 0];
  return {
    total: groups?.length ?? keys.length,
    cut,
    row: (index) => rowOf(partsAt(index)),
    rowJson: (index) => write(rowOf(partsAt(index)), from + ((partsAt(index)[0] ?? 0) % days)),
  };
}

/** The campaigns that a report is about, in the order of their accounts. */
function entitiesInScope(
  world: World,
  accounts: readonly Account[],
  request: ReportRequest,
  adsMax: number,
): { entities: Entity[]; cut: boolean } {
  if (request.reservation) return { entities: [], cut: false };
  let entities = accounts.flatMap((account) => {
    const today = todayOf(world, account);
    return world.campaigns
      .of(account)
      .filter((campaign) => passes(request.filters, campaign, today))
      .map((campaign): Entity => ({ account, campaign }));
  });
  const ads = entities.reduce((count, { campaign }) => count + campaign.ads, 0);
  if (request.level === 'ADVERTISER' || ads < adsMax) return { entities, cut: false };
  // "only return the top 20k id's results, sorting by create time desc order" ("Reporting FAQs").
  let room = adsMax;
  const kept = new Set<Entity>();
  for (const entity of [...entities].sort(
    (a, b) => b.campaign.created - a.campaign.created || b.campaign.index - a.campaign.index,
  )) {
    if (room <= 0) break;
    room -= entity.campaign.ads;
    kept.add(entity);
  }
  entities = entities.filter((entity) => kept.has(entity));
  return { entities, cut: true };
}

/** A number an existing row: place of its campaign × days + place of its day. */
function keysOf(world: World, entities: readonly Entity[], from: DayNumber, days: number): Uint32Array {
  const keys: number[] = [];
  let account: Account | undefined;
  let first = 0;
  let last = 0;
  entities.forEach((entity, place) => {
    if (entity.account !== account) {
      account = entity.account;
      ({ first, last } = reportedDays(world, account, world.clock.now()));
    }
    const end = Math.min(days, last - from + 1);
    for (let day = Math.max(0, first - from); day < end; day++)
      if (hasRow(entity.campaign, from + day)) keys.push(place * days + day);
  });
  return Uint32Array.from(keys);
}

function grouped(
  keys: Uint32Array,
  entities: readonly Entity[],
  days: number,
  request: ReportRequest,
): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const key of keys) {
    const place = Math.floor(key / days);
    const entity = request.level === 'ADVERTISER' ? entities[place]?.account.id : place;
    const name = `${request.idDimension ? entity : ''}/${request.daily ? key % days : ''}`;
    const group = groups.get(name);
    if (group) group.push(key);
    else groups.set(name, [key]);
  }
  return groups;
}

/** The figures of a campaign's day at the world's now; how far each day has got is worked out once. */
export class Figures {
  readonly #world: World;
  readonly #nowMs: number;
  readonly #maturities = new Map<string, Map<DayNumber, Maturity>>();

  constructor(world: World, at: Date = world.clock.now()) {
    this.#world = world;
    this.#nowMs = at.getTime();
  }

  of({ account, campaign }: Entity, day: DayNumber): Performance {
    let ofZone = this.#maturities.get(account.timezone);
    if (!ofZone) {
      ofZone = new Map();
      this.#maturities.set(account.timezone, ofZone);
    }
    let maturity = ofZone.get(day);
    if (!maturity) {
      maturity = maturityOf(account.timezone, day, this.#world.attributionDays, this.#nowMs);
      ofZone.set(day, maturity);
    }
    return performanceOf(account, campaign, day, maturity);
  }
}

/** Batches of advertisers are answered with whole units of money. */
function withoutDecimals(performance: Performance): Performance {
  return {
    ...performance,
    spend: Math.round(performance.spend / 10 ** performance.decimals),
    decimals: 0,
    resultDecimals: 0,
  };
}
