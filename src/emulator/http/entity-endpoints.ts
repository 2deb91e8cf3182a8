import { hasStatus, STATUSES } from '../report/report-filters.ts';
import { attributeOf, deletedFrom, type Entity, entitiesOf, idOf } from '../world/entity.ts';
import { accountFor, todayOf, type World } from '../world/world.ts';
import type { Call, Reply } from './call.ts';
import * as parameter from './parameters.ts';
import { badParameter, missing, notAcceptable } from './refusal.ts';

const SECONDARY_STATUSES = [
  'CAMPAIGN_STATUS_ALL',
  'CAMPAIGN_STATUS_NOT_DELETE',
  'CAMPAIGN_STATUS_ENABLE',
  'CAMPAIGN_STATUS_DISABLE',
  'CAMPAIGN_STATUS_DELETE',
] as const;
const IDS_MAX = 100;

/** What `campaign/get/`, `adgroup/get/` and `ad/get/` list. */
export type ListedKind = 'campaign' | 'adgroup' | 'ad';

/** GET `campaign/get/` and its two siblings. Deleted ones are left out unless a status asks for them. */
export function listEntities(kind: ListedKind, world: World, { parameters, grant }: Call): Reply {
  const advertiserId = parameter.text(parameters, 'advertiser_id');
  if (!advertiserId) throw missing('advertiser_id');
  const page = parameter.integer(parameters, 'page', { min: 1, max: Number.MAX_SAFE_INTEGER, otherwise: 1 });
  const pageSize = parameter.integer(parameters, 'page_size', { min: 1, max: 1000, otherwise: 10 });
  const fields = parameter.list(parameters, 'fields');
  const matches = parseFilter(parameters);
  const account = accountFor(world, grant, parameter.id('advertiser_id', advertiserId));
  const today = todayOf(world, account);
  const found = world.campaigns
    .of(account)
    // The campaign with an invalid id is not listed.
    .filter(({ created, id }) => created <= today && id !== account.oddCampaignId)
    .flatMap((campaign) => entitiesOf(account, campaign, `${kind}_id`))
    .filter((entity) => matches(entity, today));
  const list = found
    .slice((page - 1) * pageSize, page * pageSize)
    .map((entity) => describe(kind, entity, today))
    .map((entity) =>
      fields ? Object.fromEntries(Object.entries(entity).filter(([name]) => fields.includes(name))) : entity,
    );
  const pageInfo = {
    page,
    page_size: pageSize,
    total_number: found.length,
    total_page: Math.ceil(found.length / pageSize),
  };
  return { data: JSON.stringify({ list, page_info: pageInfo }) };
}

/** `filtering` is one JSON object here, not a list as in reports. */
function parseFilter(parameters: parameter.Parameters): (entity: Entity, today: number) => boolean {
  const filtering = parameter.json(parameters, 'filtering') ?? {};
  if (typeof filtering !== 'object' || filtering === null || Array.isArray(filtering)) {
    throw badParameter('filtering: Not a valid object.');
  }
  const filter = filtering as parameter.Parameters;
  const primary = parameter.oneOf(filter, 'primary_status', STATUSES);
  const secondary = filter.secondary_status;
  // The siblings' statuses are spelled ADGROUP_STATUS_… and AD_STATUS_….
  const secondaryStatus = typeof secondary === 'string' ? secondary.replace(/^(ADGROUP|AD)_/, 'CAMPAIGN_') : undefined;
  if (secondary !== undefined && !SECONDARY_STATUSES.some((status) => status === secondaryStatus)) {
    throw notAcceptable('secondary_status', SECONDARY_STATUSES);
  }
  const named = primary ?? secondaryStatus?.replace('CAMPAIGN_', '') ?? 'STATUS_NOT_DELETE';
  const status = named === 'STATUS_ENABLE' ? 'STATUS_DELIVERY_OK' : named;
  const wanted = ['campaign_id', 'adgroup_id', 'ad_id'].flatMap((dimension) => {
    const name = `${dimension}s`;
    const ids = parameter.list(filter, name)?.map((id) => parameter.id(`filtering.${name}`, id)) ?? [];
    if (ids.length > IDS_MAX) throw badParameter(`filtering.${name}: Longer than maximum length ${IDS_MAX}.`);
    return ids.length === 0 ? [] : [{ dimension, ids: new Set(ids) }];
  });
  const name = parameter.text(filter, 'campaign_name');
  return (entity, today) =>
    wanted.every(({ dimension, ids }) => ids.has(attributeOf(entity, dimension))) &&
    (name === undefined || entity.campaign.name.includes(name)) &&
    hasStatus(entity, today, status);
}

function describe(kind: ListedKind, entity: Entity, today: number): Record<string, unknown> {
  const { account, campaign } = entity;
  const deletedOn = deletedFrom(entity);
  const deleted = deletedOn <= today;
  const running = !deleted && today <= campaign.last;
  const day = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);
  const modified = deleted && Number.isFinite(deletedOn) ? deletedOn : campaign.created;
  return {
    advertiser_id: account.id,
    campaign_id: campaign.id,
    campaign_name: campaign.name,
    ...(kind === 'campaign'
      ? {}
      : { adgroup_id: attributeOf(entity, 'adgroup_id'), adgroup_name: attributeOf(entity, 'adgroup_name') }),
    ...(kind === 'ad' ? { ad_id: idOf(entity), ad_name: attributeOf(entity, 'ad_name') } : {}),
    operation_status: running ? 'ENABLE' : 'DISABLE',
    secondary_status: `${kind.toUpperCase()}_STATUS_${deleted ? 'DELETE' : running ? 'ENABLE' : 'DISABLE'}`,
    objective_type: campaign.objective,
    campaign_automation_type: campaign.automation,
    budget: 50,
    budget_mode: 'BUDGET_MODE_DAY',
    is_smart_performance_campaign: campaign.automation === 'SMART_PLUS',
    create_time: `${day(campaign.created)} 08:00:00`,
    modify_time: `${day(Math.min(today, modified))} 09:30:00`,
  };
}
