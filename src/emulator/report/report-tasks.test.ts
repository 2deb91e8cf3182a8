import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { get, post, reportParameters } from '../../testing/emulator-client.ts';
import { type Emulator, startEmulator } from '../start-emulator.ts';

let tiktok: Emulator;
beforeEach(async () => {
  tiktok = await startEmulator({ tier: 'ultimate' });
});
afterEach(() => tiktok.close());

const create = (more: object = {}) => {
  const { page: _page, page_size: _size, ...parameters } = reportParameters(tiktok);
  return post(tiktok, 'report/task/create/', { ...parameters, enable_report_title_translation: false, ...more });
};
const ask = (verb: string, task_id: string) =>
  get(tiktok, `report/task/${verb}/`, { advertiser_id: tiktok.accounts[0]?.id, task_id });
const checked = async (task_id: string, times: number) => {
  const statuses: string[] = [];
  for (let count = 0; count < times; count++) statuses.push((await ask('check', task_id)).body.data.status);
  return statuses;
};

// Asynchronous reports, 1740302766489602, 1740302781443073, 1740302808815618, §5.
describe('report tasks', () => {
  it('go from QUEUING over PROCESSING to SUCCESS, and then download as CSV', async () => {
    const id = (await create()).body.data.task_id as string;
    expect((await ask('download', id)).body.code).toBe(40201);
    expect(await checked(id, 3)).toEqual(['QUEUING', 'PROCESSING', 'SUCCESS']);
    const { text, headers } = await ask('download', id);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(text.split('\r\n')[0]).toMatch(/^campaign_id,stat_time_day,campaign_name,cost_per_conversion,/);
    const expected = [
      ...tiktok.expectedRows({ from: '2026-02-10', to: '2026-03-11', advertiserIds: [tiktok.accounts[0]?.id ?? ''] }),
    ];
    for (const { campaign_id, date } of expected) expect(text).toContain(`${campaign_id},${date} 00:00:00,`);
  });

  it('have no limit of days, and titles as headers by default', async () => {
    const id = (await create({ start_date: '2025-01-01', enable_report_title_translation: undefined })).body.data
      .task_id;
    await checked(id, 2);
    expect((await ask('download', id)).text.split(',')[0]).toBe('Campaign ID');
  });

  it('give a link for an hour when asked for CSV_DOWNLOAD', async () => {
    const id = (await create({ output_format: 'CSV_DOWNLOAD', file_name: 'march' })).body.data.task_id as string;
    await checked(id, 2);
    const { body } = await ask('download', id);
    expect(body.data).toMatchObject({ file_name: 'march', output_format: 'CSV_DOWNLOAD' });
    expect((await fetch(body.data.download_url)).status).toBe(200);
    tiktok.clock.advanceDays(1);
    expect((await fetch(body.data.download_url)).status).toBe(404);
  });

  it('can be canceled before they are done', async () => {
    const id = (await create()).body.data.task_id as string;
    const { body } = await post(tiktok, 'report/task/cancel/', { advertiser_id: tiktok.accounts[0]?.id, task_id: id });
    expect(body.data.status).toBe('CANCELED');
    expect(await checked(id, 1)).toEqual(['CANCELED']);
  });

  it('are gone after 30 days, and for other tokens', async () => {
    const id = (await create()).body.data.task_id as string;
    const { app_id, secret } = tiktok.credentials;
    const other = await post(tiktok, 'oauth2/access_token/', { app_id, secret, auth_code: tiktok.issueAuthCode() });
    const parameters = { advertiser_id: tiktok.accounts[0]?.id, task_id: id };
    const token = other.body.data.access_token as string;
    expect((await get(tiktok, 'report/task/check/', parameters, { token })).body.code).toBe(40007);
    tiktok.clock.advanceDays(31);
    expect((await ask('check', id)).body.code).toBe(40007);
  });

  it('are created twice a second at most, at every tier', async () => {
    const codes = await Promise.all(Array.from({ length: 8 }, async () => (await create()).body.code));
    expect(codes).toContain(40016);
  });
});
