import type { EmulatorOptions } from '../src/emulator/options.ts';
import { type Emulator, startEmulator } from '../src/emulator/start-emulator.ts';

/** What the emulator's process is told. */
export type EmulatorOrder = { readonly start: EmulatorOptions } | 'count';

/** What it says once it listens. */
export interface EmulatorAddress {
  readonly apiUrl: string;
  readonly origin: string;
  readonly credentials: Emulator['credentials'];
  readonly advertiserIds: readonly string[];
}

/** What it has answered since its start. */
export interface RequestCounts {
  readonly all: number;
  /** By the envelope's code. */
  readonly byCode: Readonly<Record<string, number>>;
  /** By path below the API's prefix, of the requests that the log still holds. */
  readonly byPath: Readonly<Record<string, number>>;
}

// An emulator in a process of its own, ruled by messages: what it costs to serve is not what a benchmark measures.
let emulator: Emulator | undefined;
process.on('message', async (order: EmulatorOrder) => {
  if (order !== 'count') {
    emulator = await startEmulator(order.start);
    const { apiUrl, origin, credentials, accounts } = emulator;
    const address: EmulatorAddress = { apiUrl, origin, credentials, advertiserIds: accounts.map(({ id }) => id) };
    process.send?.(address);
  } else if (emulator) {
    const byPath: Record<string, number> = {};
    for (const { path } of emulator.requests) {
      const name = path.replace('/open_api/v1.3/', '');
      byPath[name] = (byPath[name] ?? 0) + 1;
    }
    const counts: RequestCounts = {
      all: emulator.requestCount,
      byCode: Object.fromEntries(emulator.requestCountByCode),
      byPath,
    };
    process.send?.(counts);
  }
});
// Whoever started it has gone.
process.on('disconnect', () => process.exit());
