import { createHash } from 'node:crypto';
import type { Shard } from '../config/shard.ts';

/**
 * Which of `count` parts an advertiser falls into, from 0: `floor(h × count ÷ 2⁶⁴)`, h the first eight bytes of the
 * SHA-256 of its id. Ranges of the hash, not remainders: part i of n is parts 2i and 2i + 1 of 2n, so that doubling n
 * moves no advertiser into a part of other advertisers.
 */
export function shardOf(advertiserId: string, count: number): number {
  const hash = createHash('sha256').update(advertiserId).digest().readBigUInt64BE();
  return Number((hash * BigInt(count)) >> 64n);
}

/** True for every advertiser where there are no shards. */
export function isInShard(advertiserId: string, shard: Shard | undefined): boolean {
  return shard === undefined || shardOf(advertiserId, shard.count) === shard.index;
}
