import { advertiserInfo, listAdvertisers, userInfo } from './advertisers.ts';
import type { Route } from './api.ts';
import type { Endpoint } from './call.ts';
import { listEntities } from './campaigns.ts';
import type { EndpointPath } from './endpoints.ts';
import type { OAuth } from './oauth.ts';
import { ReportEndpoint } from './report.ts';
import type { ReportTasks } from './report-tasks.ts';
import type { World } from './world.ts';

/** The endpoints by path. */
export function createRoutes(world: World, oauth: OAuth, tasks: ReportTasks): ReadonlyMap<string, Route> {
  const get = (endpoint: Endpoint): Route => ({ method: 'GET', needsToken: true, endpoint });
  const post = (endpoint: Endpoint, needsToken = true): Route => ({ method: 'POST', needsToken, endpoint });
  const report = new ReportEndpoint(world);
  const routes: Record<EndpointPath, Route> = {
    'report/integrated/get/': get((call) => report.answer(call)),
    'advertiser/info/': get((call) => advertiserInfo(world, call)),
    'oauth2/advertiser/get/': get((call) => listAdvertisers(world, call)),
    'campaign/get/': get((call) => listEntities('campaign', world, call)),
    'adgroup/get/': get((call) => listEntities('adgroup', world, call)),
    'ad/get/': get((call) => listEntities('ad', world, call)),
    'user/info/': get(userInfo),
    'oauth2/access_token/': post((call) => oauth.accessToken(call), false),
    'oauth2/revoke_token/': post((call) => oauth.revokeToken(call), false),
    'report/task/create/': post((call) => tasks.create(call)),
    'report/task/check/': get((call) => tasks.check(call)),
    'report/task/download/': get((call) => tasks.download(call)),
    'report/task/cancel/': post((call) => tasks.cancel(call)),
  };
  return new Map(Object.entries(routes));
}
