import { expect, it } from 'vitest';
import { dayNumber, startOfDay } from './calendar.ts';
import { maturityOf } from './performance.ts';

it.each([
  ['UTC', '2026-03-01'],
  ['America/Los_Angeles', '2026-03-05'],
  ['America/Los_Angeles', '2026-10-28'],
  ['Pacific/Auckland', '2026-04-01'],
  ['Pacific/Kiritimati', '2026-06-01'],
  ['Pacific/Pago_Pago', '2026-06-01'],
])('a day in %s is settled when the eighth day after %s begins there, clock changes or not', (zone, text) => {
  const day = dayNumber(text);
  const settled = startOfDay(zone, day + 8);
  expect(maturityOf(zone, day, 7, settled).attributed).toBe(1);
  expect(maturityOf(zone, day, 7, settled - 1).attributed).toBeLessThan(1);
});

it('a day of 23 hours has passed by 24ths no more than by 23rds', () => {
  const day = dayNumber('2026-03-08');
  const start = startOfDay('America/Los_Angeles', day);
  const end = startOfDay('America/Los_Angeles', day + 1);
  expect((end - start) / 3_600_000).toBe(23);
  expect(maturityOf('America/Los_Angeles', day, 7, end - 1).elapsed).toBe(1);
  expect(maturityOf('America/Los_Angeles', day, 7, start).elapsed).toBeCloseTo(1 / 23);
});
