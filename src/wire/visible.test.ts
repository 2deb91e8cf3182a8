import { expect, it } from 'vitest';
import { visible, visibleLines } from './visible.ts';

it.each([
  ['x\n\u001b[2J', 'x\\n\\u001b[2J'],
  ['a\rb\tc\u0000', 'a\\rb\\tc\\u0000'],
  ['\u007f\u0085\u009b31m', '\\u007f\\u0085\\u009b31m'],
  ['one\u2028two\u2029', 'one\\u2028two\\u2029'],
  ['gpj.\u202eexe', 'gpj.\\u202eexe'],
  ['Kōwhai 東京 🗼 مرحبا é', 'Kōwhai 東京 🗼 مرحبا é'],
])('%j is shown as %s, on one line', (text, shown) => {
  expect(visible(text)).toBe(shown);
  expect(visible(shown)).toBe(shown);
});

it('leaves a text of lines its lines', () => {
  expect(visibleLines('first\nsecond\u001b[2J\r\nthi\rrd')).toBe('first\nsecond\\u001b[2J\nthi\\rrd');
});
