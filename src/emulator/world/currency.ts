interface Currency {
  /** Digits after the point of amounts. */
  readonly decimals: number;
  /** About how many units a US dollar is, so that prices look right. */
  readonly perDollar: number;
}

const CURRENCIES: Readonly<Record<string, Currency>> = {
  USD: { decimals: 2, perDollar: 1 },
  EUR: { decimals: 2, perDollar: 0.9 },
  GBP: { decimals: 2, perDollar: 0.8 },
  NZD: { decimals: 2, perDollar: 1.7 },
  AUD: { decimals: 2, perDollar: 1.5 },
  BRL: { decimals: 2, perDollar: 5.4 },
  MXN: { decimals: 2, perDollar: 18 },
  INR: { decimals: 2, perDollar: 85 },
  JPY: { decimals: 0, perDollar: 150 },
  KRW: { decimals: 0, perDollar: 1400 },
  VND: { decimals: 0, perDollar: 25_000 },
  KWD: { decimals: 3, perDollar: 0.31 },
  BHD: { decimals: 3, perDollar: 0.38 },
};

/** Currencies that generated accounts choose from. */
export const CURRENCY_CODES: readonly string[] = Object.keys(CURRENCIES);

/** An unknown code counts as one with two decimals. */
export function currencyOf(code: string): Currency {
  return CURRENCIES[code] ?? { decimals: 2, perDollar: 1 };
}
