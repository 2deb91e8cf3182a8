import { describe, expect, it } from 'vitest';
import { decimalText, integerText } from './number-text.ts';

describe('a text of 100,000 characters', () => {
  it.each([
    ['digits and a letter', `${'1'.repeat(100_000)}x`],
    ['zeros and a letter', `1.${'0'.repeat(100_000)}x`],
    ['digits after a point and a letter', `.${'1'.repeat(100_000)}x`],
    ['an exponent and a letter', `1e${'1'.repeat(100_000)}x`],
  ])('(%s) is told from a number at once', (_says, text) => {
    const begun = performance.now();
    expect(decimalText(text)).toBeUndefined();
    expect(integerText(text)).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
