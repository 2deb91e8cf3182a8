import { type Credentials, createConfig } from './config.ts';
import type { Emulator, PageHandler } from './emulator.ts';
import { Faults } from './faults/faults.ts';
import { API_PREFIX, Api } from './http/api.ts';
import { Arrivals } from './http/arrivals.ts';
import { OAuth } from './http/oauth.ts';
import { AppQuota, quotaLimits } from './http/quota.ts';
import { RequestLog } from './http/request-log.ts';
import { createRoutes } from './http/routes.ts';
import { listen } from './http/server.ts';
import { accountsOf, type EmulatorOptions, quotaSpec } from './options.ts';
import { emulatorPages } from './pages/serve-pages.ts';
import { expectedRows } from './report/expected-rows.ts';
import { ReportTasks } from './report/report-tasks.ts';
import { type Account, createAccounts } from './world/account.ts';
import { CampaignCache } from './world/campaign.ts';
import { createClock } from './world/clock.ts';
import { hash } from './world/random.ts';
import { ScheduledEvents } from './world/scheduled-events.ts';
import { grantedAccounts, READING_SCOPES, type World } from './world/world.ts';

export type { Emulator, PageHandler } from './emulator.ts';
export type { EmulatorOptions } from './options.ts';

const DEFAULT_NOW = '2026-03-15T12:00:00.000Z';

/**
 * Starts a TikTok Business API v1.3 on this machine.
 *
 * @throws ListenError when the port is taken; RangeError for an account or clock that cannot be
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { scenario } = options;
  const host = options.host ?? '127.0.0.1';
  const world = createWorld(options);
  const accounts = [...world.accounts.values()];
  const idOf = (advertiser: string): string =>
    advertiser.startsWith('#') ? (accounts[Number(advertiser.slice(1)) - 1]?.id ?? advertiser) : advertiser;
  const accountOf = (advertiser: string): Account => {
    const account = world.accounts.get(idOf(advertiser));
    if (!account) throw new RangeError(`There is no advertiser ${advertiser} in this emulator.`);
    return account;
  };

  const faults = new Faults(world.seed, idOf);
  const arrivals = new Arrivals();
  const log = new RequestLog(options.requestLogMax ?? 20_000);
  const oauth = new OAuth(world);
  const token = accessTokenOf(world.seed);
  world.tokens.set(token, { advertiserIds: 'all', scope: READING_SCOPES, revoked: false });
  const quota = quotaSpec(options);
  const limits = quota && quotaLimits(quota);

  const grant = (id: string): void => {
    const account = accountOf(id);
    account.granted = true;
    account.unavailable = undefined;
  };
  const suspend = (id: string, how: 'suspended' | 'deleted' = 'suspended'): void => {
    accountOf(id).unavailable = how;
  };
  const setRevoked = (revoked: boolean): void => {
    for (const each of world.tokens.values()) each.revoked = revoked;
  };
  const events = new ScheduledEvents(
    () => world.clock.now(),
    (what) => {
      if (what.revoke_token) setRevoked(true);
      if (what.suspend !== undefined) suspend(what.suspend);
      if (what.delete !== undefined) suspend(what.delete, 'deleted');
      if (what.grant !== undefined) grant(what.grant);
      if (what.withdraw_metric !== undefined) world.withdrawnMetrics.add(what.withdraw_metric);
      if (what.advance_days !== undefined) world.clock.advanceDays(what.advance_days);
    },
  );
  for (const fault of scenario?.faults ?? []) faults.arm(fault);
  for (const event of scenario?.events ?? []) events.add(event);

  const latencyMs = options.latencyMs ?? scenario?.latency_ms ?? 0;
  const tasks = new ReportTasks(world, { quotaEnforced: limits !== undefined });
  const api = new Api(world, createRoutes(world, oauth, tasks, options.prepared), {
    faults,
    events,
    quota: limits && new AppQuota(limits, world.app.id),
    log,
    arrivals,
    latencyMs: () => latencyMs,
  });
  const pages: PageHandler[] = [(exchange) => tasks.serveFile(exchange)];
  const { server, port } = await listen(host, options.port ?? 0, async (exchange) => {
    if (exchange.path.startsWith(API_PREFIX)) return api.handle(exchange);
    for (const page of pages) if (await page(exchange)) return;
    exchange.response.writeHead(404, { 'Content-Type': 'text/plain' }).end('404 page not found');
  });

  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  world.origin = origin;
  const apiUrl = `${origin}${API_PREFIX}`;
  const credentials: Credentials = { app_id: world.app.id, secret: world.app.secret, access_token: token };
  const emulator: Emulator = {
    apiUrl,
    origin,
    portalUrl: `${origin}/portal/auth`,
    credentials,
    config: (overrides = {}) => createConfig({ world, apiUrl, credentials, limits, overrides }),
    requests: log.entries,
    get requestCount() {
      return log.count;
    },
    requestCountByCode: log.countByCode,
    apiUrlFor: (client) => `${origin}/client/${client}${API_PREFIX}`,
    arrivals: (perSecond = limits?.perSecond) => arrivals.report(perSecond),
    clock: world.clock,
    accounts,
    grant,
    withdraw: (id) => {
      accountOf(id).granted = false;
    },
    suspend,
    revokeToken: () => setRevoked(true),
    restoreToken: () => setRevoked(false),
    get tokenRevoked() {
      return world.tokens.get(token)?.revoked ?? true;
    },
    withdrawMetric: (name) => {
      world.withdrawnMetrics.add(name);
    },
    expectedRows: (range) => {
      if (options.prepared) throw new RangeError('Prepared reports repeat their figures; there are no expected rows.');
      return expectedRows(world, range);
    },
    arm: (fault) => faults.arm(fault),
    faults: faults.list(),
    schedule: (event) => events.add(event),
    issueAuthCode: (advertiserIds, scopes = READING_SCOPES) =>
      oauth.issueAuthCode(
        advertiserIds ??
          grantedAccounts(world, { advertiserIds: 'all', scope: [], revoked: false }).map(({ id }) => id),
        scopes,
      ),
    servePages: (handler) => {
      pages.unshift(handler);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  pages.push(emulatorPages(emulator));
  return emulator;
}

function createWorld(options: EmulatorOptions): World {
  const { scenario } = options;
  const seed = options.seed ?? scenario?.seed ?? 1;
  const clock = createClock(
    options.now ?? scenario?.now ?? (options.ticking ? new Date() : DEFAULT_NOW),
    options.ticking ?? false,
  );
  const accounts = createAccounts(accountsOf(options), seed, Math.floor(clock.now().getTime() / 86_400_000));
  const byId = new Map(accounts.map((account) => [account.id, account]));
  if (byId.size < accounts.length) throw new RangeError('Two accounts have the same id.');
  return {
    seed,
    origin: '',
    clock,
    accounts: byId,
    campaigns: new CampaignCache(),
    app: { id: '7300000000000000007', secret: hexText(seed, 0x5ec, 40) },
    tokens: new Map(),
    attributionDays: options.attributionDays ?? scenario?.attribution_days ?? 7,
    rateBasis: options.conversionRateBasis ?? scenario?.conversion_rate_basis ?? 'clicks',
    adsMax: options.adsMax ?? scenario?.ads_max ?? 20_000,
    cutsAdvertisers: options.cutsAdvertisers ?? scenario?.cuts_advertisers ?? false,
    sandbox: options.sandbox ?? scenario?.sandbox ?? false,
    withdrawnMetrics: new Set(),
  };
}

const accessTokenOf = (seed: number): string => hexText(seed, 0x70c, 40);

/** Hex that looks like TikTok's secrets and tokens, from the seed. */
function hexText(seed: number, kind: number, length: number): string {
  let text = '';
  for (let part = 0; text.length < length; part++) text += hash(hash(seed, kind), part).toString(16).padStart(8, '0');
  return text.slice(0, length);
}
