import { describe, expect, it } from 'vitest';
import { discoverCatalog } from './catalog.ts';
import { selectDefault, selectFrom } from './selection.ts';

const ORDERS = {
  name: 'orders',
  columns: {
    day: { type: ['null', 'string'] },
    id: { type: ['null', 'string'] },
    total: { type: ['null', 'number'] },
    note: { type: ['null', 'string'] },
  },
  primaryKey: ['day', 'id'],
  isDefault: true,
  cursor: 'day',
} as const;

type Metadata = Readonly<Record<string, unknown>>;

/** A catalog of one stream with this metadata: of the stream under '', of columns under their names. */
function catalogWith(metadata: Readonly<Record<string, Metadata>>, more: Readonly<Record<string, unknown>> = {}) {
  const entries = Object.entries(metadata).map(([column, inner]) => ({
    breadcrumb: column === '' ? [] : ['properties', column],
    metadata: inner,
  }));
  return {
    streams: [
      { tap_stream_id: 'orders', schema: { type: 'object', properties: ORDERS.columns }, metadata: entries, ...more },
    ],
  };
}

const columnsOf = (catalog: unknown) => Object.keys(selectFrom(catalog, [ORDERS]).streams[0]?.columns ?? {});

describe('which columns a catalog selects', () => {
  const all = ['day', 'id', 'total', 'note'];
  it.each([
    { says: 'an unedited catalog selects everything', catalog: discoverCatalog([ORDERS]), columns: all },
    {
      says: 'a stream without metadata is selected whole',
      catalog: { streams: [{ tap_stream_id: 'orders' }] },
      columns: all,
    },
    {
      says: 'a column with selected false is left out',
      catalog: catalogWith({ '': { selected: true }, note: { selected: false } }),
      columns: ['day', 'id', 'total'],
    },
    {
      says: 'the texts "true" and "false" count as well',
      catalog: catalogWith({ '': { selected: 'true' }, note: { selected: 'false' } }),
      columns: ['day', 'id', 'total'],
    },
    {
      says: 'keys are sent even when they are deselected',
      catalog: catalogWith({ '': { selected: true }, id: { inclusion: 'available', selected: false } }),
      columns: all,
    },
    {
      says: 'an automatic column is sent even when it is deselected',
      catalog: catalogWith({ '': { selected: true }, note: { inclusion: 'automatic', selected: false } }),
      columns: all,
    },
    {
      says: 'an unsupported column is left out even when it is selected',
      catalog: catalogWith({ '': { selected: true }, note: { inclusion: 'unsupported', selected: true } }),
      columns: ['day', 'id', 'total'],
    },
    {
      says: 'selected-by-default decides where nothing is selected',
      catalog: catalogWith({ '': { 'selected-by-default': true }, note: { 'selected-by-default': false } }),
      columns: ['day', 'id', 'total'],
    },
    {
      says: 'selected goes before selected-by-default',
      catalog: catalogWith({ '': { selected: true }, note: { selected: true, 'selected-by-default': false } }),
      columns: all,
    },
    {
      says: 'the marks of older catalogs in the schema count where metadata says nothing',
      catalog: {
        streams: [
          {
            stream: 'orders',
            schema: { selected: true, properties: { ...ORDERS.columns, note: { type: 'string', selected: false } } },
          },
        ],
      },
      columns: ['day', 'id', 'total'],
    },
    {
      says: 'metadata goes before the marks in the schema',
      catalog: catalogWith({ '': { selected: true } }, { selected: false }),
      columns: all,
    },
  ])('$says', ({ catalog, columns }) => {
    expect(columnsOf(catalog)).toEqual(columns);
  });
});

it('selects the default streams without a catalog, with all their columns', () => {
  const { streams } = selectDefault([ORDERS, { ...ORDERS, name: 'by choice', isDefault: false }]);
  expect(streams).toEqual([{ stream: ORDERS, columns: ORDERS.columns, fullTable: false }]);
});

describe('how a stream is replicated', () => {
  it.each([
    { says: 'nothing said means incremental', catalog: catalogWith({ '': { selected: true } }), fullTable: false },
    {
      says: 'metadata decides',
      catalog: catalogWith(
        { '': { selected: true, 'replication-method': 'FULL_TABLE' } },
        { replication_method: 'INCREMENTAL' },
      ),
      fullTable: true,
    },
    {
      says: 'then the entry itself',
      catalog: catalogWith({ '': { selected: true } }, { replication_method: 'full_table' }),
      fullTable: true,
    },
  ])('$says', ({ catalog, fullTable }) => {
    expect(selectFrom(catalog, [ORDERS]).streams[0]?.fullTable).toBe(fullTable);
  });
});

it('declares a column as the catalog does, so that a runner can change its type', () => {
  const catalog = discoverCatalog([ORDERS]);
  const day = { type: ['null', 'string'], format: 'date' };
  const edited = {
    streams: catalog.streams.map((entry) => ({
      ...entry,
      schema: { ...entry.schema, properties: { ...entry.schema.properties, day: { ...day, selected: true } } },
    })),
  };
  expect(selectFrom(edited, [ORDERS]).streams[0]?.columns).toEqual({ ...ORDERS.columns, day });
});

it('warns of a column that is selected and not there, and leaves it out', () => {
  const catalog = catalogWith({ '': { selected: true }, gone: { selected: true }, other: { selected: false } });
  const { streams, warnings } = selectFrom(catalog, [ORDERS]);
  expect(Object.keys(streams[0]?.columns ?? {})).toEqual(['day', 'id', 'total', 'note']);
  expect(warnings).toEqual([expect.stringContaining('the column "gone" of "orders"')]);
});

it('warns of a stream that it does not have and that is not selected', () => {
  const catalog = {
    streams: [
      ...catalogWith({}).streams,
      { tap_stream_id: 'ads', metadata: [{ breadcrumb: [], metadata: { selected: false } }] },
    ],
  };
  const { streams, warnings } = selectFrom(catalog, [ORDERS]);
  expect(streams).toHaveLength(1);
  expect(warnings).toEqual([expect.stringContaining('"ads"')]);
});

describe('a catalog that is refused', () => {
  it.each([
    { says: 'no object', catalog: [], message: 'not a Singer catalog' },
    { says: 'no streams', catalog: { streams: {} }, message: 'not a Singer catalog' },
    {
      says: 'an entry without a name',
      catalog: { streams: [{}] },
      message: 'stream number 1 has no text "tap_stream_id"',
    },
    {
      says: 'a stream of another tap',
      catalog: { streams: [{ tap_stream_id: 'ads' }] },
      message: 'selects the stream "ads", which this tap does not have; it has "orders"',
    },
    { says: 'nothing selected', catalog: catalogWith({ '': { selected: false } }), message: 'selects no stream' },
    { says: 'no stream at all', catalog: { streams: [] }, message: 'selects no stream' },
    {
      says: 'a stream twice',
      catalog: { streams: [{ tap_stream_id: 'orders' }, { tap_stream_id: 'orders' }] },
      message: 'more than once',
    },
    {
      says: 'a replication method that is not ours',
      catalog: catalogWith({ '': { selected: true, 'replication-method': 'LOG_BASED' } }),
      message: '"LOG_BASED" of "orders"; expected INCREMENTAL or FULL_TABLE',
    },
  ])('$says', ({ catalog, message }) => {
    expect(() => selectFrom(catalog, [ORDERS])).toThrow(message);
  });

  it('says all its mistakes at once', () => {
    const catalog = { streams: [{ tap_stream_id: 'ads' }, {}] };
    expect(() => selectFrom(catalog, [ORDERS])).toThrow(
      expect.objectContaining({ mistakes: [expect.stringContaining('"ads"'), expect.stringContaining('number 2')] }),
    );
  });
});
