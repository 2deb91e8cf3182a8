import { describe, expect, it } from 'vitest';
import { type GuardedRequest, refuse } from './request-guard.ts';

const OURS: GuardedRequest = {
  method: 'POST',
  path: '/api/view',
  host: 'localhost:8789',
  origin: 'http://localhost:8789',
  contentType: 'application/json',
  fetchSite: 'same-origin',
  cookie: 'other=1; tiktok_ads_setup_8789=key',
};

const ask = (changes: Partial<GuardedRequest>) =>
  refuse({ ...OURS, ...changes }, { port: 8789, key: 'key', startKey: 'once' })?.status;

describe('who may ask the setup server', () => {
  it('is the page that it served', () => {
    expect(ask({})).toBeUndefined();
    expect(ask({ host: '127.0.0.1:8789', origin: 'http://127.0.0.1:8789' })).toBeUndefined();
    expect(ask({ host: '[::1]:8789', origin: 'http://[::1]:8789' })).toBeUndefined();
    expect(ask({ method: 'GET', origin: undefined, contentType: undefined, fetchSite: 'none' })).toBeUndefined();
  });

  it.each<[string, Partial<GuardedRequest>, number]>([
    ['another name that leads here', { host: 'evil.example:8789' }, 421],
    ['another port of this machine', { host: 'localhost:80' }, 421],
    ['no Host', { host: undefined }, 421],
    ['another origin', { origin: 'http://localhost:3000' }, 403],
    ['another origin of the same name', { origin: 'https://localhost:8789' }, 403],
    ['no origin', { origin: undefined }, 403],
    ['the null origin of a sandboxed frame', { origin: 'null' }, 403],
    ['a browser that says it comes from elsewhere', { fetchSite: 'cross-site' }, 403],
    ['a form', { contentType: 'application/x-www-form-urlencoded' }, 415],
    ['text that a foreign page may send', { contentType: 'text/plain' }, 415],
    ['no cookie', { cookie: undefined }, 403],
    ['the cookie of another setup', { cookie: 'tiktok_ads_setup_8790=key' }, 403],
    ['a wrong key', { cookie: 'tiktok_ads_setup_8789=guess' }, 403],
    ['another method', { method: 'PUT' }, 405],
  ])('is not %s', (_, changes, status) => {
    expect(ask(changes)).toBe(status);
  });

  it('is TikTok’s way back without a cookie, for its state proves more; and the printed address', () => {
    const get = {
      method: 'GET',
      origin: undefined,
      contentType: undefined,
      cookie: undefined,
      fetchSite: 'cross-site',
    };
    expect(ask({ ...get, path: '/callback' })).toBeUndefined();
    expect(ask({ ...get, path: '/start/once' })).toBeUndefined();
    expect(ask({ ...get, path: '/start/other' })).toBe(403);
    expect(ask({ ...get, path: '/start/key' })).toBe(403);
    expect(ask({ ...get, path: '/' })).toBe(403);
  });
});
