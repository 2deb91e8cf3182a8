import { spawn } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Bench } from './section.ts';
import { LAST_DAY, type TikTok } from './tiktok.ts';

/** A connector that somebody else wrote, ready to be run against an emulator. */
export interface Peer {
  readonly name: string;
  /** The Python of its environment. */
  readonly python: string;
  /** The least it can be asked: what starting it takes. */
  readonly start: readonly string[];
  /** Reads campaigns, or ads of which each campaign has one, by day, from this day to `LAST_DAY`. */
  readCommand(tiktok: TikTok, from: string): Promise<{ command: string[]; env: Record<string, string> }>;
}

/**
 * Installs both into environments of their own below `.cache/`, in the versions that lock files of the orchestrators'
 * tests name, with hashes.
 */
export async function installPeers(bench: Bench): Promise<readonly Peer[]> {
  const setup = resolve(bench.root, 'integration_tests/orchestrators/setup.sh');
  const said = await run([setup, 'rival-airbyte', 'rival-singer']);
  const environments = said.trim().split('\n').at(-1) ?? '';
  return [
    airbyteSource(bench, join(environments, 'rival-airbyte')),
    singerTap(bench, join(environments, 'rival-singer')),
  ];
}

function airbyteSource({ folder }: Bench, environment: string): Peer {
  const program = join(environment, 'bin/source-tiktok-marketing');
  const python = join(environment, 'bin/python');
  return {
    name: 'airbyte-source-tiktok-marketing 4.7.0',
    python,
    start: [program, 'spec'],
    async readCommand({ apiUrl, credentials }, from) {
      const copy = await copyPackage(python, 'source_tiktok_marketing', join(folder.path, 'airbyte'), {
        file: 'manifest.yaml',
        host: /url_base: '"https:.*tiktok\.com\/open_api\/v1\.3\/"'/g,
        replacement: `url_base: '${apiUrl}'`,
      });
      const config = await folder.writeJson('airbyte-config.json', {
        credentials: { auth_type: 'oauth2.0', ...credentials },
        start_date: from,
        end_date: LAST_DAY,
        include_deleted: true,
      });
      const catalog = await folder.writeJson('airbyte-catalog.json', {
        streams: [
          {
            stream: { name: 'campaigns_reports_daily', json_schema: {}, supported_sync_modes: ['full_refresh'] },
            sync_mode: 'full_refresh',
            destination_sync_mode: 'overwrite',
          },
        ],
      });
      return { command: [program, 'read', '--config', config, '--catalog', catalog], env: { PYTHONPATH: copy } };
    },
  };
}

function singerTap({ folder }: Bench, environment: string): Peer {
  const program = join(environment, 'bin/tap-tiktok-ads');
  const python = join(environment, 'bin/python');
  return {
    name: 'tap-tiktok-ads 1.2.1 of singer-io',
    python,
    start: [program, '--help'],
    async readCommand({ origin, credentials, advertiserIds }, from) {
      const copy = await copyPackage(python, 'tap_tiktok_ads', join(folder.path, 'singer'), {
        file: 'client.py',
        host: /https:\/\/\{\}\.tiktok\.com\/open_api\/\{\}/g,
        replacement: `${origin}/open_api/{1}`,
      });
      const config = await folder.writeJson('singer-config.json', {
        access_token: credentials.access_token,
        accounts: advertiserIds.join(','),
        start_date: `${from}T00:00:00Z`,
        end_date: `${LAST_DAY}T00:00:00Z`,
      });
      const catalog = await folder.writeJson(
        'singer-catalog.json',
        JSON.parse(await run([python, '-c', SINGER_CATALOG, 'ad_insights'], { PYTHONPATH: copy })),
      );
      return { command: [program, '--config', config, '--catalog', catalog], env: { PYTHONPATH: copy } };
    },
  };
}

/** The tap's own catalog with one stream selected: its discovery asks for reports that the emulator does not serve. */
const SINGER_CATALOG = `
import json, sys
from singer import metadata
from tap_tiktok_ads.schemas import get_schemas
from tap_tiktok_ads.streams import STREAMS
schemas, fields = get_schemas()
print(json.dumps({"streams": [{
    "tap_stream_id": name, "stream": name, "schema": schemas[name], "key_properties": STREAMS[name].key_properties,
    "metadata": metadata.to_list(metadata.write(metadata.to_map(fields[name]), (), "selected", True)),
} for name in sys.argv[1:]]}))`;

/** A copy of an installed package in which the text that names TikTok's host names the emulator; its folder. */
async function copyPackage(
  python: string,
  module: string,
  copy: string,
  { file, host, replacement }: { readonly file: string; readonly host: RegExp; readonly replacement: string },
): Promise<string> {
  const installed = (await run([python, '-c', `import ${module}; print(${module}.__path__[0])`])).trim();
  await cp(installed, join(copy, module), { recursive: true });
  const path = join(copy, module, file);
  const text = await readFile(path, 'utf8');
  if (!host.test(text)) throw new Error(`${module}/${file} names TikTok's host nowhere.`);
  await writeFile(path, text.replaceAll(host, replacement));
  return copy;
}

/** Runs a program that must succeed; resolves to its stdout. */
function run([program = '', ...args]: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  return new Promise((done, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) done(stdout);
      else reject(new Error(`${program} ended with ${code}.`));
    });
  });
}
