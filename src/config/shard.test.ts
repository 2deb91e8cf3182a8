import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInShard, shardOf } from './shard.ts';

const id = fc.bigInt({ min: 10n ** 18n, max: 8n * 10n ** 18n }).map(String);
const count = fc.integer({ min: 1, max: 1_024 });

describe('shards', () => {
  it('hold each advertiser exactly once', () => {
    fc.assert(
      fc.property(id, count, (advertiserId, shards) => {
        const holding = Array.from({ length: shards }, (_, index) => ({ index, count: shards })).filter((shard) =>
          isInShard(advertiserId, shard),
        );
        expect(holding).toEqual([{ index: shardOf(advertiserId, shards), count: shards }]);
      }),
      { numRuns: 30 },
    );
  });

  it('split in two when their number doubles: nobody moves into a part of others', () => {
    fc.assert(
      fc.property(id, count, (advertiserId, shards) => {
        expect(Math.floor(shardOf(advertiserId, shards * 2) / 2)).toBe(shardOf(advertiserId, shards));
      }),
    );
  });

  it('are about the same size: within a tenth of the mean for 20,000 advertisers in eight', () => {
    const sizes = new Array<number>(8).fill(0);
    for (let n = 0; n < 20_000; n += 1) {
      const shard = shardOf(String(7_000_000_000_000_000_000n + BigInt(n) * 16n), 8);
      sizes[shard] = (sizes[shard] ?? 0) + 1;
    }
    expect(Math.min(...sizes)).toBeGreaterThan(2_250);
    expect(Math.max(...sizes)).toBeLessThan(2_750);
  });

  it('stay where they are in later releases', () => {
    const ids = ['7000000000000000000', '7000000000000000001', '7123456789012345678'];
    expect(ids.map((one) => shardOf(one, 8))).toEqual([4, 4, 7]);
  });

  it('are all advertisers where none is named', () => {
    expect(isInShard('7000000000000000000', undefined)).toBe(true);
  });
});
