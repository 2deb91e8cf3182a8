import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Collection, Timer } from '../session/collection.ts';
import { slugOf } from '../session/collection.ts';
import type { DailyTime } from '../session/daily-time.ts';
import { SECRET_FIELDS, type TargetFields, targetFields } from '../session/read-target.ts';
import { PASSWORD_FILE } from './machine-project.ts';
import type { ResultFile } from './result-file.ts';

export const REMEMBERED_NAME = 'setup.json';

/** What setup decided for a folder beside its configuration, so that `setup --config` begins with it. */
export interface RememberedSetup {
  readonly name: string;
  readonly slug: string;
  /** The configuration in the same folder that it belongs to. */
  readonly config: string;
  readonly target: { readonly kind: string; readonly fields: TargetFields };
  readonly schedule?: DailyTime;
  /** Names of the streams that are read. */
  readonly streams?: readonly string[];
  /** What starts it on this machine. */
  readonly timer?: Timer;
}

/** The file that remembers a collection; no secret is in it. */
export function rememberedFile(collection: Collection, configName: string): ResultFile {
  const { name, target, schedule, streams } = collection;
  const fields = Object.entries(targetFields(target)).filter(([key]) => !SECRET_FIELDS.has(key));
  const remembered: RememberedSetup = {
    name,
    slug: slugOf(name),
    config: configName,
    target: { kind: target.kind, fields: Object.fromEntries(fields) },
    ...(schedule ? { schedule } : {}),
    streams: streams.map((stream) => stream.name),
    ...(schedule && 'timer' in target ? { timer: target.timer } : {}),
  };
  return {
    path: REMEMBERED_NAME,
    mode: 0o644,
    says: 'What was chosen here, without secrets: setup --config begins with it.',
    content: `${JSON.stringify(remembered, undefined, 2)}\n`,
  };
}

/**
 * What an earlier setup chose for the folder; the database's password is taken from the file that has it.
 *
 * @param configName the configuration that is being changed
 * @returns undefined when setup did not make the folder, or made it for another configuration
 */
export function readRemembered(folder: string, configName: string): RememberedSetup | undefined {
  try {
    const remembered = JSON.parse(readFileSync(join(folder, REMEMBERED_NAME), 'utf8')) as RememberedSetup;
    const { name, slug, config, target } = remembered;
    if (config !== configName || typeof name !== 'string' || typeof slug !== 'string') return undefined;
    const password = passwordIn(folder, target.kind);
    return {
      ...remembered,
      target: { kind: target.kind, fields: { ...target.fields, ...(password && { password }) } },
    };
  } catch {
    return undefined; // Absent, or not as setup writes it: then there is nothing to begin with.
  }
}

function passwordIn(folder: string, kind: string): string | undefined {
  try {
    if (kind === 'machine') return readFileSync(join(folder, PASSWORD_FILE), 'utf8').replace(/\n$/, '');
    return parseEnv(readFileSync(join(folder, '.env'), 'utf8')).TARGET_POSTGRES_PASSWORD;
  } catch {
    return undefined;
  }
}
