/** The paths that are served, after `/open_api/v1.3/`. */
export const ENDPOINTS = [
  'report/integrated/get/',
  'report/task/create/',
  'report/task/check/',
  'report/task/download/',
  'report/task/cancel/',
  'advertiser/info/',
  'oauth2/advertiser/get/',
  'oauth2/access_token/',
  'oauth2/revoke_token/',
  'campaign/get/',
  'adgroup/get/',
  'ad/get/',
  'user/info/',
] as const;

export type EndpointPath = (typeof ENDPOINTS)[number];
