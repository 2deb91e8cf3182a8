const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** The sums of metrics by day. */
export class DailySums {
  readonly #sums = new Map<string, Map<string, DecimalSum>>();

  add(day: string, metric: string, text: string | null | undefined): void {
    this.#sumOf(day, metric).add(text);
  }

  addAll(other: DailySums): void {
    for (const [day, metrics] of other.#sums) for (const [metric, sum] of metrics) this.#sumOf(day, metric).addSum(sum);
  }

  get days(): Iterable<string> {
    return this.#sums.keys();
  }

  of(day: string, metric: string): DecimalSum {
    return this.#sums.get(day)?.get(metric) ?? new DecimalSum();
  }

  /** Over all days, by metric. */
  totals(): Map<string, DecimalSum> {
    const totals = new Map<string, DecimalSum>();
    for (const metrics of this.#sums.values()) {
      for (const [metric, sum] of metrics) {
        const total = totals.get(metric) ?? new DecimalSum();
        total.addSum(sum);
        totals.set(metric, total);
      }
    }
    return totals;
  }

  #sumOf(day: string, metric: string): DecimalSum {
    const metrics = this.#sums.get(day) ?? new Map<string, DecimalSum>();
    this.#sums.set(day, metrics);
    const sum = metrics.get(metric) ?? new DecimalSum();
    metrics.set(metric, sum);
    return sum;
  }
}

/** Adds up decimal texts exactly, as money has to be. */
export class DecimalSum {
  #units = 0n;
  #decimals = 0;

  /** Adds one text; `-`, null and anything but a plain decimal count as nothing. */
  add(text: string | null | undefined): void {
    const parts = typeof text === 'string' ? DECIMAL.exec(text) : null;
    if (!parts) return;
    const [, sign, whole = '0', fraction = ''] = parts;
    this.#addUnits(BigInt(`${sign}${whole}${fraction}`), fraction.length);
  }

  addSum(other: DecimalSum): void {
    this.#addUnits(other.#units, other.#decimals);
  }

  /** Compares the sum with `text`: negative when it is less, 0 when it rounds to `text`, positive when it is more. */
  compare(text: string): number {
    const other = new DecimalSum();
    other.add(text);
    const decimals = Math.max(this.#decimals, other.#decimals);
    const difference = this.#scaled(decimals) - other.#scaled(decimals);
    const halfDigit = other.#decimals === decimals ? 0n : 10n ** BigInt(decimals - other.#decimals);
    if (2n * (difference < 0n ? -difference : difference) <= halfDigit) return 0;
    return difference < 0n ? -1 : 1;
  }

  toString(): string {
    const digits = String(this.#units < 0n ? -this.#units : this.#units).padStart(this.#decimals + 1, '0');
    const point = digits.length - this.#decimals;
    const sign = this.#units < 0n ? '-' : '';
    return this.#decimals > 0 ? `${sign}${digits.slice(0, point)}.${digits.slice(point)}` : sign + digits;
  }

  #addUnits(units: bigint, decimals: number): void {
    const scale = Math.max(decimals, this.#decimals);
    this.#units = this.#scaled(scale) + units * 10n ** BigInt(scale - decimals);
    this.#decimals = scale;
  }

  #scaled(decimals: number): bigint {
    return this.#units * 10n ** BigInt(decimals - this.#decimals);
  }
}
