import { isObject } from '../../json/json.ts';
import type { TikTokClient } from '../client.ts';
import { CODELESS } from '../error-codes.ts';
import { TikTokError } from '../errors.ts';
import { type ListAnswer, listAnswer } from './list-answer.ts';

const PAGE_SIZE = 1000;
/** Passes over all pages before a list that keeps changing is given up. */
const PASSES_MAX = 3;

/** The campaigns of an advertiser, or the ad groups of one campaign. */
export type EntityQuery =
  | { readonly kind: 'campaign'; readonly advertiserId: string }
  | { readonly kind: 'adgroup'; readonly advertiserId: string; readonly campaignId: string };

/**
 * The ids of all campaigns of one advertiser, or of all ad groups of one campaign, each once, deleted ones too
 * (`GET /campaign/get/`, `GET /adgroup/get/`).
 *
 * As many as TikTok counts, on every page the same number; a list that moves while it is read is read again.
 *
 * @throws TikTokError; kind `transient` when the list never adds up
 */
export async function listEntityIds(client: TikTokClient, query: EntityQuery, signal: AbortSignal): Promise<string[]> {
  let found = '';
  for (let pass = 1; pass <= PASSES_MAX; pass += 1) {
    const { ids, total } = await readAllPages(client, query, signal);
    if (ids.size === total) return [...ids];
    found = `${ids.size} different ids where TikTok counts ${total ?? 'differently from page to page'}`;
  }
  throw new TikTokError({
    ...CODELESS.broken,
    message: `The list of ${namesOf(query)} does not add up, read ${PASSES_MAX} times: ${found}.`,
    advertiserId: query.advertiserId,
  });
}

const namesOf = (query: EntityQuery) =>
  query.kind === 'campaign' ? 'campaigns' : `ad groups of campaign ${query.campaignId}`;

/** `total` is undefined when the pages disagree about it. */
async function readAllPages(
  client: TikTokClient,
  query: EntityQuery,
  signal: AbortSignal,
): Promise<{ ids: Set<string>; total: number | undefined }> {
  const { kind, advertiserId } = query;
  const idField = `${kind}_id`;
  const filtering = {
    primary_status: 'STATUS_ALL',
    ...(query.kind === 'adgroup' && { campaign_ids: [query.campaignId] }),
  };
  const ids = new Set<string>();
  let total: number | undefined;
  for (let page = 1; page === 1 || (page - 1) * PAGE_SIZE < (total ?? 0); page += 1) {
    const { data } = await client.request({
      path: `${kind}/get/`,
      advertiserId,
      signal,
      validate: (answer) => whatIsWrong(answer, kind),
      params: {
        advertiser_id: advertiserId,
        fields: JSON.stringify([idField]),
        page: String(page),
        page_size: String(PAGE_SIZE),
        filtering: JSON.stringify(filtering),
      },
    });
    const answer = listAnswer(data) as ListAnswer;
    if (page > 1 && answer.total !== total) return { ids, total: undefined };
    total = answer.total;
    for (const entity of answer.list) ids.add(entity[idField] as string);
  }
  return { ids, total };
}

function whatIsWrong(data: unknown, kind: EntityQuery['kind']): string | undefined {
  const answer = listAnswer(data);
  if (typeof answer === 'string') return answer;
  const isEntity = (item: unknown) => isObject(item) && typeof item[`${kind}_id`] === 'string';
  return answer.list.every(isEntity)
    ? undefined
    : `has ${kind === 'campaign' ? 'a campaign' : 'an ad group'} without ${kind}_id`;
}
