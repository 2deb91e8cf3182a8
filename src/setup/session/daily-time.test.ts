import { describe, expect, it } from 'vitest';
import {
  cronFields,
  isBeforeCorrection,
  isTimeOfDay,
  isTimeZone,
  onCalendar,
  quartzExpression,
  timeIn,
} from './daily-time.ts';

const WINTER = new Date('2026-01-15T12:00:00Z');
const SUMMER = new Date('2026-07-15T12:00:00Z');
const BERLIN = { time: '13:30', timeZone: 'Europe/Berlin' };

describe('a time of every day', () => {
  it('is the same moment in another zone, by the offsets of that time of the year', () => {
    expect(timeIn('UTC', BERLIN, WINTER)).toBe('12:30');
    expect(timeIn('UTC', BERLIN, SUMMER)).toBe('11:30');
    expect(timeIn('Pacific/Auckland', { time: '12:00', timeZone: 'UTC' }, WINTER)).toBe('01:00');
    expect(timeIn('America/Los_Angeles', { time: '00:10', timeZone: 'UTC' }, WINTER)).toBe('16:10');
    expect(timeIn('Asia/Kathmandu', { time: '23:59', timeZone: 'UTC' }, WINTER)).toBe('05:44');
  });

  it('is written as cron, Quartz and systemd want it', () => {
    expect(cronFields('UTC', BERLIN, WINTER)).toBe('30 12 * * *');
    expect(cronFields('Europe/Berlin', BERLIN, SUMMER)).toBe('30 13 * * *');
    expect(quartzExpression(BERLIN, WINTER)).toBe('0 30 12 * * ?');
    expect(onCalendar(BERLIN)).toBe('*-*-* 13:30:00 Europe/Berlin');
  });

  it.each([
    { at: '12:59', timeZone: 'Europe/Berlin', early: true },
    { at: '13:00', timeZone: 'Europe/Berlin', early: false },
    { at: '00:30', timeZone: 'Pacific/Auckland', early: true },
    { at: '01:00', timeZone: 'Pacific/Auckland', early: false },
    { at: '03:59', timeZone: 'America/Los_Angeles', early: true },
    { at: '04:00', timeZone: 'America/Los_Angeles', early: false },
  ])('knows whether yesterday is final at $at in $timeZone', ({ at, timeZone, early }) => {
    expect(isBeforeCorrection({ time: at, timeZone }, WINTER)).toBe(early);
  });

  it('is a time, and a zone, that there are', () => {
    expect(['00:00', '23:59', '24:00', '7:00', '07:60', ''].map(isTimeOfDay)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(['UTC', 'Europe/Berlin', 'Europe/Atlantis', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});
