import { hash } from './random.ts';

/**
 * The order of a report without order_field: the same for the same rows, and never that of their keys.
 *
 * It gives the row at each place without a list: place × step + offset, where step and count have no common divisor.
 */
export function scatteredOrder(count: number, seed: number): (place: number) => number {
  if (count < 2) return (place) => place;
  let step = Math.floor(count * 0.618) + 1;
  while (step > 1 && greatestCommonDivisor(step, count) !== 1) step--;
  const offset = 1 + (hash(seed, count) % (count - 1));
  return (place) => (place * step + offset) % count;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
