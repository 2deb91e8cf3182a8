import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { get } from '../../testing/emulator-client.ts';
import { startEmulator } from '../start-emulator.ts';
import { AppQuota, quotaLimits } from './quota.ts';
import { Refusal } from './refusal.ts';

/** A quota with a clock that the test moves. */
function quotaAt(spec: Parameters<typeof quotaLimits>[0]) {
  let ms = 0;
  let now = new Date('2026-03-15T12:00:00Z');
  const quota = new AppQuota(quotaLimits(spec), '42', () => ms);
  return {
    quota,
    wait: (seconds: number) => {
      ms += seconds * 1000;
    },
    clock: (instant: string) => {
      now = new Date(instant);
    },
    take: (about: { path?: string; advertiserId?: string; signature?: string } = {}) => {
      try {
        quota.take({ now, path: 'report/', advertiserId: '7', signature: 's', ...about });
        return 'ok';
      } catch (error) {
        if (error instanceof Refusal) return `${error.code} ${error.message}`;
        throw error;
      }
    },
  };
}

const times = (count: number, act: () => string): string[] => Array.from({ length: count }, act);

// "Rate limits" and "Reporting performance improvements" 1757262274182145, §7 and §2.6.
describe('the quota of an app', () => {
  it.each([
    ['basic', 10],
    ['advanced', 20],
    ['premium', 30],
    ['ultimate', 50],
    ['sandbox', 1],
  ] as const)('lets %s make %i requests a second, and one more in the next', (tier, perSecond) => {
    const { take, wait } = quotaAt({ tier });
    expect(times(perSecond, take)).toEqual(Array(perSecond).fill('ok'));
    expect(take()).toBe(`40100 App reaches the QPS limit ${perSecond}`);
    wait(1);
    expect(take()).toBe('ok');
  });

  it('locks the app out for five minutes when the minute is overdrawn, whatever it asks meanwhile', () => {
    const { take, wait } = quotaAt({ per_second: 100, per_minute: 3 });
    times(3, take);
    const locked = '40100 Due to too many requests, requests from App [42] are temporarily restricted.';
    expect(take()).toBe(locked);
    wait(299);
    expect(take()).toBe(locked);
    wait(1);
    expect(take()).toBe('ok');
  });

  it('locks out for as long as the scenario says', () => {
    const { take, wait } = quotaAt({ per_second: 100, per_minute: 1, penalty_seconds: 90 });
    times(2, take);
    wait(90);
    expect(take()).toBe('ok');
  });

  it('counts the day from 00:00 UTC of the emulator’s clock', () => {
    const { take, clock, wait } = quotaAt({ per_day: 2 });
    expect(times(3, take)).toEqual(['ok', 'ok', '40100 App reaches the QPD limit.']);
    wait(5);
    clock('2026-03-15T23:59:59Z');
    expect(take()).toContain('40100');
    clock('2026-03-16T00:00:00Z');
    expect(take()).toBe('ok');
  });

  it('limits one advertiser and path without touching another', () => {
    const { take } = quotaAt({ per_second: 100, advertiser_per_second: 2 });
    times(2, take);
    expect(take()).toBe(
      "40133 Advertiser (7)'s QPS (3) reaches QPS limit 2 for current path, request is temporarily restricted.",
    );
    expect(take({ advertiserId: '8' })).toBe('ok');
    expect(take({ path: 'campaign/get/' })).toBe('ok');
  });

  it('slows an app down step by step as its reports time out', () => {
    const { take, quota, wait } = quotaAt({ tier: 'basic', timeout_penalties: true });
    const timeOut = (count: number) => {
      for (let number = 0; number < count; number++) quota.noteTimeout(`report ${number}`);
    };
    timeOut(10);
    expect(times(6, take).filter((answer) => answer === 'ok')).toHaveLength(5);
    timeOut(10);
    wait(1);
    expect(times(3, take).filter((answer) => answer === 'ok')).toHaveLength(1);
    timeOut(10);
    wait(1);
    expect(take()).toContain('40100');
    wait(300);
    expect(take()).toBe('ok');
  });

  it('blocks a request that timed out three times for ten minutes', () => {
    const { take, quota, wait } = quotaAt({ tier: 'basic', timeout_penalties: true });
    for (let count = 0; count < 3; count++) quota.noteTimeout('heavy');
    expect([take({ signature: 'heavy' }).slice(0, 5), take({ signature: 'light' })]).toEqual(['40016', 'ok']);
    wait(600);
    expect(take({ signature: 'heavy' })).toBe('ok');
  });

  it('passes faster when scaled', () => {
    const { take, wait } = quotaAt({ per_second: 1, time_scale: 60 });
    expect(take()).toBe('ok');
    wait(1 / 60);
    expect(take()).toBe('ok');
  });
});

it('a call counts when it comes, however late it is answered', async () => {
  const tiktok = await startEmulator({
    scenario: {
      quota: { per_second: 100, per_minute: 1 },
      faults: [{ when: { endpoint: 'user/info/' }, times: 1, then: { delay_ms: 300 } }],
    },
  });
  try {
    const late = get(tiktok, 'user/info/');
    while (tiktok.arrivals().total === 0) await delay(5);
    expect((await get(tiktok, 'user/info/')).body.code).toBe(40100);
    expect((await late).body.code).toBe(0);
  } finally {
    await tiktok.close();
  }
});
