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
