import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { drawTable } from './draw-table.ts';

describe('drawTable', () => {
  it('aligns columns, numbers to the right', () => {
    expect(
      drawTable(
        [{ title: 'name' }, { title: 'spend', align: 'right' }],
        [
          ['Brand', '1.50'],
          ['Sale', '1,200.00'],
        ],
      ),
    ).toEqual(['name      spend', 'Brand      1.50', 'Sale   1,200.00']);
  });

  it('counts terminal cells, not characters', () => {
    const lines = drawTable(
      [{ title: 'name' }, { title: 'n', align: 'right' }],
      [
        ['東京スニーカー 🗼', '1'],
        ['Café', '22'],
      ],
    );
    expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1);
  });

  it('cuts a text that is too wide, between letters', () => {
    expect(drawTable([{ title: 'n', widthMax: 5 }], [['東京スニーカー'], ['12345'], ['123456']])).toEqual([
      'n',
      '東京…',
      '12345',
      '1234…',
    ]);
  });
});
