import { type PreparedOptions, PreparedReport } from '../report/prepared-report.ts';
import { ReportEndpoint } from '../report/report.ts';
import type { ReportTasks } from '../report/report-tasks.ts';
import { SCOPES, type World } from '../world/world.ts';
import { advertiserInfo, listAdvertisers, userInfo } from './advertiser-endpoints.ts';
import type { Route } from './api.ts';
import type { Endpoint } from './call.ts';
import type { EndpointPath } from './endpoints.ts';
import { listEntities } from './entity-endpoints.ts';
import type { OAuth } from './oauth.ts';

/** The endpoints by path. */
export function createRoutes(
  world: World,
  oauth: OAuth,
  tasks: ReportTasks,
  prepared: PreparedOptions | undefined,
): ReadonlyMap<string, Route> {
  const get = (endpoint: Endpoint, scopes: readonly number[] = []): Route => ({
    method: 'GET',
    needsToken: true,
    scopes,
    endpoint,
  });
  const post = (endpoint: Endpoint, scopes: readonly number[] = []): Route => ({
    method: 'POST',
    needsToken: true,
    scopes,
    endpoint,
  });
  const open = (endpoint: Endpoint): Route => ({ method: 'POST', needsToken: false, scopes: [], endpoint });
  const report = prepared ? new PreparedReport(world, prepared) : new ReportEndpoint(world);
  const routes: Record<EndpointPath, Route> = {
    'report/integrated/get/': get((call) => report.answer(call), SCOPES.report),
    'advertiser/info/': get((call) => advertiserInfo(world, call), SCOPES.account),
    'oauth2/advertiser/get/': get((call) => listAdvertisers(world, call), SCOPES.account),
    'campaign/get/': get((call) => listEntities('campaign', world, call)),
    'adgroup/get/': get((call) => listEntities('adgroup', world, call)),
    'ad/get/': get((call) => listEntities('ad', world, call)),
    'user/info/': get(userInfo),
    'oauth2/access_token/': open((call) => oauth.accessToken(call)),
    'oauth2/revoke_token/': open((call) => oauth.revokeToken(call)),
    'report/task/create/': post((call) => tasks.create(call), SCOPES.report),
    'report/task/check/': get((call) => tasks.check(call), SCOPES.report),
    'report/task/download/': get((call) => tasks.download(call), SCOPES.report),
    'report/task/cancel/': post((call) => tasks.cancel(call), SCOPES.report),
  };
  return new Map(Object.entries(routes));
}
