import { expect, it } from 'vitest';
import { QUOTA_BY_TIER } from '../../config/quota-limits.ts';
import { startEmulator } from '../../emulator/start-emulator.ts';
import { campaignDaily } from '../../streams/campaign-daily.ts';
import { GrantedAdvertisers } from './granted-advertisers.ts';
import { TikTokAccess } from './tiktok-access.ts';

it('no advertiser is asked in the background while something else is asked, and all of them after it', async () => {
  const emulator = await startEmulator({ accounts: 6 });
  const { apiUrl, accounts, credentials } = emulator;
  const access = new TikTokAccess({ apiUrl, stream: campaignDaily, quota: QUOTA_BY_TIER.ultimate });
  const granted = new GrantedAdvertisers(access, new AbortController().signal);
  const app = { appId: credentials.app_id, secret: credentials.secret, accessToken: credentials.access_token };
  const reports = () => emulator.requests.filter(({ path }) => path.endsWith('/report/integrated/get/')).length;
  try {
    await granted.alone(async () => {
      await granted.load(app);
      // Enough round trips for every one of them to be asked.
      for (const _ of accounts) await access.advertisers(app, new AbortController().signal);
      expect(reports()).toBe(0);
    });
    await granted.marked;
    expect(reports()).toBe(accounts.length);
    expect(granted.marks.size).toBe(accounts.length);
  } finally {
    access.close();
    await emulator.close();
  }
});
