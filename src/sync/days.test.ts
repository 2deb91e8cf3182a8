import { describe, expect, it } from 'vitest';
import { addDays, countDays, isDay } from './days.ts';

describe('days', () => {
  it.each(['2026-02-30', '2026-13-01', '2026-1-1', '2026-01-01T00:00', '20260101', ''])('%j is no day', (text) => {
    expect(isDay(text)).toBe(false);
  });

  it('counts across months, leap days and years', () => {
    expect(isDay('2024-02-29')).toBe(true);
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(countDays({ from: '2026-01-01', to: '2026-01-30' })).toBe(30);
    expect(countDays({ from: '2026-03-28', to: '2026-03-30' })).toBe(3);
  });
});
