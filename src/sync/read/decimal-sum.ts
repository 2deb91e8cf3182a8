const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Adds up decimal texts exactly, as money has to be. */
export class DecimalSum {
  #units = 0n;
  #decimals = 0;

  /** Adds one text; `-`, null and what is no plain decimal count as nothing. */
  add(text: string | null | undefined): void {
    const parts = typeof text === 'string' ? DECIMAL.exec(text) : null;
    if (!parts) return;
    const [, sign, whole = '0', fraction = ''] = parts;
    this.#addUnits(BigInt(`${sign}${whole}${fraction}`), fraction.length);
  }

  addSum(other: DecimalSum): void {
    this.#addUnits(other.#units, other.#decimals);
  }

  /** True when the sum is what `text` says, to the digits that `text` has. */
  equals(text: string): boolean {
    const other = new DecimalSum();
    other.add(text);
    const decimals = Math.max(this.#decimals, other.#decimals);
    const difference = this.#scaled(decimals) - other.#scaled(decimals);
    const halfDigit = 10n ** BigInt(decimals - other.#decimals);
    return 2n * (difference < 0n ? -difference : difference) <= (other.#decimals === decimals ? 0n : halfDigit);
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
