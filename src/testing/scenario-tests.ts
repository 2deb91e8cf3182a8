import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Emulator } from '../emulator/emulator.ts';
import { readyScenario } from '../emulator/faults/scenario.ts';
import { startEmulator } from '../emulator/start-emulator.ts';
import { type Answer, get, report, STATUS_ALL } from './emulator-client.ts';

/** Names of scenarios that a test of the running file meets. */
const met = new Set<string>();

/** A test of what a client meets in a ready scenario. */
export function client(name: string, meets: string, act: (tiktok: Emulator) => Promise<void>): void {
  met.add(name);
  it(`in ${name} a client meets ${meets}`, async () => {
    const emulator = await startEmulator({ scenario: readyScenario(name) });
    onTestFinished(() => emulator.close());
    await act(emulator);
  });
}

/** The last test of a file: every scenario of its folder has been met. */
export function allOf(folder: string): void {
  const ofFile = [...met].sort();
  met.clear();
  it(`has a test for each scenario in ${folder}`, () => {
    const files = readdirSync(new URL(`../emulator/faults/scenarios/${folder}`, import.meta.url));
    const names = files.filter((file) => file.endsWith('.json')).map((file) => basename(file, '.json'));
    expect(ofFile).toEqual(names.sort());
  });
}

/** The codes of so many reports, one after the other. */
export async function codes(
  tiktok: Emulator,
  count: number,
  replaced: Readonly<Record<string, unknown>> = {},
): Promise<(number | undefined)[]> {
  const found: (number | undefined)[] = [];
  for (let number = 0; number < count; number++) found.push((await report(tiktok, replaced)).body.code);
  return found;
}

/** How each of so many reports ended: `reset` when the connection did. */
export async function endings(tiktok: Emulator, count: number): Promise<string[]> {
  const found: string[] = [];
  for (let number = 0; number < count; number++) {
    found.push(
      await report(tiktok).then(
        ({ status }) => String(status),
        () => 'reset',
      ),
    );
  }
  return found;
}

/** True when the client gave up on a report before it was answered, as the emulator's log has it. */
export async function hangs(tiktok: Emulator, replaced: Readonly<Record<string, unknown>> = {}): Promise<boolean> {
  const reports = () => tiktok.requests.filter(({ path }) => path.endsWith('report/integrated/get/'));
  const before = reports().length;
  const patience = new AbortController();
  const asked = report(tiktok, replaced, patience.signal).catch(() => undefined);
  // A report that was answered would be in the log after these.
  for (let call = 0; call < 3; call++) await get(tiktok, 'user/info/');
  patience.abort();
  await asked;
  // The emulator notices when the connection closes, a few turns of the event loop later.
  for (let turn = 0; turn < 100_000 && reports().length === before; turn++) await new Promise(setImmediate);
  return reports()[before]?.httpStatus === 0;
}

export const id = (tiktok: Emulator, place: number): string => tiktok.accounts[place - 1]?.id ?? '';
export const WEEK = { start_date: '2026-03-02', end_date: '2026-03-08' };
export const DAY = { start_date: '2026-03-02', end_date: '2026-03-02' };
export const keysOf = ({ body }: Answer): string[] =>
  (body.data.list as { dimensions: Record<string, string> }[]).map(({ dimensions }) =>
    Object.values(dimensions).join(),
  );

/** Reports of these campaigns alone. */
export const campaignsOnly = (ids: readonly string[]) => ({
  filtering: [STATUS_ALL, { field_name: 'campaign_ids', filter_type: 'IN', filter_value: JSON.stringify(ids) }],
});
