import { describe, expect, it } from 'vitest';
import { slugOf } from './collection.ts';

describe('the name in folders, units and schedules', () => {
  it.each([
    ['My Brand', 'my-brand'],
    ['Kōwhai & friends', 'kowhai-friends'],
    ['  --Größe 10%--  ', 'gro-e-10'],
    ['東京', 'tiktok-ads'],
    ['../../etc', 'etc'],
    ['a'.repeat(100), 'a'.repeat(60)],
  ])('writes %j as %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });
});
