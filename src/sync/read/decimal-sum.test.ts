import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecimalSum } from './decimal-sum.ts';

const sumOf = (...texts: (string | null | undefined)[]) => {
  const sum = new DecimalSum();
  for (const text of texts) sum.add(text);
  return sum;
};

describe('a sum of decimal texts', () => {
  it('is exact where floats are not', () => {
    expect(String(sumOf('0.1', '0.2'))).toBe('0.3');
    expect(String(sumOf('9007199254740993', '0.01', '-0.005'))).toBe('9007199254740993.005');
    expect(String(sumOf('-', null, undefined, 'abc'))).toBe('0');
    expect(String(sumOf('-1.5', '1.00'))).toBe('-0.50');
  });

  it('equals a total to the digits that the total has', () => {
    expect(sumOf('1.005', '1.001').compare('2.01')).toBe(0);
    expect(sumOf('1.00', '1.00').compare('2')).toBe(0);
    expect(sumOf('1.00', '1.01').compare('2.00')).not.toBe(0);
    expect(sumOf('20.00', '0.01').compare('20.0100')).toBe(0);
  });

  it('adds any money in any order to the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 4 }))),
        (values) => {
          const texts = values.map(([units, decimals]) => {
            const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
            const text = decimals > 0 ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
            return units < 0n ? `-${text}` : text;
          });
          const total = values.reduce((sum, [units, decimals]) => sum + units * 10n ** BigInt(4 - decimals), 0n);
          const sum = sumOf(...texts.reverse());
          const whole = new DecimalSum();
          whole.addSum(sum);
          whole.add('0.0000');
          expect(
            String(whole)
              .replace('.', '')
              .replace(/^(-?)0+(?=\d)/, '$1'),
          ).toBe(String(total));
        },
      ),
    );
  });
});
