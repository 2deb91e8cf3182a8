import { afterEach, describe, expect, it, vi } from 'vitest';
import { dayIn, isTimeZone } from './time-zones.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

// As Node 26 does it, and as Nodes before it do.
describe.each([
  ['what this Node has', () => {}],
  ['Intl alone', () => vi.stubGlobal('Temporal', undefined)],
])('with %s', (_what, prepare) => {
  it.each([
    ['UTC', '2026-03-15T07:30:00Z', '2026-03-15'],
    ['Pacific/Auckland', '2026-03-15T11:30:00Z', '2026-03-16'],
    ['America/Los_Angeles', '2026-03-15T06:30:00Z', '2026-03-14'],
    ['America/Los_Angeles', '2026-03-08T07:59:59Z', '2026-03-07'],
    ['America/Los_Angeles', '2026-03-09T07:00:00Z', '2026-03-09'],
    ['Asia/Calcutta', '2026-12-31T18:30:00Z', '2027-01-01'],
    ['Etc/GMT+8', '2026-03-15T07:30:00Z', '2026-03-14'],
    ['Pacific/Kiritimati', '1994-12-31T09:00:00Z', '1994-12-30'],
  ])('in %s it is at %s the %s', (timeZone, instant, day) => {
    prepare();
    expect(dayIn(timeZone, new Date(instant))).toBe(day);
    expect(isTimeZone(timeZone)).toBe(true);
  });

  it.each(['', 'Mars/Olympus', 'UTC+3', 'undefined'])('%j is no zone', (name) => {
    prepare();
    expect(isTimeZone(name)).toBe(false);
  });
});
