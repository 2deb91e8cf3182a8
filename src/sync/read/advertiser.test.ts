import { afterEach, describe, expect, it } from 'vitest';
import { recordJson } from '../../streams/record-text.ts';
import { stopAll } from '../../testing/scripted-client.ts';
import { page, scriptedReport } from '../../testing/scripted-report.ts';
import { envelope } from '../../testing/scripted-server.ts';
import type { Coverage } from '../state.ts';
import { AdvertiserReader, RowEstimate, WindowFailure } from './advertiser.ts';

const { signal } = new AbortController();

afterEach(stopAll);

/** Reads 90 days, in windows of 30 which are read ahead, and what was sent and committed. */
async function read(...args: Parameters<typeof scriptedReport>) {
  const tiktok = await scriptedReport(...args);
  const said: string[] = [];
  const texts = new Set<Buffer>();
  const error = await new AdvertiserReader(
    tiktok.report,
    { asOf: '2026-03-31', forward: { from: '2026-01-01', to: '2026-03-31' }, withoutDeleted: false },
    {
      sink: {
        send: async ({ from }, records) => {
          said.push(`${records.filter((record) => recordJson(record) !== '').length} of ${from}`);
          for (const { bytes } of records) texts.add(bytes);
        },
        commit: async ({ through }: Coverage) => void said.push(`through ${through}`),
        warn: () => undefined,
        info: () => undefined,
      },
      shared: { budget: tiktok.budget, windowsAtOnce: () => 3, firstPageRows: new RowEstimate() },
      signal,
    },
  )
    .read()
    .catch((thrown: unknown) => thrown);
  return { tiktok, said, texts, error };
}

describe('an advertiser', () => {
  it('is committed window by window, each after its records', async () => {
    const { said, error, tiktok } = await read(({ from }) => page([`1 on ${from}`]));
    expect(error).toBeUndefined();
    expect(said).toEqual([
      '1 of 2026-01-01',
      'through 2026-01-30',
      '1 of 2026-01-31',
      'through 2026-03-01',
      '1 of 2026-03-02',
      'through 2026-03-31',
    ]);
    const { first, rest } = tiktok.budget;
    expect(await first.take(first.capacity, signal)).toBe(first.capacity);
    expect(await rest.take(rest.capacity, signal)).toBe(rest.capacity);
  });

  it('keeps no text that was taken', async () => {
    const { texts } = await read(({ from }) => page([`1 on ${from}`]));
    const left = [...texts].filter(({ length }) => length > 0);
    // Node 20 cannot give their memory back itself.
    expect([texts.size, left.length]).toEqual('transfer' in ArrayBuffer.prototype ? [3, 0] : [3, 3]);
  });

  it('that fails keeps what is before it, sends nothing after it and gives all rows back', async () => {
    const { said, error, tiktok } = await read(({ from }) =>
      from === '2026-01-31' ? envelope(40001, 'No permission') : page([`1 on ${from}`]),
    );
    expect(error).toBeInstanceOf(WindowFailure);
    expect(error).toMatchObject({ window: { from: '2026-01-31', to: '2026-03-01' }, cause: { code: 40001 } });
    expect(said).toEqual(['1 of 2026-01-01', 'through 2026-01-30']);
    const { first, rest } = tiktok.budget;
    expect(await first.take(first.capacity, signal)).toBe(first.capacity);
    expect(await rest.take(rest.capacity, signal)).toBe(rest.capacity);
  });
});
