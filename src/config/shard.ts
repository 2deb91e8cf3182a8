import { sha256 } from './sha256.ts';

/** One of `count` parts of the advertisers, `index` from 0. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Reads `3/8`, or says in a sentence what is wrong with it. */
export function parseShard(text: string): Shard | { readonly mistake: string } {
  const [index = Number.NaN, count = Number.NaN] = text.split('/').map(Number);
  if (/^\d+\/\d+$/.test(text) && index < count && count <= SHARDS_MAX) return { index, count };
  return {
    mistake: `shard is ${JSON.stringify(text.slice(0, 40))}; expected a part and how many there are, such as "0/8" for the first and "7/8" for the last of eight (at most ${SHARDS_MAX}).`,
  };
}

/** As many tasks as Airflow maps at once. */
export const SHARDS_MAX = 1_024;

/**
 * Which of `count` parts an advertiser falls into, from 0: `floor(h × count ÷ 2⁶⁴)`, h the first eight bytes of the
 * SHA-256 of its id. Ranges of the hash, not remainders: part i of n is parts 2i and 2i + 1 of 2n, so that doubling n
 * moves no advertiser into a part of other advertisers.
 */
export function shardOf(advertiserId: string, count: number): number {
  const hash = sha256(advertiserId).readBigUInt64BE();
  return Number((hash * BigInt(count)) >> 64n);
}

/** True for every advertiser where there are no shards. */
export function isInShard(advertiserId: string, shard: Shard | undefined): boolean {
  return shard === undefined || shardOf(advertiserId, shard.count) === shard.index;
}
