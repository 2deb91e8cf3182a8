import { type Account, moneyDecimals } from './account.ts';
import type { DayNumber } from './calendar.ts';
import { entityId } from './campaign.ts';
import { currencyOf } from './currency.ts';
import type { Maturity } from './performance.ts';
import { between, hash } from './random.ts';

/** The spend of a GMV Max campaign on a day in one country. Money is in units of 10^-decimals of the currency. */
export interface GmvMaxRow {
  readonly account: Account;
  readonly campaignId: string;
  readonly campaignName: string;
  readonly day: DayNumber;
  /** Two letters, or `None`: recorded answers have a second row of zeros for `None` on each day. */
  readonly country: string;
  readonly spend: number;
  /** Without vouchers. It comes late: in the last days it is below `spend`. */
  readonly billedCost: number;
  readonly decimals: number;
}

const COUNTRIES: Readonly<Record<string, readonly [string, string]>> = {
  USD: ['US', 'CA'],
  GBP: ['GB', 'IE'],
  EUR: ['DE', 'FR'],
  JPY: ['JP', 'SG'],
  MXN: ['MX', 'US'],
  BRL: ['BR', 'US'],
  VND: ['VN', 'SG'],
};
/** Days until all of a day's spend is billed. */
const BILLING_DAYS = 3;

/** The rows of an account's GMV Max campaigns, by day, then campaign, then country as reports know it. */
export function* gmvMaxRows(
  account: Account,
  days: { readonly from: DayNumber; readonly to: DayNumber; readonly today: DayNumber },
  maturityOf: (day: DayNumber) => Maturity,
): Generator<GmvMaxRow> {
  const campaigns = Array.from({ length: account.gmvMaxCampaigns }, (_, index) => ({
    campaignId: entityId('5', account, index),
    campaignName: `GMV Max ${index + 1} "Shop"`,
    first: account.created + (hash(account.hash ^ 0x60, index) % 200),
    h: hash(account.hash ^ 0x61, index),
  })).sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1));
  const [home, abroad] = COUNTRIES[account.currency] ?? ['US', 'CA'];
  for (let day = Math.max(days.from, account.created); day <= Math.min(days.to, days.today); day++) {
    const decimals = moneyDecimals(account, day);
    const unit = currencyOf(account.currency).perDollar * 10 ** decimals;
    const maturity = maturityOf(day);
    for (const { campaignId, campaignName, first, h: own } of campaigns) {
      if (day < first || hash(own, day) % 12 === 0) continue;
      const h = hash(own ^ 0x62, day);
      const estimate = maturity.corrected ? 1 : between(hash(h, 1), 0.96, 1.03);
      const spend = Math.floor(between(h, 20, 900) * unit * maturity.elapsed * estimate);
      const vouchers = hash(h, 2) % 4 === 0 ? Math.floor(spend * between(hash(h, 3), 0.005, 0.05)) : 0;
      const open = Math.max(0, BILLING_DAYS - (days.today - day));
      const unbilled = Math.ceil((spend * open) / 40);
      const row = { account, campaignId, campaignName, day, decimals };
      // Some days have spend in a second country.
      const small = hash(h, 4) % 9 === 0 ? [{ ...row, country: abroad, spend: 1, billedCost: 1 }] : [];
      const main = { ...row, country: home, spend, billedCost: Math.max(0, spend - vouchers - unbilled) };
      const none = { ...row, country: 'None', spend: 0, billedCost: 0 };
      yield* [main, ...small, none].sort((a, b) => (a.country < b.country ? -1 : 1));
    }
  }
}
