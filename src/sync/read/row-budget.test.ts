import { describe, expect, it } from 'vitest';
import { Reservation } from './reservation.ts';
import { RowShare } from './row-budget.ts';

const { signal } = new AbortController();
/** Lets everything that can go on, go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('rows in memory', () => {
  it('are given in the order of asking, none overtakes', async () => {
    const share = new RowShare(100);
    const got: string[] = [];
    await share.take(80, signal);
    const large = share.take(60, signal).then(() => got.push('large'));
    const small = share.take(10, signal).then(() => got.push('small'));
    await settle();
    expect(got).toEqual([]);
    share.give(80);
    await Promise.all([large, small]);
    expect(got).toEqual(['large', 'small']);
  });

  it('are all that there are for who asks for more', async () => {
    const share = new RowShare(100);
    expect(await share.take(1_000, signal)).toBe(100);
  });

  it('are as many as are guessed when they are taken, not when they were asked for', async () => {
    const share = new RowShare(100);
    let guess = 80;
    await share.take(() => guess, signal);
    const others = Promise.all([share.take(() => guess, signal), share.take(() => guess, signal)]);
    guess = 30;
    share.give(80);
    expect(await others).toEqual([30, 30]);
  });

  it('go to the next when one in the queue gives up', async () => {
    const share = new RowShare(100);
    await share.take(60, signal);
    const leaving = new AbortController();
    const left = share.take(80, leaving.signal);
    const next = share.take(40, signal);
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    expect(await next).toBe(40);
  });

  it('do not block the windows of one advertiser on each other, however many are read ahead', async () => {
    const budget = { first: new RowShare(3_000), rest: new RowShare(5_000) };
    const reservations: Reservation[] = [];
    const done: number[] = [];
    const windows = Array.from({ length: 12 }, (_, index) => {
      const reservation = new Reservation(budget, reservations.at(-1));
      reservations.push(reservation);
      return reservation.takeFirstPage(1_000, signal).then(() => reservation.ensure(4_000 - index, signal));
    });
    for (const [index, window] of windows.entries()) {
      await window;
      done.push(index);
      reservations[index]?.release();
    }
    expect(done).toHaveLength(12);
    expect(await budget.first.take(3_000, signal)).toBe(3_000);
    expect(await budget.rest.take(5_000, signal)).toBe(5_000);
  });

  it('go to the earlier of two windows of one advertiser, whichever first page comes first', async () => {
    const budget = { first: new RowShare(3_000), rest: new RowShare(5_000) };
    const earlier = new Reservation(budget, undefined);
    const later = new Reservation(budget, earlier);
    await earlier.takeFirstPage(1_000, signal);
    await later.takeFirstPage(1_000, signal);
    const laterIsIn = later.ensure(4_000, signal);
    // It leaves first, so it must not wait for what the later one holds.
    await earlier.ensure(4_000, signal);
    earlier.release();
    await laterIsIn;
    later.release();
    expect(await budget.rest.take(5_000, signal)).toBe(5_000);
  });

  it('are there for the later window, too, when the earlier one ends without having asked for any', async () => {
    const budget = { first: new RowShare(3_000), rest: new RowShare(5_000) };
    const earlier = new Reservation(budget, undefined);
    const later = new Reservation(budget, earlier);
    await later.takeFirstPage(1_000, signal);
    const laterIsIn = later.ensure(4_000, signal);
    earlier.release();
    await laterIsIn;
    later.release();
    expect(await budget.rest.take(5_000, signal)).toBe(5_000);
  });

  it('are as many as a first page has brought, whatever was guessed', async () => {
    const budget = { first: new RowShare(3_000), rest: new RowShare(5_000) };
    const window = new Reservation(budget, undefined);
    await window.takeFirstPage(100, signal);
    window.arrived(1_000);
    let granted = false;
    const others = budget.first.take(2_001, signal).then(() => {
      granted = true;
    });
    await settle();
    expect(granted).toBe(false);
    window.arrived(999);
    await others;
    window.release();
    budget.first.give(2_001);
    expect(await budget.first.take(3_000, signal)).toBe(3_000);
  });
});
