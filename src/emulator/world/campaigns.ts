import type { Call, Reply } from '../http/call.ts';
import * as parameter from '../http/parameters.ts';
import { badParameter, missing, notAcceptable } from '../http/refusal.ts';
import { type Campaign, isDeleted } from './campaign.ts';
import { accountFor, todayOf, type World } from './world.ts';

const PRIMARY_STATUSES = [
  'STATUS_ALL',
  'STATUS_NOT_DELETE',
  'STATUS_NOT_DELIVERY',
  'STATUS_DELIVERY_OK',
  'STATUS_DISABLE',
  'STATUS_DELETE',
] as const;
const SECONDARY_STATUSES = [
  'CAMPAIGN_STATUS_ALL',
  'CAMPAIGN_STATUS_NOT_DELETE',
  'CAMPAIGN_STATUS_ENABLE',
  'CAMPAIGN_STATUS_DISABLE',
  'CAMPAIGN_STATUS_DELETE',
] as const;
const IDS_MAX = 100;

/** What `campaign/get/`, `adgroup/get/` and `ad/get/` list: every campaign has one ad group and one ad. */
export type EntityKind = 'campaign' | 'adgroup' | 'ad';

/** GET `campaign/get/` and its two siblings. Deleted ones are left out unless a status asks for them. */
export function listEntities(kind: EntityKind, world: World, { parameters, grant }: Call): Reply {
  const advertiserId = parameter.text(parameters, 'advertiser_id');
  if (!advertiserId) throw missing('advertiser_id');
  const page = parameter.integer(parameters, 'page', { min: 1, max: Number.MAX_SAFE_INTEGER, otherwise: 1 });
  const pageSize = parameter.integer(parameters, 'page_size', { min: 1, max: 1000, otherwise: 10 });
  const fields = parameter.list(parameters, 'fields');
  const matches = parseFilter(parameters);
  const account = accountFor(world, grant, parameter.id('advertiser_id', advertiserId));
  const today = todayOf(world, account);
  const found = world.campaigns.of(account).filter((campaign) => campaign.created <= today && matches(campaign, today));
  const list = found
    .slice((page - 1) * pageSize, page * pageSize)
    .map((campaign) => describe(kind, account.id, campaign, today))
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
function parseFilter(parameters: parameter.Parameters): (campaign: Campaign, today: number) => boolean {
  const filtering = parameter.json(parameters, 'filtering') ?? {};
  if (typeof filtering !== 'object' || filtering === null || Array.isArray(filtering)) {
    throw badParameter('filtering: Not a valid object.');
  }
  const filter = filtering as parameter.Parameters;
  const primary = parameter.oneOf(filter, 'primary_status', PRIMARY_STATUSES);
  const secondary = filter.secondary_status;
  // The siblings' statuses are spelled ADGROUP_STATUS_… and AD_STATUS_….
  const secondaryStatus = typeof secondary === 'string' ? secondary.replace(/^(ADGROUP|AD)_/, 'CAMPAIGN_') : undefined;
  if (secondary !== undefined && !SECONDARY_STATUSES.some((status) => status === secondaryStatus)) {
    throw notAcceptable('secondary_status', SECONDARY_STATUSES);
  }
  const status = (primary ?? secondaryStatus?.replace('CAMPAIGN_', '') ?? 'STATUS_NOT_DELETE').replace('STATUS_', '');
  const ids = ['campaign_ids', 'adgroup_ids', 'ad_ids'].flatMap((name) => parameter.list(filter, name) ?? []);
  if (ids.length > IDS_MAX) throw badParameter(`filtering.campaign_ids: Longer than maximum length ${IDS_MAX}.`);
  const wanted = new Set(ids.map((id) => `1${parameter.id('filtering.campaign_ids', id).slice(1)}`));
  const name = parameter.text(filter, 'campaign_name');
  return (campaign, today) => {
    if (wanted.size > 0 && !wanted.has(campaign.id)) return false;
    if (name !== undefined && !campaign.name.includes(name)) return false;
    const deleted = isDeleted(campaign, today);
    if (status === 'ALL') return true;
    if (status === 'NOT_DELETE') return !deleted;
    if (status === 'DELETE') return deleted;
    const running = !deleted && today <= campaign.last;
    return status === 'DELIVERY_OK' || status === 'ENABLE' ? running : !deleted && !running;
  };
}

function describe(kind: EntityKind, advertiserId: string, campaign: Campaign, today: number): Record<string, unknown> {
  const deleted = isDeleted(campaign, today);
  const running = !deleted && today <= campaign.last;
  const prefix = kind === 'campaign' ? 'CAMPAIGN' : kind === 'adgroup' ? 'ADGROUP' : 'AD';
  const created = `${new Date(campaign.created * 86_400_000).toISOString().slice(0, 10)} 08:00:00`;
  const modifiedDay = Math.min(
    today,
    deleted && Number.isFinite(campaign.deletedFrom) ? campaign.deletedFrom : campaign.created,
  );
  const rest = campaign.id.slice(1);
  return {
    advertiser_id: advertiserId,
    campaign_id: campaign.id,
    campaign_name: campaign.name,
    ...(kind === 'campaign' ? {} : { adgroup_id: `2${rest}`, adgroup_name: `${campaign.name} / ad group` }),
    ...(kind === 'ad' ? { ad_id: `3${rest}`, ad_name: `${campaign.name} / ad` } : {}),
    operation_status: running ? 'ENABLE' : 'DISABLE',
    secondary_status: `${prefix}_STATUS_${deleted ? 'DELETE' : running ? 'ENABLE' : 'DISABLE'}`,
    objective_type: campaign.objective,
    budget: 50,
    budget_mode: 'BUDGET_MODE_DAY',
    is_smart_performance_campaign: false,
    create_time: created,
    modify_time: `${new Date(modifiedDay * 86_400_000).toISOString().slice(0, 10)} 09:30:00`,
  };
}
