import { isObject } from '../../json/json.ts';
import type { TikTokClient } from '../client.ts';
import { CODELESS } from '../error-codes.ts';
import { codelessError } from '../errors.ts';
import { type ListAnswer, listAnswer } from './list-answer.ts';

const PAGE_SIZE = 1000;
/** Passes over all pages before a list that keeps changing is given up. */
const PASSES_MAX = 3;

export interface CampaignListQuery {
  readonly advertiserId: string;
  readonly includeDeleted: boolean;
}

/**
 * The ids of all campaigns of one advertiser, each once (`GET /campaign/get/`).
 *
 * As many as TikTok counts, on every page the same number; a list that moves while it is read is read again.
 *
 * @throws TikTokError; kind `transient` when the list never adds up
 */
export async function listCampaignIds(
  client: TikTokClient,
  query: CampaignListQuery,
  signal: AbortSignal,
): Promise<string[]> {
  let found = '';
  for (let pass = 1; pass <= PASSES_MAX; pass += 1) {
    const { ids, total } = await readAllPages(client, query, signal);
    if (ids.size === total) return [...ids];
    found = `${ids.size} different ids where TikTok counts ${total ?? 'differently from page to page'}`;
  }
  throw codelessError(
    CODELESS.broken,
    `The list of campaigns of advertiser ${query.advertiserId} does not add up, read ${PASSES_MAX} times: ${found}.`,
  );
}

/** `total` is undefined when the pages disagree about it. */
async function readAllPages(
  client: TikTokClient,
  { advertiserId, includeDeleted }: CampaignListQuery,
  signal: AbortSignal,
): Promise<{ ids: Set<string>; total: number | undefined }> {
  const ids = new Set<string>();
  let total: number | undefined;
  for (let page = 1; page === 1 || (page - 1) * PAGE_SIZE < (total ?? 0); page += 1) {
    const { data } = await client.request({
      path: 'campaign/get/',
      advertiserId,
      signal,
      validate: whatIsWrong,
      params: {
        advertiser_id: advertiserId,
        fields: '["campaign_id"]',
        page: String(page),
        page_size: String(PAGE_SIZE),
        ...(includeDeleted ? { filtering: '{"primary_status":"STATUS_ALL"}' } : {}),
      },
    });
    const answer = listAnswer(data) as ListAnswer;
    if (page > 1 && answer.total !== total) return { ids, total: undefined };
    total = answer.total;
    for (const campaign of answer.list) ids.add(campaign.campaign_id as string);
  }
  return { ids, total };
}

function whatIsWrong(data: unknown): string | undefined {
  const answer = listAnswer(data);
  if (typeof answer === 'string') return answer;
  const isCampaign = (item: unknown) => isObject(item) && typeof item.campaign_id === 'string';
  return answer.list.every(isCampaign) ? undefined : 'has a campaign without campaign_id';
}
