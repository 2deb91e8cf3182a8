import type { Parameters } from '../http/parameters.ts';
import * as parameter from '../http/parameters.ts';
import { badParameter, missing, notAcceptable } from '../http/refusal.ts';
import { attributeOf, deletedFrom, type Entity } from '../world/entity.ts';

const FILTER_TYPES = [
  'IN',
  'NOT_IN',
  'MATCH',
  'GREATER_EQUAL',
  'GREATER_THAN',
  'LOWER_EQUAL',
  'LOWER_THAN',
  'BETWEEN',
  'RANGE',
  'CONTAIN_ANY_OF',
] as const;
/** The primary statuses, of reports and of lists of entities. */
export const STATUSES = [
  'STATUS_ALL',
  'STATUS_NOT_DELETE',
  'STATUS_NOT_DELIVERY',
  'STATUS_DELIVERY_OK',
  'STATUS_DISABLE',
  'STATUS_DELETE',
] as const;
const BUYING_TYPES = ['AUCTION', 'RESERVATION_RF', 'RESERVATION_TOP_VIEW'] as const;
/** The status field of each level. A filter by another level's status is refused. */
const STATUS_FIELDS: Readonly<Record<string, string>> = {
  CAMPAIGN: 'campaign_status',
  ADGROUP: 'adgroup_status',
  AD: 'ad_status',
};
/** The id fields of each level: its own, and those of the levels above. Whole accounts have none. */
const ID_FIELDS: Readonly<Record<string, readonly string[]>> = {
  CAMPAIGN: ['campaign_ids'],
  ADGROUP: ['campaign_ids', 'adgroup_ids'],
  AD: ['campaign_ids', 'adgroup_ids', 'ad_ids', 'ad_ids_v2'],
};
const ID_DIMENSION_OF: Readonly<Record<string, string>> = {
  campaign_ids: 'campaign_id',
  adgroup_ids: 'adgroup_id',
  ad_ids: 'ad_id',
  ad_ids_v2: 'ad_id_v2',
};
const IDS_MAX = 100;
const IDS_MAX_OF_TASK = 20_000;

export interface ReportFilters {
  /** Only entities with one of these ids, by dimension. Without any: all. */
  readonly ids: ReadonlyMap<string, ReadonlySet<string>>;
  readonly statuses: readonly string[];
  readonly name: string | undefined;
  /** A buying type that no campaign here has. */
  readonly nothing: boolean;
  /** The key of this filter in caches. */
  readonly text: string;
}

/**
 * The `filtering` of a report: a JSON list of field_name, filter_type and filter_value, the value itself JSON text.
 *
 * Without a status the level's default applies, which leaves deleted campaigns out.
 *
 * @throws Refusal 40002
 */
export function parseFilters(parameters: Parameters, level: string, { task = false } = {}): ReportFilters {
  const items = parameter.json(parameters, 'filtering') ?? [];
  if (!Array.isArray(items)) throw badParameter('filtering: Not a valid list.');
  const wanted = new Map<string, ReadonlySet<string>>();
  // Reports of whole accounts include everything, and accept no status.
  let statuses: readonly string[] = [level === 'ADVERTISER' ? 'STATUS_ALL' : 'STATUS_NOT_DELETE'];
  let name: string | undefined;
  let nothing = false;
  for (const item of items as unknown[]) {
    const { field, type, value } = parseItem(item, task);
    if (ID_FIELDS[level]?.includes(field)) {
      const dimension = ID_DIMENSION_OF[field] ?? field;
      const ids = idsOf(field, type, value, task ? IDS_MAX_OF_TASK : IDS_MAX);
      const before = wanted.get(dimension);
      wanted.set(dimension, new Set(before ? ids.filter((id) => before.has(id)) : ids));
    } else if (field === STATUS_FIELDS[level]) {
      statuses = enumOf(field, type, value, STATUSES);
    } else if (field === 'buying_type') {
      nothing ||= !enumOf(field, type, value, BUYING_TYPES).includes('AUCTION');
    } else if (field === 'campaign_name' && type === 'MATCH' && level !== 'ADVERTISER') {
      name = value;
    } else {
      throw badParameter(`filtering: field_name ${field} is not supported for filter_type ${type} at this data_level.`);
    }
  }
  return { ids: wanted, statuses, name, nothing, text: JSON.stringify(items) };
}

function parseItem(item: unknown, task: boolean): { field: string; type: string; value: string } {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    throw badParameter('filtering: Not a valid object.');
  const parts = item as Readonly<Record<string, unknown>>;
  const field = parts.field_name;
  const type = parts.filter_type ?? (task ? 'IN' : undefined);
  const value = parts.filter_value;
  const absent = Object.entries({ field_name: field, filter_type: type, filter_value: value }).filter(
    ([, v]) => v === undefined,
  );
  if (absent.length > 0) throw missing(...absent.map(([key]) => `filtering.${key}`));
  if (typeof field !== 'string' || typeof value !== 'string') throw badParameter('filtering: Not a valid string.');
  if (!FILTER_TYPES.some((candidate) => candidate === type)) throw notAcceptable('filter_type', FILTER_TYPES);
  return { field, type: String(type), value };
}

function listOf(field: string, type: string, value: string): string[] {
  if (type !== 'IN') throw badParameter(`filtering: ${field} supports filter_type IN only.`);
  return parameter.textsOf(`filtering.${field}`, parameter.parseJson(`filtering.${field}`, value));
}

function idsOf(field: string, type: string, value: string, max: number): string[] {
  const ids = listOf(field, type, value).map((text) => parameter.id(`filtering.${field}`, text));
  if (ids.length > max) throw badParameter(`filtering.${field}: Longer than maximum length ${max}.`);
  return ids;
}

function enumOf(field: string, type: string, value: string, allowed: readonly string[]): string[] {
  const values = listOf(field, type, value);
  if (values.some((text) => !allowed.includes(text))) throw notAcceptable(field, allowed);
  return values;
}

/** Whether an entity passes the filter on the account's today. */
export function passes(filters: ReportFilters, entity: Entity, today: number): boolean {
  const { campaign } = entity;
  if (filters.nothing || campaign.created > today) return false;
  if (filters.name !== undefined && !campaign.name.includes(filters.name)) return false;
  for (const [dimension, ids] of filters.ids) if (!ids.has(attributeOf(entity, dimension))) return false;
  return filters.statuses.some((status) => hasStatus(entity, today, status));
}

/** Whether an entity has a status on the account's today; the same for reports and for lists of entities. */
export function hasStatus(entity: Entity, today: number, status: string): boolean {
  const deleted = deletedFrom(entity) <= today;
  const running = !deleted && today <= entity.campaign.last;
  switch (status) {
    case 'STATUS_ALL':
      return true;
    case 'STATUS_NOT_DELETE':
      return !deleted;
    case 'STATUS_DELETE':
      return deleted;
    case 'STATUS_DELIVERY_OK':
      return running;
    default:
      return !deleted && !running;
  }
}
