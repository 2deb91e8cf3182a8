import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { drawTable } from './draw-table.ts';
import { wrap } from './wrap.ts';

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

  it('and sentences stay whole in a terminal that does not know its width', () => {
    expect(drawTable([{ title: 'name', widthMin: 2 }], [['Nordlicht']], 0)).toEqual(['name', 'Nordlicht']);
    expect(wrap('One sentence of several words.', 0)).toBe('One sentence of several words.');
  });

  describe('in a terminal', () => {
    const columns = [
      { title: 'id' },
      { title: 'name', widthMin: 6 },
      { title: 'zone', widthMin: 4, isDispensable: true },
      { title: 'spend', align: 'right' },
    ] as const;
    const rows = [
      ['71', 'Nordlicht GmbH & Co.', 'Pacific/Auckland', '1,200.00'],
      ['72', '東京スニーカー', 'UTC', '7.50'],
    ];

    it.each([
      [
        200,
        [
          'id  name                  zone                 spend',
          '71  Nordlicht GmbH & Co.  Pacific/Auckland  1,200.00',
        ],
      ],
      [40, ['id  name          zone             spend', '71  Nordlicht G…  Pacific/Auc…  1,200.00']],
      [24, ['id  name           spend', '71  Nordlicht…  1,200.00']],
    ])('of %i columns cuts what may be cut, and leaves out what can be missed', (width, lines) => {
      const drawn = drawTable(columns, rows, width);
      for (const line of drawn) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      expect(drawn.slice(0, 2)).toEqual(lines);
    });

    it('leaves out no narrow column where the absence of a wide one makes room for it', () => {
      const titles = [{ title: 'n' }, { title: 'wide', isDispensable: true }, { title: 'd', isDispensable: true }];
      expect(drawTable(titles, [['1', 'x'.repeat(20), '7']], 10)).toEqual(['n  d', '1  7']);
    });
  });
});
