import type { Config } from '../config/config.ts';
import { isInShard } from '../config/shard.ts';
import type { TikTokClient } from '../tiktok/client.ts';
import { type Advertiser, fetchAdvertisers, listGrantedAdvertisers } from '../tiktok/endpoints/advertisers.ts';
import type { AdvertiserFailure } from './events.ts';
import { advertiserFailure, placeOf, sentencesOf } from './failure.ts';

/** For the operator: the selection is empty although TikTok refused no advertiser. */
export const NONE_LEFT =
  'No advertiser is left to read: TikTok has granted none to this token, or exclude_advertiser_ids takes all of them ' +
  'away. Authorize again and tick at least one advertiser, or take one out of exclude_advertiser_ids.';

/** For the operator of a shard, which may be empty while others are not. */
export const NONE_IN_SHARD = 'No advertiser falls into this shard at the moment.';

/** The advertisers that a configuration chooses, as far as TikTok lets the token see them. */
export interface AdvertiserSelection {
  /** Sorted as chosen; their zone is absent where TikTok does not tell it. */
  readonly advertisers: readonly Advertiser[];
  /** Chosen, but TikTok does not let the token read them. */
  readonly unavailable: readonly AdvertiserFailure[];
  /** No advertiser is left to read, in any shard. */
  readonly isEmpty: boolean;
  /** Every advertiser that the token was granted; absent when the credentials do not allow to ask. */
  readonly granted?: ReadonlySet<string>;
}

/**
 * Finds out which advertisers the configuration chooses.
 *
 * With an app (`oauth2.0`) TikTok is asked for those granted; a token alone names them in its configuration; the
 * sandbox has one advertiser and no endpoint to ask about it (sandbox page). Only those in the configured shard are kept: a
 * refused advertiser is reported by its own shard. Afterwards the client knows TikTok's time.
 *
 * @param onGranted called with the ids that TikTok has granted and that are meant, while their zones are being asked for
 * @throws TikTokError when TikTok refuses the token or the app, or cannot be reached
 */
export async function selectAdvertisers(
  config: Config,
  client: TikTokClient,
  signal: AbortSignal,
  onGranted: (ids: readonly string[]) => void = () => {},
): Promise<AdvertiserSelection> {
  const { credentials, shard } = config;
  if (credentials.type === 'sandbox_access_token') {
    await client.settleClock(signal);
    const advertisers = isInShard(credentials.advertiserId, shard) ? [{ id: credentials.advertiserId }] : [];
    return { advertisers, unavailable: [], isEmpty: false };
  }
  const excluded = new Set(config.excludeAdvertiserIds);
  const unavailable: AdvertiserFailure[] = [];
  let chosen = config.advertiserIds.filter((id) => !excluded.has(id));
  let granted: Set<string> | undefined;
  if (credentials.type === 'oauth2.0') {
    const list = await listGrantedAdvertisers(client, credentials, signal);
    granted = new Set(list.map(({ id }) => id));
    if (config.advertiserIds.length === 0) chosen = [...granted].filter((id) => !excluded.has(id));
  }
  const isEmpty = chosen.length === 0;
  chosen = chosen.filter((id) => isInShard(id, shard));
  if (granted) {
    for (const id of chosen.filter((id) => !granted?.has(id))) unavailable.push(notGranted(id));
    chosen = chosen.filter((id) => granted?.has(id));
  }
  const answers = fetchAdvertisers(client, chosen, signal);
  if (granted) onGranted(chosen);
  const { found, refused } = await answers;
  for (const [id, error] of refused) unavailable.push(advertiserFailure({ id }, error));
  await client.settleClock(signal);
  return {
    advertisers: chosen.flatMap((id) => found.get(id) ?? []),
    unavailable,
    isEmpty,
    ...(granted && { granted }),
  };
}

/** One that `advertiser_ids` names and TikTok has not granted. */
export function notGranted(advertiserId: string): AdvertiserFailure {
  const text = {
    meaning: 'TikTok has not granted this token an advertiser that advertiser_ids names.',
    advice: 'Authorize again and tick it, or take it out of advertiser_ids.',
    evidence: `${placeOf({ id: advertiserId })}.`,
  };
  return { ...text, message: sentencesOf(text), advertiserId, failureClass: 'configuration', unavailable: true };
}
