import type { Account } from '../world/account.ts';
import type { DayNumber } from '../world/calendar.ts';
import {
  accountAttribute,
  attributeOf,
  type Entity,
  type EntityKind,
  entitiesOf,
  entityHasRow,
  partOf,
} from '../world/entity.ts';
import { METRICS, type Row } from '../world/metrics.ts';
import {
  type Maturity,
  maturityOf,
  type Performance,
  performanceOf,
  sum,
  withReservation,
} from '../world/performance.ts';
import { reportedDays, todayOf, type World } from '../world/world.ts';
import { passes } from './report-filters.ts';
import type { ReportRequest, Span } from './report-request.ts';
import { rowWriter } from './row-writer.ts';

/** A report's rows by number. Each is computed when it is asked for. */
export interface ReportTable {
  readonly total: number;
  /** True when ads beyond the limit were left out. */
  readonly cut: boolean;
  /** The JSON text of a row, in the order in which they are kept. */
  rowJson(index: number): string;
  /** The values of metrics in a row, for sorting and totals. */
  texts(index: number, metrics: readonly string[]): string[];
}

export interface TableOptions {
  /** Number of ads from which on only the newest are reported. */
  readonly adsMax: number;
  /** Metrics whose text is replaced, for faults. */
  readonly replaced?: Readonly<Record<string, string>>;
}

/** The table of a report. Pages are parts of it. */
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
  const ofAccounts = request.level === 'ADVERTISER';

  /** The row that the given days of entities make together; they share what the dimensions name. */
  const rowOf = (parts: readonly number[]): Row => {
    const entity = entities[Math.floor((parts[0] ?? 0) / days)] as Entity;
    const { account } = entity;
    const performances = parts.map((key) =>
      figures.of(entities[Math.floor(key / days)] as Entity, from + (key % days)),
    );
    let performance = performances.length === 1 && performances[0] ? performances[0] : sum(performances);
    if (ofAccounts) performance = withReservation(performance, account.reservationShare);
    return {
      account,
      performance: request.batch ? withoutDecimals(performance) : performance,
      attribute: request.idDimension
        ? (name) => (ofAccounts ? accountAttribute(account, name) : attributeOf(entity, name))
        : undefined,
      rateBasis: world.rateBasis,
    };
  };

  const isRowADay = request.daily && request.idDimension && !ofAccounts;
  const groups = isRowADay ? undefined : [...groupKeys(keys, entities, days, request).values()];
  const partsAt = (index: number): readonly number[] => groups?.[index] ?? [keys[index] ?? 0];
  return {
    total: groups?.length ?? keys.length,
    cut,
    texts(index, metrics) {
      const row = rowOf(partsAt(index));
      return metrics.map((metric) => METRICS[metric]?.(row) ?? '-');
    },
    rowJson: (index) => write(rowOf(partsAt(index)), from + ((partsAt(index)[0] ?? 0) % days)),
  };
}

/** The entities of a report, in the order of the accounts and their campaigns. */
function entitiesInScope(
  world: World,
  accounts: readonly Account[],
  request: ReportRequest,
  adsMax: number,
): { entities: Entity[]; cut: boolean } {
  if (request.reservation) return { entities: [], cut: false };
  const kind = KINDS[request.idDimension ?? ''] ?? 'campaign_id';
  const entities = accounts.flatMap((account) => {
    const today = todayOf(world, account);
    return world.campaigns
      .of(account)
      .flatMap((campaign) => entitiesOf(account, campaign, kind))
      .filter((entity) => passes(request.filters, entity, today));
  });
  const ads = entities.reduce((count, { from, to }) => count + to - from, 0);
  if ((request.level === 'ADVERTISER' && !world.cutsAdvertisers) || ads < adsMax) return { entities, cut: false };
  return { entities: newest(entities, adsMax), cut: true };
}

const KINDS: Readonly<Record<string, EntityKind>> = {
  adgroup_id: 'adgroup_id',
  ad_id: 'ad_id',
  ad_id_v2: 'ad_id_v2',
};

/**
 * The entities that remain when a report is cut to so many ads: "only return the top 20k id's results, sorting by create
 * time desc order" ("Reporting FAQs"). Some ads of the last campaign or ad group may be missing.
 */
function newest(entities: readonly Entity[], adsMax: number): Entity[] {
  const places = entities.map((_, place) => place);
  const at = (place: number): Entity => entities[place] as Entity;
  places.sort((a, b) => {
    const [one, other] = [at(a).campaign, at(b).campaign];
    return other.created - one.created || other.index - one.index || a - b;
  });
  let room = adsMax;
  const kept: { readonly place: number; readonly entity: Entity }[] = [];
  for (const place of places) {
    if (room <= 0) break;
    const entity = at(place);
    kept.push({ place, entity: { ...entity, to: Math.min(entity.to, entity.from + room) } });
    room -= entity.to - entity.from;
  }
  return kept.sort((a, b) => a.place - b.place).map(({ entity }) => entity);
}

/** The number of each row that exists: place of its entity × days + place of its day. */
function keysOf(world: World, entities: readonly Entity[], from: DayNumber, days: number): Float64Array {
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
      if (entityHasRow(entity, from + day)) keys.push(place * days + day);
  });
  return Float64Array.from(keys);
}

function groupKeys(
  keys: Float64Array,
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

/** The figures of an entity's day at an instant. How complete each day is, is computed once. */
export class Figures {
  readonly #world: World;
  readonly #nowMs: number;
  readonly #maturities = new Map<string, Map<DayNumber, Maturity>>();

  constructor(world: World, at: Date = world.clock.now()) {
    this.#world = world;
    this.#nowMs = at.getTime();
  }

  of(entity: Entity, day: DayNumber): Performance {
    const { account, campaign } = entity;
    return partOf(performanceOf(account, campaign, day, this.maturityOf(account.timezone, day)), entity, day);
  }

  /** How complete a day of a zone is. */
  maturityOf(timezone: string, day: DayNumber): Maturity {
    let ofZone = this.#maturities.get(timezone);
    if (!ofZone) {
      ofZone = new Map();
      this.#maturities.set(timezone, ofZone);
    }
    let maturity = ofZone.get(day);
    if (!maturity) {
      maturity = maturityOf(timezone, day, this.#world.attributionDays, this.#nowMs);
      ofZone.set(day, maturity);
    }
    return maturity;
  }
}

/** Reports of several advertisers have whole units of money. */
function withoutDecimals(performance: Performance): Performance {
  return {
    ...performance,
    spend: Math.round(performance.spend / 10 ** performance.decimals),
    decimals: 0,
    resultDecimals: 0,
  };
}
