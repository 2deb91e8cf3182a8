/**
 * A number of 32 bits that looks random and depends on nothing but its arguments.
 *
 * All data of the emulator comes from it. So rows need no memory: each request computes them again.
 */
export function hash(seed: number, n: number): number {
  let h = seed ^ Math.imul(n, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The same of a text. */
export function hashText(seed: number, text: string): number {
  let h = seed ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return hash(h, text.length);
}

/** A hash as a number from 0 up to, not including, 1. */
export function unit(h: number): number {
  return h / 0x100000000;
}

/** A hash as a number from `low` up to, not including, `high`. */
export function between(h: number, low: number, high: number): number {
  return low + unit(h) * (high - low);
}
