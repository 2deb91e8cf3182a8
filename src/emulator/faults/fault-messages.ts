/** TikTok's message for each code. A fault may give another. `{advertiser_id}` and `{app_id}` are filled in. */
const MESSAGES: Readonly<Record<number, string>> = {
  40000: 'Invalid parameters.',
  40001: 'No permission to operate advertiser: {advertiser_id}',
  40002: 'Missing required field(s): account_id.',
  40003: 'Forbidden.',
  40006: 'Invalid parameter',
  40016: 'Too many requests. Please retry in some time.',
  40067:
    'Your query is too large, please reduce the query size (e.g. fewer metrics or time range) and retry after a while.',
  40100: 'App reaches the QPS limit.',
  40101: 'Invalid auth_code. Not able to get long-term access_token with an old auth_code.',
  40102: 'Access token is expired.',
  40104: 'Access token is null, you should set it in http header with key Access-Token.',
  40105: 'Access token is incorrect or has been revoked.',
  40106: 'The user of the access token is not valid for advertiser {advertiser_id}.',
  40110: 'The auth_code is canceled. Please re-authorize and try again with a new auth_code.',
  40113: "The app_id is inconsistent with the token's app information. Please retry after correcting it. ",
  40132: "The request QPS is limited by pixel_code's value.",
  40133:
    "Advertiser ({advertiser_id})'s QPS (21) reaches QPS limit 20 for current path, request is temporarily restricted.",
  40201: 'The task is not ready.',
  40300: 'The advertiser does not exist or has been deleted.',
  41000: 'Client IP address is in banned Country list.',
  50000: 'System error',
  50002: 'Error processing request on TikTok side. Please see error message for details.',
  51001: 'Internal service connection timeout. Please try again.',
  51008: 'Service error: {advertiser_id}',
  51021: 'Too many requests',
  51039: 'Internal service connection timeout. Please try again.',
  60001: 'The service is under maintenance. Please try again later.',
  61000: 'Too many requests.',
};

export function messageFor(
  code: number,
  message: string | undefined,
  { advertiserId, appId }: { readonly advertiserId: string | undefined; readonly appId: string },
): string {
  return (message ?? MESSAGES[code] ?? 'Service error.')
    .replaceAll('{advertiser_id}', advertiserId ?? '0')
    .replaceAll('{app_id}', appId);
}
