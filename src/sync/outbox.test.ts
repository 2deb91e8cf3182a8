import { describe, expect, it } from 'vitest';
import { Outbox } from './outbox.ts';

/** Lets everything that can go on, go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('what is put out', () => {
  it('counts as taken when the other side comes back for more, not when it is handed over', async () => {
    const outbox = new Outbox<string>(new AbortController().signal);
    let taken = false;
    const put = outbox.put('records').then(() => {
      taken = true;
    });
    const items = outbox.items();
    expect(await items.next()).toEqual({ value: 'records', done: false });
    await settle();
    expect(taken).toBe(false);
    outbox.close();
    expect((await items.next()).done).toBe(true);
    await put;
    expect(taken).toBe(true);
  });

  it('keeps its order, and ends when all of it was taken', async () => {
    const outbox = new Outbox<number>(new AbortController().signal);
    void outbox.put(1);
    outbox.post(2);
    void outbox.put(3);
    outbox.close();
    const items: number[] = [];
    for await (const item of outbox.items()) items.push(item);
    expect(items).toEqual([1, 2, 3]);
  });

  it('after an abort is refused, and who waits hears of it; news are still said', async () => {
    const aborter = new AbortController();
    const outbox = new Outbox<string>(aborter.signal);
    const waiting = outbox.put('records');
    outbox.post('news');
    aborter.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    await expect(outbox.put('more')).rejects.toThrow('stopped');
    const items: string[] = [];
    for await (const item of outbox.items()) items.push(item);
    expect(items).toEqual(['news']);
  });
});
