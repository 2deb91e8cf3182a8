/** A table that was loaded, to be looked at. */
export interface TableView {
  readonly name: string;
  /** Where it is, in words. */
  readonly place: string;
  readonly rows: number;
  /** Of the first rows. */
  readonly columns: readonly string[];
  /** The rows of the last day that spent most; null where there is no value. */
  readonly first: readonly (readonly (string | null)[])[];
  /** By advertiser, the largest first; one without an advertiser where no column tells them apart. */
  readonly totals: readonly Total[];
}

export interface Total {
  readonly advertiserId?: string;
  readonly advertiser?: string;
  readonly currency?: string;
  readonly rows: number;
  readonly spend: number;
}

/** Those that a person looks at first, in this order, as far as a table has them. */
export const LOOKED_AT = [
  ...['date', 'advertiser_name', 'campaign_name', 'adgroup_name', 'ad_name', 'country_code', 'currency'],
  ...['spend', 'impressions', 'clicks', 'conversion'],
];

export const FIRST_ROWS = 8;
