import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type Answer, get, post, report, STATUS_ALL } from '../../testing/emulator-client.ts';
import { type Emulator, startEmulator } from '../start-emulator.ts';
import { parseScenarioText, readyScenario, SCENARIO_NAMES } from './scenario.ts';

const started: Emulator[] = [];
afterEach(async () => {
  for (const emulator of started.splice(0)) await emulator.close();
});

async function play(name: string): Promise<Emulator> {
  const emulator = await startEmulator({ scenario: readyScenario(name) });
  started.push(emulator);
  return emulator;
}

/** Names of scenarios that a test of this file has met, to see that none is left out. */
const met = new Map<string, (tiktok: Emulator) => Promise<void>>();
function client(name: string, meets: string, act: (tiktok: Emulator) => Promise<void>): void {
  met.set(name, act);
  it(`in ${name} a client meets ${meets}`, async () => act(await play(name)));
}

/** The codes of so many reports, one after the other. */
async function codes(
  tiktok: Emulator,
  count: number,
  replaced: Readonly<Record<string, unknown>> = {},
): Promise<(number | undefined)[]> {
  const found: (number | undefined)[] = [];
  for (let number = 0; number < count; number++) found.push((await report(tiktok, replaced)).body.code);
  return found;
}

/** How each of so many reports ended: `reset` when the connection did. */
async function endings(tiktok: Emulator, count: number): Promise<string[]> {
  const found: string[] = [];
  for (let number = 0; number < count; number++) {
    found.push(
      await report(tiktok).then(
        ({ status }) => String(status),
        () => 'reset',
      ),
    );
  }
  return found;
}

/** True when the client gave up on a report before it was answered, as the emulator's log has it. */
async function hangs(tiktok: Emulator, replaced: Readonly<Record<string, unknown>> = {}): Promise<boolean> {
  const reports = () => tiktok.requests.filter(({ path }) => path.endsWith('report/integrated/get/'));
  const before = reports().length;
  const patience = new AbortController();
  const asked = report(tiktok, replaced, patience.signal).catch(() => undefined);
  // A report that was answered would be in the log after these.
  for (let call = 0; call < 3; call++) await get(tiktok, 'user/info/');
  patience.abort();
  await asked;
  // The emulator notices when the connection closes, a few turns of the event loop later.
  for (let turn = 0; turn < 100_000 && reports().length === before; turn++) await new Promise(setImmediate);
  return reports()[before]?.httpStatus === 0;
}

const id = (tiktok: Emulator, place: number): string => tiktok.accounts[place - 1]?.id ?? '';
const WEEK = { start_date: '2026-03-02', end_date: '2026-03-08' };
const DAY = { start_date: '2026-03-02', end_date: '2026-03-02' };
const keysOf = ({ body }: Answer): string[] =>
  (body.data.list as { dimensions: Record<string, string> }[]).map(({ dimensions }) =>
    Object.values(dimensions).join(),
  );

client('throttled-once', 'one 40100', async (tiktok) => {
  expect(await codes(tiktok, 3)).toEqual([40100, 0, 0]);
  expect(tiktok.faults[0]).toMatchObject({ name: 'throttled', hits: 1, left: 0 });
  expect(tiktok.requests[0]).toMatchObject({ code: 40100, fault: 'throttled' });
});

client('throttled-now-and-then', 'a 40100 in about one report of ten', async (tiktok) => {
  const throttled = (await codes(tiktok, 100, DAY)).filter((code) => code === 40100).length;
  expect(throttled).toBeGreaterThan(2);
  expect(throttled).toBeLessThan(25);
});

client('restricted-after-20-calls-a-minute', 'a lock of the whole app', async (tiktok) => {
  const found = await Promise.all(Array.from({ length: 45 }, () => report(tiktok, DAY)));
  expect(found.some(({ body }) => body.message?.includes('are temporarily restricted.'))).toBe(true);
});

client('day-quota-of-40-calls', 'nothing after 40 calls until 00:00 UTC', async (tiktok) => {
  // More than ten a second are refused too, and count.
  await Promise.all(Array.from({ length: 40 }, () => report(tiktok, DAY)));
  expect((await report(tiktok, DAY)).body).toMatchObject({ code: 40100, message: 'App reaches the QPD limit.' });
  tiktok.clock.set('2026-03-16T00:00:00Z');
  expect((await report(tiktok, DAY)).body.message).not.toBe('App reaches the QPD limit.');
});

client('basic-tier', 'a limit of ten calls a second', async (tiktok) => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => get(tiktok, 'user/info/')));
  expect(answers.some(({ body }) => body.message === 'App reaches the QPS limit 10')).toBe(true);
});

client('one-advertiser-throttled', '40133 for one advertiser only', async (tiktok) => {
  expect(await codes(tiktok, 4)).toEqual([40133, 0, 40133, 0]);
  expect(await codes(tiktok, 2, { advertiser_id: id(tiktok, 2) })).toEqual([0, 0]);
});

client('queries-above-7-days-too-large', '40067 for eight days, rows for seven', async (tiktok) => {
  expect((await report(tiktok)).body).toMatchObject({ code: 40067, message: expect.stringContaining('too large') });
  expect((await report(tiktok, WEEK)).body.code).toBe(0);
});

client('one-advertiser-a-day-at-a-time', 'single days of one advertiser', async (tiktok) => {
  const heavy = { advertiser_id: id(tiktok, 2) };
  expect([
    ...(await codes(tiktok, 1, { ...heavy, ...WEEK })),
    ...(await codes(tiktok, 1, { ...heavy, ...DAY })),
  ]).toEqual([40067, 0]);
  expect(await codes(tiktok, 1)).toEqual([0]);
});

client('queries-above-7-days-never-answered', 'no answer to long reports', async (tiktok) => {
  expect(await hangs(tiktok)).toBe(true);
  expect((await report(tiktok, WEEK)).body.code).toBe(0);
});

client('first-report-never-answered', 'one hanging report', async (tiktok) => {
  expect(await hangs(tiktok)).toBe(true);
  expect((await report(tiktok)).body.code).toBe(0);
});

client('timeouts-slow-the-app-down', 'a block of a report that timed out three times', async (tiktok) => {
  for (let time = 0; time < 3; time++) expect(await hangs(tiktok)).toBe(true);
  expect(await codes(tiktok, 1, WEEK)).toEqual([0]);
  tiktok.faults[0]?.disarm();
  expect((await report(tiktok)).body.code).toBe(40016);
});

client('system-errors-now-and-then', '50000, 50002 and 51001 among answers', async (tiktok) => {
  expect(new Set(await codes(tiktok, 100, DAY))).toEqual(new Set([0, 50000, 50002, 51001]));
});

client('one-advertiser-always-fails', '50000 for one advertiser', async (tiktok) => {
  expect(await codes(tiktok, 3, { advertiser_id: id(tiktok, 3) })).toEqual([50000, 50000, 50000]);
  expect(await codes(tiktok, 1)).toEqual([0]);
});

client('maintenance-at-first', '60001 five times', async (tiktok) => {
  expect(await codes(tiktok, 6)).toEqual([60001, 60001, 60001, 60001, 60001, 0]);
});

client('gateway-timeouts-in-html', 'three HTML pages with HTTP 504', async (tiktok) => {
  const { status, text, headers } = await report(tiktok);
  expect([status, headers.get('content-type')]).toEqual([504, 'text/html']);
  expect(text).toContain('<html>');
  expect(await endings(tiktok, 3)).toEqual(['504', '504', '200']);
});

client('http-429-once', 'one HTTP 429', async (tiktok) => {
  expect(await endings(tiktok, 2)).toEqual(['429', '200']);
});

client('answers-cut-short', 'half a JSON, twice', async (tiktok) => {
  const texts = [await report(tiktok), await report(tiktok), await report(tiktok)].map(({ text }) =>
    text.endsWith('}'),
  );
  expect(texts).toEqual([false, false, true]);
});

client('answers-with-broken-json', 'text that is no JSON, twice', async (tiktok) => {
  const { text } = await report(tiktok);
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
  expect(await codes(tiktok, 2)).toEqual([undefined, 0]);
});

client('answers-without-a-code', 'an envelope that lacks its code, twice', async (tiktok) => {
  expect((await report(tiktok)).body).toMatchObject({ message: 'OK', data: { list: expect.any(Array) } });
  expect(await codes(tiktok, 2)).toEqual([undefined, 0]);
});

client('connections-reset', 'a reset in every fifth call', async (tiktok) => {
  const reset = 'reset';
  expect(await endings(tiktok, 10)).toEqual([reset, '200', '200', '200', '200', reset, '200', '200', '200', '200']);
});

client('slow-answers', 'an answer all the same', async (tiktok) => {
  expect(await codes(tiktok, 1)).toEqual([0]);
});

client('token-revoked-after-20-calls', '40105 from the 21st call on', async (tiktok) => {
  expect(await codes(tiktok, 22, DAY)).toEqual([...Array(20).fill(0), 40105, 40105]);
});

client('one-advertiser-without-permission', '40001 for one advertiser', async (tiktok) => {
  expect(await codes(tiktok, 1)).toEqual([0]);
  const { body } = await report(tiktok, { advertiser_id: id(tiktok, 2) });
  expect(body).toMatchObject({ code: 40001, message: `No permission to operate advertiser: ${id(tiktok, 2)}` });
  const info = await get(tiktok, 'advertiser/info/', { advertiser_ids: tiktok.accounts.map((account) => account.id) });
  expect(info.body.code).toBe(40001);
});

client('one-advertiser-deleted-midway', '40001 after ten reports', async (tiktok) => {
  expect(await codes(tiktok, 11, DAY)).toEqual([...Array(10).fill(0), 40001]);
  expect(await codes(tiktok, 1, { advertiser_id: id(tiktok, 2) })).toEqual([0]);
});

client('advertiser-granted-a-day-later', 'a second advertiser on the second day', async (tiktok) => {
  const { app_id, secret } = tiktok.credentials;
  const listed = async () =>
    (await get(tiktok, 'oauth2/advertiser/get/', { app_id, secret })).body.data.list.length as number;
  expect(await listed()).toBe(1);
  tiktok.clock.advanceDays(1);
  expect(await listed()).toBe(2);
  expect(await codes(tiktok, 1, { advertiser_id: id(tiktok, 2) })).toEqual([0]);
});

client('metric-withdrawn-midway', 'a metric that is suddenly wrong', async (tiktok) => {
  expect(await codes(tiktok, 10, DAY)).toEqual(Array(10).fill(0));
  expect((await report(tiktok, DAY)).body.message).toBe(
    "Please correct the information in invalid metric fields and try again. Invalid metric fields: ['conversion_rate']. ",
  );
  expect(await codes(tiktok, 1, { metrics: ['spend'] })).toEqual([0]);
});

client('reports-cut-above-10-ads', 'a cut report that only a header admits', async (tiktok) => {
  const { body, headers } = await report(tiktok);
  expect(headers.get('x-tt-ads-throttle')).not.toBeNull();
  const all = [...tiktok.expectedRows({ from: '2026-02-10', to: '2026-03-11', advertiserIds: [id(tiktok, 1)] })];
  expect(body.data.list.length).toBeLessThan(all.length);
});

client('rows-move-between-pages', 'one row twice and one never', async (tiktok) => {
  const pages = async () => [
    ...keysOf(await report(tiktok)),
    ...keysOf(await report(tiktok, { page: 2 })),
    ...keysOf(await report(tiktok, { page: 3 })),
  ];
  const keys = await pages();
  expect(keys).toHaveLength(2100);
  expect(new Set(keys).size).toBe(2099);
  await pages();
  expect(new Set(await pages()).size).toBe(2100);
});

client('total-number-is-wrong-for-a-while', 'a row too many in total_number, three times', async (tiktok) => {
  const surplus = async () => {
    const { list, page_info } = (await report(tiktok)).body.data;
    return page_info.total_number - list.length;
  };
  expect([await surplus(), await surplus(), await surplus(), await surplus()]).toEqual([1, 1, 1, 0]);
});

client('total-number-is-wrong-on-one-day', 'a day that never adds up', async (tiktok) => {
  const surplus = async (day: string) => {
    const { list, page_info } = (await report(tiktok, { start_date: day, end_date: day })).body.data;
    return page_info.total_number - list.length;
  };
  expect([await surplus('2026-02-28'), await surplus('2026-03-01'), await surplus('2026-03-02')]).toEqual([0, 1, 0]);
});

client('pages-one-row-short', 'a missing row, twice', async (tiktok) => {
  const lengths = [await report(tiktok), await report(tiktok), await report(tiktok)].map(
    (answer) => keysOf(answer).length,
  );
  expect(lengths[0]).toBe((lengths[2] ?? 0) - 1);
  expect(lengths[1]).toBe(lengths[0]);
});

client('rows-come-twice', 'a repeated row, twice', async (tiktok) => {
  const keys = keysOf(await report(tiktok));
  expect(new Set(keys).size).toBe(keys.length - 1);
});

client('texts-that-are-no-numbers', 'abc where a number should be', async (tiktok) => {
  expect((await report(tiktok)).body.data.list[0].metrics).toMatchObject({
    conversion: 'abc',
    clicks: '12.5',
    spend: 'NaN',
  });
});

client('no-date-header', 'no time of the server', async (tiktok) => {
  expect((await report(tiktok)).headers.get('date')).toBeNull();
});

// "Sandbox" 1738855331457026, §4.6.
client('sandbox', 'twelve days of 2020 and few endpoints', async (tiktok) => {
  const range = { start_date: '2020-12-01', end_date: '2020-12-30', filtering: undefined };
  const days = new Set(keysOf(await report(tiktok, range)).map((key) => key.split(',')[1]));
  expect(days.size).toBe(12);
  const { app_id, secret } = tiktok.credentials;
  const endpoints = [
    await get(tiktok, 'oauth2/advertiser/get/', { app_id, secret }),
    await get(tiktok, 'advertiser/info/', { advertiser_ids: [id(tiktok, 1)] }),
    await post(tiktok, 'report/task/create/', {}),
    await report(tiktok, { ...range, order_field: 'spend' }),
    await report(tiktok, {
      ...range,
      data_level: 'AUCTION_ADVERTISER',
      dimensions: ['advertiser_id', 'stat_time_day'],
    }),
  ].map(({ body }) => body.code);
  // One call a second: a refusal is either the sandbox's or the quota's.
  expect(endpoints.every((code) => code === 40009 || code === 40100)).toBe(true);
  expect(tiktok.config().credentials).toMatchObject({
    auth_type: 'sandbox_access_token',
    advertiser_id: id(tiktok, 1),
  });
});

client('report-permission-not-granted', 'a token older than the permission', async (tiktok) => {
  expect((await report(tiktok)).body).toMatchObject({
    code: 40001,
    message: 'advertiser does not grant you /report/integrated/get/:GET permission',
  });
  expect((await get(tiktok, 'user/info/')).body.code).toBe(0);
});

client('token-lacks-a-scope', 'the long wording of a missing scope', async (tiktok) => {
  expect((await report(tiktok)).body).toMatchObject({
    code: 40001,
    message: expect.stringMatching(/^Permission error: The access token lacks the required scope for endpoint '/),
  });
});

const GMV_MAX = {
  report_type: 'TT_SHOP',
  dimensions: ['campaign_id', 'country_code', 'stat_time_day'],
  metrics: ['spend', 'billed_cost'],
  filtering: undefined,
};

client('gmv-max-not-permitted', '40001 for one report of one advertiser', async (tiktok) => {
  const advertiser_id = id(tiktok, 2);
  expect((await report(tiktok, { ...GMV_MAX, advertiser_id })).body.code).toBe(40001);
  expect((await report(tiktok, { ...GMV_MAX, advertiser_id: id(tiktok, 4) })).body.code).toBe(0);
  expect((await report(tiktok, { advertiser_id })).body.code).toBe(0);
});

const campaignsOnly = (ids: readonly string[]) => ({
  filtering: [STATUS_ALL, { field_name: 'campaign_ids', filter_type: 'IN', filter_value: JSON.stringify(ids) }],
});

client('slices-above-10-campaigns-too-large', '40067 for a slice, of one day too', async (tiktok) => {
  const whole = await report(tiktok, DAY);
  expect(whole.headers.has('x-tt-ads-throttle')).toBe(true);
  const ids = [...tiktok.expectedRows({ from: DAY.start_date, to: DAY.end_date })].map(
    ({ campaign_id }) => campaign_id,
  );
  expect((await report(tiktok, { ...DAY, ...campaignsOnly(ids.slice(0, 11)) })).body.code).toBe(40067);
  const slice = await report(tiktok, { ...DAY, ...campaignsOnly(ids.slice(0, 10)) });
  expect(slice.headers.has('x-tt-ads-throttle')).toBe(false);
  expect(keysOf(slice)).toHaveLength(10);
});

client('retry-after', 'two answers that say when to come again', async (tiktok) => {
  const answers = [await report(tiktok), await report(tiktok), await report(tiktok)];
  expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
    [429, '2'],
    [503, '1'],
    [200, null],
  ]);
});

client('one-wrong-date-header', 'a single answer from the future', async (tiktok) => {
  const year = async () =>
    (await get(tiktok, 'advertiser/info/', { advertiser_ids: [id(tiktok, 1)] })).headers.get('date')?.slice(12, 16);
  expect([await year(), await year()]).toEqual(['2031', '2026']);
});

client('absurd-total-number-on-one-day', 'more rows than anybody can ask for', async (tiktok) => {
  const day = { start_date: '2026-03-01', end_date: '2026-03-01' };
  expect((await report(tiktok, day)).body.data.page_info.total_number).toBeGreaterThan(1e15);
  expect((await report(tiktok, { ...day, page: 2 })).body.data.list).toEqual([]);
});

client('25-rows-of-26-counted', 'a count that lastingly differs', async (tiktok) => {
  const day = { start_date: '2026-03-01', end_date: '2026-03-01' };
  for (let reading = 0; reading < 3; reading++) {
    const { data } = (await report(tiktok, day)).body;
    expect([data.list.length, data.page_info.total_number]).toEqual([25, 26]);
  }
});

client('empty-reports-without-a-list', 'null instead of an empty list', async (tiktok) => {
  expect((await report(tiktok)).body.data).toMatchObject({ list: null, page_info: { total_number: 0 } });
  expect((await report(tiktok, { advertiser_id: id(tiktok, 2) })).body.data.list).toHaveLength(750);
});

client('empty-reports-without-page-info', 'an empty list and nothing else', async (tiktok) => {
  expect((await report(tiktok)).body.data).toEqual({ list: [] });
  expect((await report(tiktok, { advertiser_id: id(tiktok, 2) })).body.data.page_info.total_number).toBe(750);
});

client('page-size-is-the-number-of-rows', 'the rows of the page as page_size', async (tiktok) => {
  const { data } = (await report(tiktok, DAY)).body;
  expect(data.page_info.page_size).toBe(data.list.length);
});

client('ids-as-numbers', 'ids that are no texts', async (tiktok) => {
  const { text } = await report(tiktok, DAY);
  expect(text).toMatch(/"campaign_id":\d{19}[,}]/);
  const advertisers = await get(tiktok, 'oauth2/advertiser/get/', {
    app_id: tiktok.credentials.app_id,
    secret: tiktok.credentials.secret,
  });
  expect(advertisers.text).toContain(`"advertiser_id":${id(tiktok, 1)}`);
});

client('rows-with-ids-that-are-none', 'rows of campaigns that do not exist', async (tiktok) => {
  const odd = async (place: number) => {
    const advertiser_id = id(tiktok, place);
    const ids = keysOf(await report(tiktok, { ...DAY, advertiser_id })).map((key) => key.split(',')[0] ?? '');
    const { list } = (
      await get(tiktok, 'campaign/get/', { advertiser_id, filtering: { primary_status: 'STATUS_ALL' } })
    ).body.data;
    expect(list).toHaveLength(2);
    return ids.filter((text) => text.length < 19);
  };
  expect([await odd(1), await odd(2), await odd(3), await odd(4)]).toEqual([['0'], ['0'], ['-1'], ['-']]);
});

client('names-that-no-database-holds', 'names of any characters', async (tiktok) => {
  const { list } = (await report(tiktok, DAY)).body.data;
  const names = list.map(({ metrics }: { metrics: Record<string, string> }) => metrics.campaign_name);
  expect(names).toEqual(expect.arrayContaining(['a\u0000b', 'Sale \ud83d', '-', 'x\n\u001b[2J']));
});

client('advertiser-list-in-pages', 'a list that goes on', async (tiktok) => {
  const { app_id, secret } = tiktok.credentials;
  const page = async (number: number) =>
    (await get(tiktok, 'oauth2/advertiser/get/', { app_id, secret, page: number })).body.data;
  expect((await page(1)).page_info).toEqual({ page: 1, page_size: 2, total_number: 5, total_page: 3 });
  expect((await page(3)).list).toHaveLength(1);
});

client('one-advertiser-with-50000-ads', 'a cut report, and 10,000 ads in a slice of 100 campaigns', async (tiktok) => {
  const ads = { ...DAY, data_level: 'AUCTION_AD', dimensions: ['ad_id', 'stat_time_day'], metrics: ['spend'] };
  const cut = await report(tiktok, { ...ads, filtering: undefined });
  expect(cut.headers.has('x-tt-ads-throttle')).toBe(true);
  expect(cut.body.data.page_info.total_number).toBe(20_000);
  const ids = [...tiktok.expectedRows({ from: DAY.start_date, to: DAY.end_date })].map(({ id: campaign }) => campaign);
  const slice = await report(tiktok, { ...ads, filtering: campaignsOnly(ids.slice(0, 100)).filtering.slice(1) });
  expect(slice.headers.has('x-tt-ads-throttle')).toBe(false);
  expect(slice.body.data.page_info.total_number).toBe(10_000);
});

client('agency-of-20000', 'twenty thousand advertisers, each with ids of its own', async (tiktok) => {
  const { app_id, secret } = tiktok.credentials;
  const { list } = (await get(tiktok, 'oauth2/advertiser/get/', { app_id, secret })).body.data;
  expect(list).toHaveLength(20_000);
  expect(new Set(tiktok.accounts.map(({ hash }) => hash)).size).toBe(20_000);
});

client('agency-of-2000', 'two thousand advertisers', async (tiktok) => {
  const { app_id, secret } = tiktok.credentials;
  const { list } = (await get(tiktok, 'oauth2/advertiser/get/', { app_id, secret })).body.data;
  expect(list).toHaveLength(2000);
  expect(new Set(list.map((each: { advertiser_id: string }) => each.advertiser_id)).size).toBe(2000);
});

client('a-bad-day', 'nearly everything', async (tiktok) => {
  const found = new Set<string>();
  for (let call = 0; call < 150; call++) {
    const ending = await report(tiktok, DAY).then(
      ({ status, body }) => `${status} ${body.code ?? 'no code'}`,
      () => 'reset',
    );
    found.add(ending);
  }
  for (const ending of ['200 0', '200 40100', '200 50000', '502 no code', 'reset', '200 no code'])
    expect(found).toContain(ending);
  expect(await codes(tiktok, 1, { advertiser_id: id(tiktok, 4) })).not.toEqual([0]);
});

it('has a test for each scenario, and a file for each name', () => {
  const files = readdirSync(new URL('scenarios/', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'));
  expect([...met.keys()].sort()).toEqual([...SCENARIO_NAMES].sort());
  expect(files.sort()).toEqual([...SCENARIO_NAMES].sort());
});

it('names all scenarios when asked for an unknown one', () => {
  expect(() => readyScenario('sunshine')).toThrow(
    /there is none of that name; there are 25-rows-of-26-counted, a-bad-day, /,
  );
});

it('has each scenario in the documentation, with its sentence', () => {
  const documented = readFileSync(new URL('../../../docs/emulator.md', import.meta.url), 'utf8');
  for (const name of SCENARIO_NAMES) {
    expect(documented).toContain(`| \`${name}\` | ${readyScenario(name).description ?? 'no description'} |`);
  }
});

it('is documented with an example that is right', () => {
  const documented = readFileSync(new URL('../../../docs/emulator.md', import.meta.url), 'utf8');
  const example = /```json\n(?<text>.+?)```/s.exec(documented)?.groups?.text ?? '';
  expect(parseScenarioText(example, 'the example').events).toHaveLength(1);
});
