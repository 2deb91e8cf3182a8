import { describe, expect, it } from 'vitest';
import {
  CODELESS,
  ERROR_CODES,
  type ErrorKind,
  entryOfCode,
  entryOfStatus,
  MESSAGE_RULES,
  metricsNamedIn,
  throttleDepth,
  UNLISTED,
} from './error-codes.ts';

/** The kinds of answers by code, as the design promises them. */
const promised: [ErrorKind, number[]][] = [
  ['throttle', [40100, 40016, 40132, 40133, 51021, 61000]],
  ['transient', [50000, 50001, 50002, 51001, 51008, 51010, 51039, 51305, 52103, 53102, 59999, 60001, 40201]],
  ['too_large', [40067]],
  ['advertiser_unavailable', [40001, 40003, 40106, 40114, 40119, 40300, 40301, 40302]],
  ['credentials', [40101, 40102, 40104, 40105, 40110, 40113, 40124, 40125, 40130, 40131, 40309, 41000]],
  ['our_fault', [20001, 40000, 40002, 40006, 40008, 40011, 40050, 40200, 40700, 41001, 44444]],
];

describe('the table of codes', () => {
  it.each(promised)('calls %s what the design does', (kind, codes) => {
    for (const code of codes) expect([code, entryOfCode(code, '').kind]).toEqual([code, kind]);
  });

  it('holds back one advertiser for 40133 only', () => {
    const codes = Object.entries(ERROR_CODES).filter(([, entry]) => entry.advertiserOnly);
    expect(codes.map(([code]) => code)).toEqual(['40133']);
  });

  it('knows the codes with which TikTok says that it ran out of time', () => {
    const codes = Object.entries(ERROR_CODES).filter(([, entry]) => entry.timedOut);
    expect(codes.map(([code]) => code)).toEqual(['50002', '51010', '52103']);
  });

  it('has complete sentences for the operator in every line', () => {
    const entries = [
      ...Object.values(ERROR_CODES),
      ...Object.values(CODELESS),
      ...Object.values(UNLISTED),
      ...MESSAGE_RULES.map(({ entry }) => entry),
    ];
    for (const { meaning, advice } of entries) {
      expect(meaning).toMatch(/^[A-Z].*\.$/);
      expect(advice).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('has an example for each rule about words, which the rule applies to', () => {
    for (const { codes, pattern, example, entry } of MESSAGE_RULES) {
      expect(example).toMatch(pattern);
      for (const code of codes) expect(entryOfCode(code, example)).toBe(entry);
    }
  });
});

describe('words that decide', () => {
  it.each<[ErrorKind, number[], string]>([
    ['credentials', [40001], 'Permission error: The access token lacks the required scope for endpoint.'],
    [
      'advertiser_unavailable',
      [40000, 40002, 40007],
      "advertiser 7000000000000000001 doesn't exist or has been deleted.",
    ],
    [
      'advertiser_unavailable',
      [40000, 40001, 40002, 40007],
      'No permission to operate advertiser 7000000000000000001.',
    ],
    ['metric_withdrawn', [40000, 40002], "Invalid metric fields: ['placement']"],
    ['transient', [40000, 40002], 'Unique-user metrics are temporarily unavailable.'],
    ['transient', [40000, 40002], 'The metrics are under maintenance.'],
    ['our_fault', [40000, 40002, 40007], 'Missing required field(s): x.'],
  ])('make it %s: %j, "%s"', (kind, codes, message) => {
    for (const code of codes) expect([code, entryOfCode(code, message).kind]).toEqual([code, kind]);
  });

  it.each([
    ['App reaches the QPS limit 20', 'second'],
    ['Requests made too frequently', 'second'],
    ['Due to too many requests, requests from App [7] are temporarily restricted.', 'minute'],
    ['App reaches the QPM limit 600', 'minute'],
    ['App reaches the QPD limit 864000', 'day'],
  ])('"%s" is a throttle of the %s', (message, depth) => {
    expect(throttleDepth(message)).toBe(depth);
  });

  it.each([
    ["Invalid metric fields: ['placement']", ['placement']],
    [
      "… invalid metric fields and try again. Invalid metric fields: ['voucher_spend', 'cash_spend']. ",
      ['voucher_spend', 'cash_spend'],
    ],
    ['Invalid metric fields: ["a", "b"]', ['a', 'b']],
    ['Invalid\nmetric  fields: [a]', ['a']],
    ['max time span is 30 days', []],
  ])('%s names %j', (message, metrics) => {
    expect(metricsNamedIn(message)).toEqual(metrics);
  });

  it.each([
    [429, 'throttle'],
    [500, 'transient'],
    [504, 'transient'],
    [408, 'transient'],
    [200, 'transient'],
    [302, 'our_fault'],
    [403, 'our_fault'],
    [404, 'our_fault'],
  ])('HTTP %d without a code is %s', (status, kind) => {
    expect(entryOfStatus(status).kind).toBe(kind);
  });

  it.each([
    [200, 'transient', /^A web page came/],
    [302, 'configuration', /^A web page came/],
    [403, 'configuration', /^A web page came/],
    [407, 'configuration', /^The proxy on the way/],
    [429, 'throttle', /429/],
    [503, 'transient', /^The server answered/],
  ])('HTTP %d with a web page is %s', (status, kind, meaning) => {
    expect(entryOfStatus(status, true)).toMatchObject({ kind, meaning: expect.stringMatching(meaning) });
  });
});
