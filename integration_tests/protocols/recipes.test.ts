import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dockerProject } from '../../src/setup/result/docker-project.ts';
import { adDaily } from '../../src/streams/ad-daily.ts';
import { campaignDaily } from '../../src/streams/campaign-daily.ts';

// The scripts that keep a state file, after runs that were killed. `docker` and `duckdb` are stand-ins that print and take.

const stateOf = (n: number, name = 'campaign_daily') => ({
  type: 'STREAM',
  stream: { stream_descriptor: { name }, stream_state: { n } },
});
const lineOf = (n: number, name?: string) => `{"type":"STATE","state":${JSON.stringify(stateOf(n, name))}}\n`;

const collection = { name: 'x', streams: [campaignDaily, adDaily] };

let folder: string;
const at = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recipes-'));
  writeFileSync(at('docker'), '#!/bin/sh\ncat "$PRINTED"\nexit 137\n', { mode: 0o755 });
  writeFileSync(at('duckdb'), '#!/bin/sh\ncat >/dev/null\n', { mode: 0o755 });
  writeFileSync(at('catalog.json'), '{}');
  writeFileSync(at('state.json'), JSON.stringify([stateOf(1)]));
  const files = dockerProject({ collection, image: 'x:1', config: {}, configName: 'config.json' });
  writeFileSync(at('run.sh'), files.find(({ path }) => path === 'run.sh')?.content ?? '', { mode: 0o755 });
});
afterEach(() => rmSync(folder, { recursive: true }));

const scripts = [
  {
    name: 'examples/docker-run/sync.sh',
    command: () => [resolve(import.meta.dirname, '../../examples/docker-run/sync.sh'), 'duckdb'],
  },
  { name: 'run.sh of setup', command: () => [at('run.sh')] },
];

describe.each(scripts)('the state file of $name', ({ command }) => {
  const stateAfter = (printed: string): unknown => {
    writeFileSync(at('printed'), printed);
    const [program = '', ...args] = command();
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, DATA: folder, PRINTED: at('printed') };
    const { status, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' });
    expect(status, stderr).toBe(137);
    return JSON.parse(readFileSync(at('state.json'), 'utf8'));
  };

  it.each([
    { says: 'printed nothing', printed: '', kept: 1 },
    { says: 'printed no state', printed: '{"type":"LOG","log":{"level":"INFO","message":"x"}}\n', kept: 1 },
    { says: 'was cut within its only state', printed: lineOf(2).slice(0, -2), kept: 1 },
    { says: 'was cut within its last state', printed: lineOf(2) + lineOf(3).slice(0, -3), kept: 2 },
    { says: 'printed two states', printed: lineOf(2) + lineOf(3), kept: 3 },
  ])('is whole after a run that $says', ({ printed, kept }) => {
    expect(stateAfter(printed)).toEqual([stateOf(kept)]);
  });

  it('keeps the state of a stream that a killed run did not come to', () => {
    const kept = stateAfter(lineOf(2, 'ad_daily')) as unknown[];
    expect(new Set(kept)).toEqual(new Set([stateOf(1), stateOf(2, 'ad_daily')]));
    expect(stateAfter(lineOf(3))).toHaveLength(2);
  });
});
