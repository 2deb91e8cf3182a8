import { describe, expect, it } from 'vitest';
import { drawBars, drawProgress } from './draw-bars.ts';

describe('drawBars', () => {
  it('draws the longest bar at full width, the others in proportion, to an eighth of a cell', () => {
    expect(
      drawBars(
        [
          { label: 'Mon', value: 8, text: '8.00' },
          { label: 'Tue', value: 4.5, text: '4.50' },
          { label: 'Wed', value: 0, text: '0.00' },
        ],
        4,
      ),
    ).toEqual(['Mon  8.00  ████', 'Tue  4.50  ██▎', 'Wed  0.00']);
  });

  it('draws no bars when every value is zero', () => {
    expect(drawBars([{ label: 'Mon', value: 0, text: '0.00' }], 4)).toEqual(['Mon  0.00']);
  });
});

describe('drawProgress', () => {
  it.each([
    [0, 16, '░░░░░░░░░░░   0%'],
    [0.5, 17, '██████░░░░░░  50%'],
    [1, 200, `${'█'.repeat(40)} 100%`],
    [0.999, 8, ' 99%'],
    [1.5, 8, '100%'],
  ])('of %d in %i cells is %s', (share, width, bar) => {
    expect(drawProgress(share, width)).toBe(bar);
  });
});
