import { isObject } from '../../json/json.ts';

/** The list in an answer, and how many items TikTok counts in all its pages. */
export interface ListAnswer {
  readonly list: readonly Record<string, unknown>[];
  readonly total: number;
}

/**
 * The list of a paged answer, or what is wrong with it (completes "the answer …"). An empty one also comes as `null`
 * with a total of 0, and without `page_info`.
 */
export function listAnswer(data: unknown): ListAnswer | string {
  if (!isObject(data)) return 'has no data';
  const { list, page_info: pageInfo } = data;
  const isEmpty = Array.isArray(list) && list.length === 0;
  if (pageInfo === undefined && isEmpty) return { list: [], total: 0 };
  if (!isObject(pageInfo)) return 'has no page_info';
  const total = pageInfo.total_number;
  if (typeof total !== 'number' || !Number.isSafeInteger(total) || total < 0) {
    return `has ${JSON.stringify(total) ?? 'nothing'} as total_number, which should be a count`;
  }
  if (list === null && total === 0) return { list: [], total };
  if (!Array.isArray(list)) return 'has no list';
  return { list, total };
}
