import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get, post, report, STATUS_ALL } from '../../testing/emulator-client.ts';
import { type Emulator, startEmulator } from '../start-emulator.ts';

let tiktok: Emulator;
beforeAll(async () => {
  tiktok = await startEmulator();
});
afterAll(() => tiktok.close());

const first = () => tiktok.accounts[0]?.id ?? '';

describe('transport (conventions, HTTP status codes 1749734684478466)', () => {
  it('knows no path without its final slash: HTTP 404 in plain text', async () => {
    const answer = await get(tiktok, 'report/integrated/get', {});
    expect([answer.status, answer.text]).toEqual([404, '404 page not found']);
  });

  it('tolerates the missing slash of user/info', async () => {
    expect((await get(tiktok, 'user/info')).body).toMatchObject({
      code: 0,
      data: { display_name: expect.any(String) },
    });
  });

  it('refuses the wrong method with an HTTP status', async () => {
    expect((await post(tiktok, 'report/integrated/get/', {})).status).toBe(405);
    expect((await get(tiktok, 'oauth2/access_token/')).status).toBe(405);
  });

  it('takes no body larger than a mebibyte, whatever its length is said to be', async () => {
    const status = async (bytes: number, headers: Record<string, string> = {}) => {
      const asked = request(`${tiktok.apiUrl}oauth2/access_token/`, { method: 'POST', headers });
      asked.on('error', () => undefined);
      asked.end(Buffer.alloc(bytes, ' '));
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    expect(await status(1024 * 1024)).toBe(200);
    expect(await status(1024 * 1024 + 1)).toBe(413);
    expect(await status(8 * 1024 * 1024, { 'Transfer-Encoding': 'chunked' })).toBe(413);
  });

  it('puts every refusal into HTTP 200 with an empty data and a fresh request id', async () => {
    const answers = [await report(tiktok, { page: 0 }), await report(tiktok, { page: 0 })];
    for (const { status, body, headers } of answers) {
      expect(status).toBe(200);
      expect(body).toEqual({ code: 40002, message: expect.any(String), request_id: expect.any(String), data: {} });
      expect(headers.get('x-tt-logid')).toBe(body.request_id);
    }
    expect(answers[0]?.body.request_id).not.toBe(answers[1]?.body.request_id);
  });

  it('says OK in exactly these letters, sends no headers about rates, and its own clock as Date', async () => {
    const { body, headers } = await report(tiktok);
    expect(body.message).toBe('OK');
    expect([...headers.keys()].filter((name) => /rate|retry/i.test(name))).toEqual([]);
    expect(headers.get('date')).toBe('Sun, 15 Mar 2026 12:00:00 GMT');
  });

  it('takes POST bodies that are JSON objects only', async () => {
    expect((await post(tiktok, 'report/task/create/', 'not json')).body.code).toBe(40002);
    expect((await post(tiktok, 'report/task/create/', '[1]')).body.code).toBe(40002);
  });
});

describe('the order of checks (§10 item 3)', () => {
  it('asks for a token before anything else', async () => {
    expect((await get(tiktok, 'report/integrated/get/', {}, { token: '' })).body).toMatchObject({
      code: 40104,
      message: 'Access token is null, you should set it in http header with key Access-Token.',
    });
  });

  it('refuses a token that it does not know, also one with Bearer in front', async () => {
    for (const token of ['nonsense', `Bearer ${tiktok.credentials.access_token}`]) {
      expect((await get(tiktok, 'report/integrated/get/', {}, { token })).body).toMatchObject({
        code: 40105,
        message: 'Access token is incorrect or has been revoked.',
      });
    }
  });

  it('looks at the shape before the permission, at the permission before the dates, at the dates before the metrics', async () => {
    const wrong = { advertiser_id: '1', start_date: '2026-13-01', metrics: ['no_metric'] };
    expect((await report(tiktok, { ...wrong, page_size: 0 })).body.code).toBe(40002);
    expect((await report(tiktok, wrong)).body).toMatchObject({ code: 40001 });
    expect((await report(tiktok, { ...wrong, advertiser_id: first() })).body.message).toContain('Time format');
    const metrics = await report(tiktok, { metrics: ['no_metric'] });
    expect(metrics.body.message).toContain('Invalid metric fields');
  });
});

// "Run a synchronous report" 1740302848100353 and the SDK's OpenAPI fragments, §2.1–2.4, §10 items 4–6, §12.
describe('the parameters of the report', () => {
  const LONG = 'one or more value of the param is not acceptable, correct is';
  it.each([
    {
      says: 'report_type is required',
      replaced: { report_type: undefined },
      message: 'Missing required field(s): report_type.',
    },
    {
      says: 'service_type is required',
      replaced: { service_type: undefined },
      message: 'Missing required field(s): service_type.',
    },
    {
      says: 'data_level is required',
      replaced: { data_level: undefined },
      message: 'Missing required field(s): data_level.',
    },
    {
      says: 'dimensions are required',
      replaced: { dimensions: undefined },
      message: 'Missing required field(s): dimensions.',
    },
    {
      says: 'advertiser_id is required',
      replaced: { advertiser_id: undefined },
      message: 'Missing required field(s): advertiser_id.',
    },
    {
      says: 'both dates are required',
      replaced: { start_date: undefined, end_date: undefined },
      message: 'Missing required field(s): start_date, end_date.',
    },
    { says: 'enums are strict about case', replaced: { report_type: 'basic' }, message: LONG },
    { says: 'data_level is an enum', replaced: { data_level: 'CAMPAIGN' }, message: LONG },
    { says: 'order_type is an enum', replaced: { order_field: 'spend', order_type: 'desc' }, message: LONG },
    {
      says: 'a list is JSON text, not words with commas',
      replaced: { metrics: 'spend,clicks' },
      message: 'metrics: Not a valid JSON.',
    },
    { says: 'a single text is no list', replaced: { metrics: '"spend"' }, message: 'metrics: Not a valid list.' },
    { says: 'an id is digits', replaced: { advertiser_id: 'abc' }, message: 'advertiser_id: Not a valid integer.' },
    {
      says: 'an id fits int64',
      replaced: { advertiser_id: '9223372036854775808' },
      message: 'advertiser_id: Not a valid integer.',
    },
    {
      says: 'numbers in a list of ids are not taken for texts',
      replaced: { advertiser_ids: '[7100000000000000019]' },
      message: 'Not a valid string.',
    },
    { says: 'page begins at 1', replaced: { page: 0 }, message: 'page: Must be between 1' },
    {
      says: 'page_size is at most 1000',
      replaced: { page_size: 1001 },
      message: 'page_size: Must be between 1 and 1000.',
    },
    {
      says: 'the dimension fits the level',
      replaced: { data_level: 'AUCTION_ADGROUP' },
      message: 'dimension campaign_id does not match data_level AUCTION_ADGROUP',
    },
    {
      says: 'daily reports span 30 days at most',
      replaced: { start_date: '2026-02-10', end_date: '2026-03-12' },
      message: 'max time span is 30 days when use stat_time_day',
    },
    {
      says: 'other reports span 365 days at most',
      replaced: { dimensions: ['campaign_id'], start_date: '2025-01-01', end_date: '2026-01-01' },
      message: 'max time span is 365 days',
    },
    {
      says: 'days exist',
      replaced: { start_date: '2026-02-30' },
      message: 'Time format should be %Y-%m-%d. Please try again.',
    },
    {
      says: 'days have two digits',
      replaced: { start_date: '2026-3-1' },
      message: 'Time format should be %Y-%m-%d. Please try again.',
    },
    {
      says: 'dates stand in order',
      replaced: { start_date: '2026-03-12' },
      message: 'start_date should not be later than end_date.',
    },
    {
      says: 'one wrong metric refuses all, naming each',
      replaced: { metrics: ['spend', 'voucher_spend', 'cash_spend'] },
      message:
        "Please correct the information in invalid metric fields and try again. Invalid metric fields: ['voucher_spend', 'cash_spend']. ",
    },
    { says: 'attributes cannot be sorted by', replaced: { order_field: 'campaign_name' }, message: 'order_field' },
    {
      says: 'filtering is a list',
      replaced: { filtering: { campaign_status: 'STATUS_ALL' } },
      message: 'filtering: Not a valid list.',
    },
    {
      says: 'a filter has three keys',
      replaced: { filtering: [{ field_name: 'campaign_status', filter_value: '["STATUS_ALL"]' }] },
      message: 'Missing required field(s): filtering.filter_type.',
    },
    {
      says: 'a filter’s value is text that holds JSON',
      replaced: { filtering: [{ ...STATUS_ALL, filter_value: ['STATUS_ALL'] }] },
      message: 'filtering: Not a valid string.',
    },
    {
      says: 'a status is one of its level',
      replaced: { filtering: [{ ...STATUS_ALL, field_name: 'ad_status' }] },
      message: 'ad_status is not supported',
    },
    {
      says: 'a status is an enum',
      replaced: { filtering: [{ ...STATUS_ALL, filter_value: '["ALL"]' }] },
      message: LONG,
    },
    {
      says: 'campaign_ids are 100 at most',
      replaced: {
        filtering: [
          {
            field_name: 'campaign_ids',
            filter_type: 'IN',
            filter_value: JSON.stringify(Array.from({ length: 101 }, (_, i) => String(i + 1))),
          },
        ],
      },
      message: 'Longer than maximum length 100.',
    },
  ])('$says', async ({ replaced, message }) => {
    const { body } = await report(tiktok, replaced);
    expect(body).toMatchObject({ code: 40002, message: expect.stringContaining(message), data: {} });
  });

  it('takes 30 days, both ends counted, in a daily report', async () => {
    expect((await report(tiktok, { start_date: '2026-02-10', end_date: '2026-03-11' })).body.code).toBe(0);
  });

  it('does not repair a key given twice into a list', async () => {
    const url = `${tiktok.apiUrl}report/integrated/get/?metrics=spend&metrics=clicks&report_type=BASIC&service_type=AUCTION&data_level=AUCTION_CAMPAIGN&dimensions=["campaign_id"]&advertiser_id=${first()}`;
    const answer = await fetch(url, { headers: { 'Access-Token': tiktok.credentials.access_token } });
    expect(await answer.json()).toMatchObject({ code: 40002, message: 'metrics: Not a valid JSON.' });
  });

  it('answers another service_type with nothing and no error ("Reporting FAQs")', async () => {
    const { body } = await report(tiktok, { service_type: 'RESERVATION' });
    expect(body).toMatchObject({ code: 0, data: { list: [], page_info: { total_number: 0 } } });
  });
});
