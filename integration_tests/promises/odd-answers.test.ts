import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { envelope, ok, type Scripted, ScriptedServer, type SeenRequest } from '../../src/testing/scripted-server.ts';
import { errorOf, read } from '../support/run-source.ts';

// Answers in shapes that TikTok was seen to send, or that anything between it and us may make of them.

const [ONE, TWO] = ['7000000000000000001', '7000000000000000002'];
const DAY = '2026-03-10';
const EMPTY = { list: [], page_info: { page: 1, page_size: 0, total_number: 0, total_page: 0 } };

let server: ScriptedServer;
afterEach(() => {
  vi.unstubAllEnvs();
  return server.stop();
});

type Answers = Readonly<Record<string, (request: SeenRequest) => Scripted>>;

/** Reads one day of what is granted, from a server that answers by path. */
async function readFrom(answers: Answers, overrides: object = {}) {
  const usual: Answers = {
    'oauth2/advertiser/get/': () => ok({ list: [ONE, TWO].map((advertiser_id) => ({ advertiser_id })) }),
    'advertiser/info/': ({ query }) =>
      ok({
        list: (JSON.parse(query.get('advertiser_ids') ?? '[]') as string[]).map((advertiser_id) => ({
          advertiser_id,
          timezone: 'UTC',
        })),
      }),
    'report/integrated/get/': () => ok(EMPTY),
    ...answers,
  };
  server = await ScriptedServer.start((request) => usual[request.path]?.(request) ?? ok({}));
  return await read({
    config: {
      credentials: {
        auth_type: 'oauth2.0',
        app_id: '7000000000000000007',
        secret: 'secret-0123456789abcdef0123456789abcdef01',
        access_token: 'token-0123456789',
      },
      start_date: DAY,
      end_date: DAY,
      api_url: server.url,
      ...overrides,
    },
  });
}

const asked = (path: string) => server.seen.filter((request) => request.path === path);

describe('a permission that the token lacks', () => {
  it.each([
    'advertiser does not grant you /report/integrated/get/:GET permission',
    "Permission error: The access token lacks the required scope for endpoint '/report/integrated/get/(method=GET)'.",
  ])('ends the run with one sentence that says to authorize again: %s', async (message) => {
    const run = await readFrom({ 'report/integrated/get/': () => envelope(40001, message) });
    expect(errorOf(run)).toMatchObject({ failure_type: 'config_error' });
    const said = errorOf(run)?.message ?? '';
    expect(said.split(message)).toHaveLength(2);
    expect(said).toContain('Authorize again');
    expect(said).not.toContain('exclude_advertiser_ids');
  });
});

describe('an answer without rows', () => {
  it.each([
    ['a list that is null', { ...EMPTY, list: null }],
    ['no page_info', { list: [] }],
  ])('may have %s', async (_says, data) => {
    const run = await readFrom({ 'report/integrated/get/': () => ok(data) });
    expect(run.exit, run.stdout).toBe(0);
    expect(run.records).toEqual([]);
    expect(run.states.at(-1)?.advertisers).toMatchObject({ [ONE]: { through: DAY }, [TWO]: { through: DAY } });
  });

  it.each([
    ['a list that is null', { ...EMPTY, list: null, page_info: { ...EMPTY.page_info, total_number: 3 } }],
    ['neither a list nor page_info', {}],
  ])('is broken with %s', async (_says, data) => {
    const run = await readFrom({ 'report/integrated/get/': () => ok(data) }, { patience_seconds: 0 });
    expect(run.exit).not.toBe(0);
    expect(errorOf(run)?.message).toMatch(/The answer to report.integrated.get. .*has no (list|page_info)/);
  });
});

describe('the list of granted advertisers', () => {
  it('is followed to its end when it comes in pages', async () => {
    const list = [ONE, TWO].map((advertiser_id) => ({ advertiser_id }));
    const run = await readFrom({
      'oauth2/advertiser/get/': ({ query }) => {
        const page = Number(query.get('page') ?? 1);
        return ok({ list: [list[page - 1]], page_info: { page, page_size: 1, total_number: 2, total_page: 2 } });
      },
    });
    expect(run.exit, run.stdout).toBe(0);
    expect(Object.keys(run.states.at(-1)?.advertisers ?? {})).toEqual([ONE, TWO]);
  });

  it('that never holds what it counts fails the run', async () => {
    const page_info = { page: 1, page_size: 1, total_number: 2, total_page: 2 };
    const run = await readFrom({ 'oauth2/advertiser/get/': () => ok({ list: [{ advertiser_id: ONE }], page_info }) });
    expect(errorOf(run)?.message).toContain('TikTok counts 2 advertisers and lists 1');
  });
});

it('ids that come as numbers keep all their digits', async () => {
  const campaign = '1799999999999999999';
  const numbers = (json: string): Scripted => ({ body: json.replaceAll(/"(\d{19})"/g, '$1') });
  const row = {
    dimensions: { campaign_id: campaign, stat_time_day: `${DAY} 00:00:00` },
    metrics: { campaign_name: `a:1, "b_id": 1234567890123456789, c`, spend: '1.00' },
  };
  const run = await readFrom({
    'oauth2/advertiser/get/': () => numbers(ok({ list: [{ advertiser_id: ONE }] }).body),
    'advertiser/info/': () => numbers(ok({ list: [{ advertiser_id: ONE, timezone: 'UTC' }] }).body),
    'report/integrated/get/': () =>
      numbers(ok({ list: [row], page_info: { page: 1, page_size: 1, total_number: 1, total_page: 1 } }).body),
  });
  expect(run.exit, run.stdout).toBe(0);
  expect(run.records).toEqual([
    expect.objectContaining({ campaign_id: campaign, campaign_name: 'a:1, "b_id": 1234567890123456789, c' }),
  ]);
  expect(Object.keys(run.states.at(-1)?.advertisers ?? {})).toEqual([ONE]);
});

it('an answer of hundreds of megabytes, packed into little, is broken and takes no memory', async () => {
  // Linux tells the most that a process has had; what Node calls so would begin with what this one has.
  const tells = "import fs from'fs';process.on('exit',()=>console.error(fs.readFileSync('/proc/self/status','utf8')))";
  vi.stubEnv('NODE_OPTIONS', `--import "data:text/javascript,${tells}"`);
  const bomb = gzipSync(Buffer.concat([Buffer.from('{"code":0,"data":"'), Buffer.alloc(200 * 2 ** 20, 32)]));
  const run = await readFrom(
    { 'report/integrated/get/': () => ({ body: bomb, headers: { 'Content-Encoding': 'gzip' } }) },
    { patience_seconds: 0 },
  );
  expect(run.exit).not.toBe(0);
  expect(errorOf(run)?.message).toContain('is larger than 16 MB');
  expect(asked('report/integrated/get/').length).toBeGreaterThan(0);
  expect(Number(/VmHWM:\s*(\d+) kB/.exec(run.stderr)?.[1]), 'the two of them alone would be 400,000').toBeLessThan(
    200_000,
  );
});
