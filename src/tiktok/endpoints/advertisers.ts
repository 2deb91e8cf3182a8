import { isObject } from '../../json/json.ts';
import type { TikTokClient } from '../client.ts';
import { CODELESS } from '../error-codes.ts';
import { codelessError, TikTokError } from '../errors.ts';
import { isTimeZone } from '../time-zones.ts';
import type { App } from './oauth.ts';

/** Ids that one request may name. */
const BATCH_SIZE = 100;

/** TikTok's ad account. What TikTok did not say is absent. */
export interface Advertiser {
  readonly id: string;
  readonly name?: string;
  /** ISO 4217. */
  readonly currency?: string;
  /** IANA name, known to this runtime. */
  readonly timezone?: string;
  /** `STATUS_ENABLE` and the like. */
  readonly status?: string;
  /** Milliseconds since 1970. */
  readonly createdAt?: number;
}

/** An advertiser that the token was granted. */
export interface GrantedAdvertiser {
  readonly id: string;
  readonly name: string;
}

/**
 * Every advertiser that the token was granted (`GET /oauth2/advertiser/get/`); not offered by the sandbox. TikTok's page
 * knows no pages of this list; should an answer speak of more than it holds, the others are asked for.
 *
 * @throws TikTokError; kind `transient` when the pages never hold what they count
 */
export async function listGrantedAdvertisers(
  client: TikTokClient,
  { appId, secret }: App,
  signal: AbortSignal,
): Promise<GrantedAdvertiser[]> {
  const granted = new Map<string, GrantedAdvertiser>();
  for (let page = 1; ; page += 1) {
    const known = granted.size;
    const { data } = await client.request({
      path: 'oauth2/advertiser/get/',
      params: { app_id: appId, secret, ...(page > 1 && { page: String(page) }) },
      signal,
      validate: whatIsWrong,
    });
    const { list, page_info: pageInfo } = data as AdvertiserList;
    for (const { advertiser_id: id, advertiser_name: name } of list ?? [])
      granted.set(id, { id, name: text(name) ?? '' });
    const total = isObject(pageInfo) ? Number(pageInfo.total_number) : 0;
    if (!(granted.size < total)) return [...granted.values()];
    if (granted.size === known) {
      const message = `TikTok counts ${total} advertisers and lists ${known}, however many pages are asked for.`;
      throw codelessError(CODELESS.broken, message);
    }
  }
}

interface AdvertiserList {
  readonly list: readonly (Record<string, unknown> & { readonly advertiser_id: string })[] | null;
  readonly page_info?: unknown;
}

export interface FetchedAdvertisers {
  readonly found: Map<string, Advertiser>;
  /** Why an id brought nothing. Each id asked for is either found or refused. */
  readonly refused: Map<string, TikTokError>;
}

/**
 * Name, currency, zone and status of advertisers (`GET /advertiser/info/`).
 *
 * One bad id does not hide the others: TikTok refuses the whole batch for it, so the batch is asked for again without
 * the ids that the message names, or in halves when it names none.
 *
 * @throws TikTokError of a kind that concerns all advertisers (`credentials`, `unreachable`, `quota_exhausted`, …)
 */
export async function fetchAdvertisers(
  client: TikTokClient,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<FetchedAdvertisers> {
  const result: FetchedAdvertisers = { found: new Map(), refused: new Map() };
  const distinct = [...new Set(ids)];
  const batches = Array.from({ length: Math.ceil(distinct.length / BATCH_SIZE) }, (_, index) =>
    distinct.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE),
  );
  // A failure that concerns all advertisers ends the other batches, too.
  const together = new AbortController();
  const stop = () => together.abort(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.all(batches.map((batch) => fetchBatch(client, batch, together.signal, result)));
  } catch (error) {
    together.abort(error);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return result;
}

async function fetchBatch(
  client: TikTokClient,
  ids: readonly string[],
  signal: AbortSignal,
  result: FetchedAdvertisers,
): Promise<void> {
  if (ids.length === 0) return;
  try {
    const { data, requestId } = await client.request({
      path: 'advertiser/info/',
      params: { advertiser_ids: JSON.stringify(ids) },
      signal,
      validate: whatIsWrong,
    });
    for (const item of (data as AdvertiserList).list ?? []) result.found.set(item.advertiser_id, advertiserOf(item));
    for (const id of ids) if (!result.found.has(id)) result.refused.set(id, notAnswered(id, requestId));
  } catch (error) {
    if (!(error instanceof TikTokError)) throw error;
    if (isNotOffered(error)) {
      for (const id of ids) result.found.set(id, { id });
      return;
    }
    if (!concernsSingleIds(error)) throw error;
    const numbers = new Set(error.apiMessage?.match(/\d+/g));
    const named = ids.filter((id) => numbers.has(id));
    if (ids.length === 1 || isPassing(error)) {
      for (const id of ids) result.refused.set(id, error);
    } else if (named.length > 0 && named.length < ids.length) {
      for (const id of named) result.refused.set(id, error);
      const others = ids.filter((id) => !named.includes(id));
      await fetchBatch(client, others, signal, result);
    } else {
      const middle = Math.ceil(ids.length / 2);
      await Promise.all([
        fetchBatch(client, ids.slice(0, middle), signal, result),
        fetchBatch(client, ids.slice(middle), signal, result),
      ]);
    }
  }
}

/** The sandbox does not have this endpoint. Then only the id is known, which is no reason to refuse an advertiser. */
function isNotOffered({ code }: TikTokError): boolean {
  return code === 40008 || code === 40009 || code === 40014;
}

/** A malformed id is a parameter error of the whole batch. */
function concernsSingleIds(error: TikTokError): boolean {
  const isParameter = error.code === 40000 || error.code === 40002 || error.code === 40007;
  return error.kind === 'advertiser_unavailable' || isPassing(error) || isParameter;
}

/** The client has already tried the whole batch for long; its halves would not be answered either. */
function isPassing({ kind }: TikTokError): boolean {
  return kind === 'transient' || kind === 'timeout';
}

function notAnswered(id: string, requestId: string): TikTokError {
  return new TikTokError({
    kind: 'advertiser_unavailable',
    meaning: 'TikTok says nothing about this advertiser.',
    advice: 'Check the id; name it in exclude_advertiser_ids, or set unavailable_advertisers to warn.',
    message: `The answer to advertiser/info/ left it out (request id ${requestId || 'not given'}).`,
    advertiserId: id,
    requestId,
  });
}

function advertiserOf(item: NonNullable<AdvertiserList['list']>[number]): Advertiser {
  const name = text(item.name);
  const currency = knownText(item.currency);
  const timezone = knownZone(item.display_timezone) ?? knownZone(item.timezone);
  const status = knownText(item.status);
  const created = Number(item.create_time);
  return {
    id: item.advertiser_id,
    ...(name === undefined ? {} : { name }),
    ...(currency === undefined ? {} : { currency }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(status === undefined ? {} : { status }),
    ...(created > 0 && Number.isFinite(created) ? { createdAt: created * 1000 } : {}),
  };
}

/** The first of all equal texts: thousands of advertisers have few currencies and states. */
function knownText(value: unknown): string | undefined {
  const found = text(value);
  if (found === undefined) return undefined;
  if (!texts.has(found)) texts.set(found, found);
  return texts.get(found);
}

const texts = new Map<string, string>();

/** `Etc/GMT+8` stays what the tz database means by it, UTC−8: TikTok names zones as the database does. */
function knownZone(zone: unknown): string | undefined {
  if (typeof zone !== 'string' || zone === '') return undefined;
  if (!zones.has(zone)) zones.set(zone, isTimeZone(zone) ? zone : undefined);
  return zones.get(zone);
}

/** By name, the zones that this runtime knows: it takes a millisecond and some ten kilobytes to find out about one. */
const zones = new Map<string, string | undefined>();

function whatIsWrong(data: unknown): string | undefined {
  if (isObject(data) && data.list === null) return undefined;
  if (!isObject(data) || !Array.isArray(data.list)) return 'has no list of advertisers';
  const isAdvertiser = (item: unknown) => isObject(item) && typeof item.advertiser_id === 'string';
  return data.list.every(isAdvertiser) ? undefined : 'has an advertiser without advertiser_id';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
