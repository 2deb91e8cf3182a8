import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ExpectedRow } from '../../src/emulator/report/expected-rows.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { type Columns, comparableRows, type TextRow } from './exact-values.ts';
import { pythonProgram } from './python.ts';
import { runToSuccess } from './run-program.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

/**
 * Clients of TikTok's API that nobody here wrote, unchanged but for the address: what they read from the emulator shows
 * that it is TikTok's API which is emulated, and not our idea of it.
 */

// The case in which they lose nothing: a zone of UTC, no deleted campaigns, days that are long settled, one ad a campaign
// (the tap reports ads).
const ADVERTISER_ID = '7100000000000000123';
const FIRST_DAY = '2026-01-11';
const LAST_DAY = '2026-01-20';

let emulator: Emulator;
let folder: WorkFolder;

beforeAll(async () => {
  folder = await makeWorkFolder();
  emulator = await startEmulator({
    accounts: [{ id: ADVERTISER_ID, timezone: 'UTC', campaigns: 20, deletedCampaigns: 0, adsPerCampaign: 1 }],
  });
});

afterAll(async () => {
  await emulator.close();
  await folder.remove();
});

/** A copy of an installed package in which the one text that names TikTok's host names the emulator. */
async function copyWithHost(
  environment: 'rival-airbyte' | 'rival-singer',
  module: string,
  { file, host, count }: { readonly file: string; readonly host: readonly [RegExp, string]; readonly count: number },
): Promise<string> {
  const python = pythonProgram(environment, 'python');
  const installed = await runToSuccess(python, ['-c', `import ${module}; print(${module}.__path__[0])`]);
  const copy = join(folder.path, environment);
  await cp(installed.trim(), join(copy, module), { recursive: true });
  const text = await readFile(join(copy, module, file), 'utf8');
  expect(text.match(host[0])).toHaveLength(count);
  await writeFile(join(copy, module, file), text.replaceAll(...host));
  return copy;
}

async function writeJson(name: string, value: unknown): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, JSON.stringify(value));
  return path;
}

/** What a client prints. Ids that it prints as numbers are taken as text: nineteen digits do not fit a double. */
const messagesOf = (stdout: string): Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line.replaceAll(/:\s*(\d{16,})(?=[,}])/g, ':"$1"')) as Record<string, unknown>);

const campaignName = ({ values }: ExpectedRow) => values.campaign_name;

/** The emulator's rows, in the columns that a client has in common with the schema. */
function expectedRows(columns: Columns): TextRow[] {
  const rows = [...emulator.expectedRows({ from: FIRST_DAY, to: LAST_DAY })].map(({ values }) => values);
  return comparableRows(rows, columns);
}

it("Airbyte's own TikTok connector reads campaigns_reports_daily as the emulator has it", async () => {
  const code = await copyWithHost('rival-airbyte', 'source_tiktok_marketing', {
    file: 'manifest.yaml',
    host: [/url_base: '"https:.*tiktok\.com\/open_api\/v1\.3\/"'/g, `url_base: '${emulator.apiUrl}'`],
    count: 1,
  });
  const { app_id, secret, access_token } = emulator.credentials;
  const config = await writeJson('airbyte-config.json', {
    credentials: { auth_type: 'oauth2.0', app_id, secret, access_token },
    start_date: FIRST_DAY,
    end_date: LAST_DAY,
    include_deleted: true,
  });
  const catalog = await writeJson('airbyte-catalog.json', {
    streams: [
      {
        stream: { name: 'campaigns_reports_daily', json_schema: {}, supported_sync_modes: ['full_refresh'] },
        sync_mode: 'full_refresh',
        destination_sync_mode: 'overwrite',
      },
    ],
  });
  const stdout = await runToSuccess(
    pythonProgram('rival-airbyte', 'source-tiktok-marketing'),
    ['read', '--config', config, '--catalog', catalog],
    { env: { PYTHONPATH: code } },
  );
  const rows = messagesOf(stdout)
    .filter(({ type }) => type === 'RECORD')
    .map(({ record }) => (record as { data: { metrics: object; stat_time_day: string; campaign_id: unknown } }).data)
    .map(({ metrics, stat_time_day, campaign_id }) => ({
      ...metrics,
      campaign_id,
      date: stat_time_day.slice(0, 10),
    }));
  const columns: Columns = {
    date: 'string',
    campaign_id: 'string',
    campaign_name: 'string',
    spend: 'number',
    impressions: 'integer',
    clicks: 'integer',
    ctr: 'number',
    cpc: 'number',
    cpm: 'number',
    reach: 'integer',
    frequency: 'number',
    cost_per_1000_reached: 'number',
  };
  expect(rows.length).toBeGreaterThan(50);
  expect(comparableRows(rows, columns)).toEqual(expectedRows(columns));
});

it("singer-io's TikTok tap reads campaigns and ad_insights as the emulator has them", async () => {
  const code = await copyWithHost('rival-singer', 'tap_tiktok_ads', {
    file: 'client.py',
    host: [/https:\/\/\{\}\.tiktok\.com\/open_api\/\{\}/g, `${emulator.origin}/open_api/{1}`],
    count: 2,
  });
  const read = async (stream: string, startDate: string) => {
    const config = await writeJson('singer-config.json', {
      access_token: emulator.credentials.access_token,
      accounts: ADVERTISER_ID,
      start_date: `${startDate}T00:00:00Z`,
      end_date: `${LAST_DAY}T00:00:00Z`,
    });
    const catalog = await writeJson('singer-catalog.json', await singerCatalog(code, stream));
    const args = ['--config', config, '--catalog', catalog];
    const stdout = await runToSuccess(pythonProgram('rival-singer', 'tap-tiktok-ads'), args, {
      env: { PYTHONPATH: code },
    });
    return messagesOf(stdout)
      .filter(({ type }) => type === 'RECORD')
      .map(({ record }) => record as Record<string, unknown>);
  };
  const columns: Columns = {
    date: 'string',
    campaign_id: 'string',
    campaign_name: 'string',
    spend: 'number',
    impressions: 'integer',
    clicks: 'integer',
    conversion: 'integer',
    reach: 'integer',
    result: 'integer',
    real_time_conversion: 'integer',
    real_time_result: 'integer',
    ctr: 'number',
    cpc: 'number',
    cpm: 'number',
    frequency: 'number',
    conversion_rate: 'number',
    cost_per_conversion: 'number',
  };
  const insights = (await read('ad_insights', FIRST_DAY)).map((record) => ({
    ...record,
    date: String(record.stat_time_day).slice(0, 10),
  }));
  expect(insights.length).toBeGreaterThan(50);
  expect(comparableRows(insights, columns)).toEqual(expectedRows(columns));
  // It leaves out campaigns that were last changed before its start date.
  const campaigns = await read('campaigns', '2016-09-01');
  expect(campaigns.map(({ campaign_name }) => campaign_name)).toEqual(
    expect.arrayContaining([...emulator.expectedRows({ from: FIRST_DAY, to: LAST_DAY })].map(campaignName)),
  );
});

/**
 * The tap's own catalog with this one stream selected. Not by `--discover`: that asks for reports by age, country and
 * platform too, which the emulator does not serve.
 */
async function singerCatalog(code: string, stream: string): Promise<unknown> {
  const program = `
import json, sys
from singer import metadata
from tap_tiktok_ads.schemas import get_schemas
from tap_tiktok_ads.streams import STREAMS
schemas, fields = get_schemas()
print(json.dumps({"streams": [{
    "tap_stream_id": name, "stream": name, "schema": schemas[name], "key_properties": STREAMS[name].key_properties,
    "metadata": metadata.to_list(metadata.write(metadata.to_map(fields[name]), (), "selected", True)),
} for name in sys.argv[1:]]}))`;
  const python = pythonProgram('rival-singer', 'python');
  return JSON.parse(await runToSuccess(python, ['-c', program, stream], { env: { PYTHONPATH: code } }));
}
