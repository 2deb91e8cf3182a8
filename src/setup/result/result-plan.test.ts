import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { campaignDaily } from '../../streams/campaign-daily.ts';
import type { Collection, Target } from '../session/collection.ts';
import { configObject } from './config-file.ts';
import { planResult, type Surroundings } from './result-plan.ts';

const CREDENTIALS = { appId: '7300', secret: "it's \\ $ecret", accessToken: 'token-1' };
const AROUND: Surroundings = {
  folder: '/srv/my brand',
  tapCommand: 'tap-tiktok-ads',
  programCommand: 'source-tiktok-ads',
  programFile: '/usr/bin/source-tiktok-ads',
  nodeFolder: '/usr/bin',
  hasMeltanoProject: false,
  existing: {},
  configName: 'config.json',
  localZone: 'UTC',
  now: new Date('2026-01-15T12:00:00Z'),
};

function collection(target: Target, changes: Partial<Collection> = {}): Collection {
  return {
    name: 'My brand: 100%',
    advertiserIds: ['7100000000000000019'],
    startDate: '2026-01-01',
    lookbackDays: 7,
    includeDeleted: true,
    advertiserColumns: false,
    schedule: { time: '13:30', timeZone: 'Europe/Berlin' },
    streams: [campaignDaily],
    target,
    ...changes,
  };
}

function plan(
  target: Target,
  { around = {}, ...changes }: Partial<Collection> & { around?: Partial<Surroundings> } = {},
) {
  const chosen = collection(target, changes);
  const config = configObject({ collection: chosen, credentials: CREDENTIALS });
  const { files, ...rest } = planResult(chosen, config, { ...AROUND, ...around });
  return { ...rest, files, file: (path: string) => files.find((file) => file.path === path)?.content ?? '' };
}

const POSTGRES: Target = {
  kind: 'meltano',
  timer: 'systemd',
  loader: {
    name: 'target-postgres',
    host: 'db',
    port: 5432,
    user: 'loader',
    password: 'pass word',
    database: 'warehouse',
    schema: 'tiktok_ads',
  },
};

describe('the configuration', () => {
  it('keeps what an existing one says, unknown keys too, and takes away what no longer holds', () => {
    const existing = {
      credentials: { auth_type: 'oauth2.0', app_id: 'old', secret: 'old', access_token: 'old' },
      start_date: '2020-01-01',
      end_date: '2020-02-01',
      advertiser_ids: ['1'],
      exclude_advertiser_ids: ['2'],
      api_tier: 'premium',
      my_own_note: { kept: true },
    };
    const chosen = collection({ kind: 'config' }, { advertiserIds: 'all' });
    expect(configObject({ existing, collection: chosen, credentials: CREDENTIALS })).toEqual({
      credentials: { auth_type: 'oauth2.0', app_id: '7300', secret: "it's \\ $ecret", access_token: 'token-1' },
      start_date: '2026-01-01',
      exclude_advertiser_ids: ['2'],
      api_tier: 'premium',
      my_own_note: { kept: true },
      lookback_days: 7,
      include_deleted: true,
      advertiser_columns: false,
    });
  });
});

describe('a Meltano project', () => {
  it('has extractor, loader, job and schedule, and every secret in .env only', () => {
    const { files, file } = plan(POSTGRES);
    const project = parse(file('meltano.yml'));
    expect(project.plugins.extractors[0]).toMatchObject({
      name: 'tap-tiktok-ads',
      executable: 'tap-tiktok-ads',
      config: {
        'credentials.auth_type': 'oauth2.0',
        start_date: '2026-01-01',
        advertiser_ids: ['7100000000000000019'],
      },
    });
    expect(project.jobs).toEqual([{ name: 'my-brand-100', tasks: ['tap-tiktok-ads target-postgres'] }]);
    expect(project.schedules).toEqual([{ name: 'my-brand-100-daily', interval: '30 12 * * *', job: 'my-brand-100' }]);
    const open = files.filter(({ mode }) => mode !== 0o600).map(({ content }) => content);
    for (const secret of ['7300', '$ecret', 'token-1', 'pass word']) expect(open.join('\n')).not.toContain(secret);
    expect(file('.env')).toContain("TARGET_POSTGRES_PASSWORD='pass word'");
  });

  it('goes beside a project of the user’s, and keeps the other lines of .env', () => {
    const existing = { '.env': 'OTHER=1\nTAP_TIKTOK_ADS_CREDENTIALS_SECRET=old\n' };
    const { files, file, commands } = plan(POSTGRES, { around: { hasMeltanoProject: true, existing } });
    expect(files.map(({ path }) => path)).not.toContain('meltano.yml');
    expect(parse(file('my-brand-100.meltano.yml'))).not.toHaveProperty('environments');
    expect(file('.env').split('\n')[0]).toBe('OTHER=1');
    expect(file('.env').match(/CREDENTIALS_SECRET/g)).toHaveLength(1);
    expect(commands[0]?.command).toContain('include_paths');
  });

  it('has no schedule, timer or cron line when the range has an end', () => {
    const { schedule: _, ...once } = collection(POSTGRES, { endDate: '2026-01-31' });
    const config = configObject({ collection: once, credentials: CREDENTIALS });
    const { files } = planResult(once, config, AROUND);
    expect(files.map(({ path }) => path)).toEqual([
      '.gitignore',
      'config.json',
      'meltano.yml',
      '.env',
      'run.sh',
      'setup.json',
    ]);
    expect(parse(files[2]?.content ?? '')).not.toHaveProperty('schedules');
    expect(JSON.parse(files[1]?.content ?? '')).toMatchObject({ end_date: '2026-01-31' });
  });
});

describe('docker run', () => {
  it('runs as the owner of the folder, keeps the state, and has a timer in the advertiser’s zone', () => {
    const { file } = plan({ kind: 'docker', image: 'source-tiktok-ads:1.0', timer: 'systemd' });
    expect(file('run.sh')).toContain('--user "$owner"');
    expect(file('run.sh')).toContain('source-tiktok-ads:1.0');
    expect(file('systemd/my-brand-100.timer')).toContain('OnCalendar=*-*-* 13:30:00 Europe/Berlin');
    expect(file('systemd/my-brand-100.service')).toContain('ExecStart=/bin/sh "/srv/my brand/run.sh"');
    expect(file('systemd/my-brand-100.service')).toContain('100%%');
    expect(JSON.parse(file('catalog.json')).streams[0]).toMatchObject({
      sync_mode: 'incremental',
      stream: { name: 'campaign_daily' },
    });
  });

  it('has a cron line in the zone of the machine, which is all that cron knows', () => {
    const { file } = plan(
      { kind: 'docker', image: 'i', timer: 'cron' },
      { around: { localZone: 'America/New_York', folder: "/srv/it's 5%" } },
    );
    const [line] = file('crontab.txt')
      .split('\n')
      .filter((one) => one !== '' && !one.startsWith('#'));
    expect(line).toBe(String.raw`30 7 * * * '/srv/it'\''s 5\%/run.sh' >> '/srv/it'\''s 5\%/run.log' 2>&1`);
  });
});

describe('Airbyte', () => {
  const target: Target = {
    kind: 'airbyte',
    apiUrl: 'http://localhost:8000/api/public/v1',
    token: 'airbyte-token',
    clientId: '',
    clientSecret: '',
    workspaceId: 'ws',
    destinationId: 'dest',
    image: 'registry:5000/team/source-tiktok-ads:1.0',
  };

  it('shows every request before it is sent', () => {
    const { requests } = plan(target);
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /workspaces/ws/definitions/sources',
      'GET /sources?workspaceIds=ws&limit=100',
      'PUT /sources/(id of the source)',
      'POST /workspaces/ws/definitions/sources',
      'POST /sources',
      'GET /connections?workspaceIds=ws&limit=100',
      'PATCH /connections/(id of the connection)',
      'POST /connections',
    ]);
    expect(requests[3]?.body).toMatchObject({
      dockerRepository: 'registry:5000/team/source-tiktok-ads',
      dockerImageTag: '1.0',
    });
    expect(requests[7]?.body).toMatchObject({ schedule: { scheduleType: 'cron', cronExpression: '0 30 12 * * ?' } });
  });

  it('writes the token of Airbyte nowhere', () => {
    const { files } = plan(target);
    expect(files.map(({ path }) => path)).toEqual(['.gitignore', 'config.json', 'setup.json']);
    expect(files.map(({ content }) => content).join()).not.toContain('airbyte-token');
  });
});
