import { expect, it } from 'vitest';
import { discoverCatalog } from './catalog.ts';

const ORDERS = {
  name: 'orders',
  columns: { day: { type: ['null', 'string'] }, id: { type: ['null', 'string'] }, total: { type: ['null', 'number'] } },
  primaryKey: ['day', 'id'],
  isDefault: true,
  cursor: 'day',
} as const;

it('discovers a stream with its keys automatic and everything else selected by default', () => {
  expect(discoverCatalog([ORDERS])).toEqual({
    streams: [
      {
        tap_stream_id: 'orders',
        stream: 'orders',
        schema: { type: 'object', properties: ORDERS.columns },
        key_properties: ['day', 'id'],
        replication_key: 'day',
        replication_method: 'INCREMENTAL',
        metadata: [
          {
            breadcrumb: [],
            metadata: {
              inclusion: 'available',
              'selected-by-default': true,
              'table-key-properties': ['day', 'id'],
              'valid-replication-keys': ['day'],
              'forced-replication-method': 'INCREMENTAL',
            },
          },
          { breadcrumb: ['properties', 'day'], metadata: { inclusion: 'automatic' } },
          { breadcrumb: ['properties', 'id'], metadata: { inclusion: 'automatic' } },
          { breadcrumb: ['properties', 'total'], metadata: { inclusion: 'available' } },
        ],
      },
    ],
  });
});
