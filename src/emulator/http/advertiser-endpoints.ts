import type { Account } from '../world/account.ts';
import { accountFor, grantedAccounts, type World } from '../world/world.ts';
import type { Call, Reply } from './call.ts';
import * as parameter from './parameters.ts';
import { badParameter, missing, pythonList, Refusal } from './refusal.ts';

const IDS_MAX = 100;

/** GET `oauth2/advertiser/get/`: every advertiser that the token was granted, on one page. */
export function listAdvertisers(world: World, { parameters, grant, effect }: Call): Reply {
  const appId = parameter.requiredText(parameters, 'app_id');
  const secret = parameter.requiredText(parameters, 'secret');
  if (appId !== world.app.id || secret !== world.app.secret) {
    throw new Refusal(
      40113,
      "The app_id is inconsistent with the token's app information. Please retry after correcting it. ",
    );
  }
  const list = grantedAccounts(world, grant).map(({ id, name }) => ({ advertiser_id: id, advertiser_name: name }));
  const pageSize = effect.advertisers_a_page;
  if (pageSize === undefined) return { data: JSON.stringify({ list }) };
  const page = parameter.integer(parameters, 'page', { min: 1, max: Number.MAX_SAFE_INTEGER, otherwise: 1 });
  const pageInfo = {
    page,
    page_size: pageSize,
    total_number: list.length,
    total_page: Math.ceil(list.length / pageSize),
  };
  return { data: JSON.stringify({ list: list.slice((page - 1) * pageSize, page * pageSize), page_info: pageInfo }) };
}

/** GET `advertiser/info/`: at most 100 ids. One id that may not be read refuses all. */
export function advertiserInfo(world: World, { parameters, grant }: Call): Reply {
  const ids = parameter.list(parameters, 'advertiser_ids');
  if (!ids || ids.length === 0) throw missing('advertiser_ids');
  if (ids.length > IDS_MAX) throw new Refusal(40011, `advertiser_ids: Longer than maximum length ${IDS_MAX}.`);
  const fields = parameter.list(parameters, 'fields');
  const wrong = fields?.filter((name) => !FIELDS.has(name) && name !== 'company_name_editable') ?? [];
  if (wrong.length > 0)
    throw badParameter(
      `fields: one or more value of the param is not acceptable, correct is ${pythonList([...FIELDS])}`,
    );
  const list = ids.map((id) => {
    const info = infoOf(accountFor(world, grant, id));
    if (!fields) return info;
    // When it is asked for, only this field and the id come.
    if (fields.includes('company_name_editable')) return { advertiser_id: id, company_name_editable: true };
    return Object.fromEntries(
      Object.entries(info).filter(([name]) => fields.includes(name) || name === 'advertiser_id'),
    );
  });
  return { data: JSON.stringify({ list }) };
}

function infoOf(account: Account): Record<string, unknown> {
  return {
    advertiser_id: account.id,
    name: account.name,
    currency: account.currency,
    timezone: account.reportedTimezone,
    ...(account.showsDisplayTimezone ? { display_timezone: account.timezone } : {}),
    status: account.status,
    role: 'ROLE_ADVERTISER',
    company: account.name,
    country: 'US',
    industry: '290305',
    language: 'en',
    balance: 1000.5,
    create_time: account.created * 86_400,
    owner_bc_id: '7000000000000000001',
    advertiser_account_type: 'AUCTION',
    rejection_reason: null,
    contacter: 'M***r',
    email: 'm***r@example.com',
    telephone_number: '+1*******99',
    address: null,
    description: '',
    license_no: '',
    license_url: null,
    brand: null,
    promotion_area: '0',
    promotion_center_city: null,
    promotion_center_province: null,
    cellphone_number: '+1*******99',
  };
}

/** The names that `fields` takes. */
const FIELDS: ReadonlySet<string> = new Set([
  'advertiser_id',
  'name',
  'currency',
  'timezone',
  'display_timezone',
  'status',
  'role',
  'company',
  'country',
  'industry',
  'language',
  'balance',
  'create_time',
  'owner_bc_id',
  'advertiser_account_type',
  'rejection_reason',
  'contacter',
  'email',
  'telephone_number',
  'telephone',
  'address',
  'description',
  'license_no',
  'license_url',
  'license_city',
  'license_province',
  'brand',
  'promotion_area',
  'promotion_center_city',
  'promotion_center_province',
  'cellphone_number',
  'phonenumber',
]);

/** GET `user/info/`: who granted the token. */
export function userInfo(): Reply {
  return {
    data: JSON.stringify({
      core_user_id: '7000000000000000003',
      display_name: 'Emulator Marketer',
      email: 'm***r@example.com',
      avatar_url: '',
      create_time: 1_609_459_200,
    }),
  };
}
