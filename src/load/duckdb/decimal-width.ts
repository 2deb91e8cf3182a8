import { LoadError } from '../load-error.ts';

/** The most digits of a DuckDB DECIMAL. Up to 18 it is stored as a 64-bit integer, which is several times as fast. */
const DIGITS_MAX = 38;

/**
 * The digits of a DECIMAL column before and after its point, and those that the numbers to be stored in it need. DuckDB
 * would round longer numbers.
 */
export class DecimalWidth {
  #before: number;
  #after: number;
  #neededBefore = 0;
  #neededAfter = 0;

  private constructor(before: number, after: number) {
    this.#before = before;
    this.#after = after;
  }

  /** @param type as DuckDB writes it. @returns undefined for a type other than DECIMAL */
  static of(type: string): DecimalWidth | undefined {
    const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
    return scale === undefined ? undefined : new DecimalWidth(Number(precision) - Number(scale), Number(scale));
  }

  get type(): string {
    return `DECIMAL(${this.#before + this.#after},${this.#after})`;
  }

  holds({ before, after }: { readonly before: number; readonly after: number }): boolean {
    return this.#before >= before && this.#after >= after;
  }

  /** @param text a JSON number */
  take(text: string): void {
    const [, whole = '', fraction = '', exponent = '0'] = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
    this.#neededBefore = Math.max(this.#neededBefore, whole.length + Number(exponent));
    this.#neededAfter = Math.max(this.#neededAfter, fraction.length - Number(exponent));
  }

  /**
   * The type that the column needs to hold all numbers so far; undefined when it can hold them already.
   *
   * @throws LoadError when no DECIMAL can hold them
   */
  widened(): string | undefined {
    if (this.holds({ before: this.#neededBefore, after: this.#neededAfter })) return undefined;
    const after = Math.max(this.#after, this.#neededAfter);
    if (Math.max(this.#before, this.#neededBefore) + after > DIGITS_MAX) {
      throw new LoadError({
        meaning: 'TikTok sent a number that no DECIMAL of DuckDB holds beside the others of its column.',
        advice: 'Run `sync --refresh --numbers double`, which keeps numbers as floats.',
        evidence: `The column needs ${this.#neededBefore} digits before and ${this.#neededAfter} after the point.`,
      });
    }
    // Widened to the full length at once, because each change of the type rewrites the column.
    this.#before = DIGITS_MAX - after;
    this.#after = after;
    return this.type;
  }
}
