import { describe, expect, it } from 'vitest';
import spec from '../../spec.json' with { type: 'json' };
import { readConfigInput } from './config-input.ts';
import { listSettings } from './settings.ts';

const settings = listSettings(spec.connectionSpecification);

function read(sources: readonly string[], files: Readonly<Record<string, unknown>> = {}, env = {}) {
  return readConfigInput(sources, { settings, env, readFile: (path) => files[path] });
}

describe('several sources', () => {
  it('are merged key by key, later ones winning', () => {
    const files = {
      'a.json': { start_date: '2026-01-01', credentials: { auth_type: 'access_token' }, lookback_days: 7 },
      'b.json': { credentials: { access_token: 't' }, lookback_days: 28 },
    };
    expect(read(['a.json', 'b.json'], files)).toEqual({
      start_date: '2026-01-01',
      credentials: { auth_type: 'access_token', access_token: 't' },
      lookback_days: 28,
    });
  });

  it('do not take away by null', () => {
    const files = { 'a.json': { start_date: '2026-01-01', end_date: null }, 'b.json': { start_date: null } };
    expect(read(['a.json', 'b.json'], files)).toEqual({ start_date: '2026-01-01' });
  });
});

describe('the word ENV', () => {
  it('takes settings from the environment, levels apart by two underscores, typed by the specification', () => {
    const env = {
      TAP_TIKTOK_ADS_CREDENTIALS__AUTH_TYPE: 'access_token',
      TAP_TIKTOK_ADS_CREDENTIALS__ACCESS_TOKEN: 't',
      TAP_TIKTOK_ADS_START_DATE: '2026-01-01',
      TAP_TIKTOK_ADS_ADVERTISER_IDS: '["7000000000000000001"]',
      TAP_TIKTOK_ADS_LOOKBACK_DAYS: '28',
      TAP_TIKTOK_ADS_ADVERTISER_COLUMNS: 'true',
      TAP_TIKTOK_ADS_QUOTA__PER_SECOND: '2.5',
      TAP_TIKTOK_ADS_END_DATE: '',
      TAP_TIKTOK_ADS_LOGLEVEL: 'DEBUG',
      UNRELATED: 'x',
    };
    expect(read(['ENV'], {}, env)).toEqual({
      credentials: { auth_type: 'access_token', access_token: 't' },
      start_date: '2026-01-01',
      advertiser_ids: ['7000000000000000001'],
      lookback_days: 28,
      advertiser_columns: true,
      quota: { per_second: 2.5 },
    });
  });

  it("knows Meltano's form, with one underscore between levels", () => {
    expect(read(['ENV'], {}, { TAP_TIKTOK_ADS_CREDENTIALS_ACCESS_TOKEN: 't' })).toEqual({
      credentials: { access_token: 't' },
    });
  });
});

describe('a list given as a text', () => {
  it.each([
    { text: '["7000000000000000001","2"]', list: ['7000000000000000001', '2'] },
    { text: '[7000000000000000001, 2]', list: ['7000000000000000001', '2'] },
    { text: '7000000000000000001, 2', list: ['7000000000000000001', '2'] },
    { text: '7000000000000000001', list: ['7000000000000000001'] },
    { text: '[]', list: [] },
    { text: '["unfinished', list: '["unfinished' },
  ])('$text', ({ text, list }) => {
    expect(read(['a.json'], { 'a.json': { advertiser_ids: text } })).toEqual({ advertiser_ids: list });
  });
});

it('takes an empty text for a setting that was cleared', () => {
  const config = { advertiser_ids: '', lookback_days: ' ', include_deleted: '', api_tier: '', quota: { per_day: '' } };
  expect(read(['a.json'], { 'a.json': config })).toEqual({ quota: {} });
});

it('leaves texts alone where the specification wants texts, and what it cannot read as the type', () => {
  const config = { start_date: '2026-01-01', lookback_days: 'many', include_deleted: 'maybe', unknown: '5' };
  expect(read(['a.json'], { 'a.json': config })).toEqual(config);
});

describe('what is refused', () => {
  it('no source at all', () => {
    expect(() => read([])).toThrow('expected --config FILE, or --config ENV');
  });

  it('a file that holds no object', () => {
    expect(() => read(['a.json'], { 'a.json': [] })).toThrow('The configuration a.json is not a JSON object.');
  });
});
