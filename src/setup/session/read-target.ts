import type { AirbyteAccess } from '../result/airbyte-api.ts';
import type { AirbyteTarget, MachineTarget, MeltanoLoader, PostgresSchema, Target, Timer } from './collection.ts';
import { SetupProblem } from './setup-problem.ts';

/** The fields of a target by name, as a form, prompts or flags give them; absent and empty mean the default. */
export type TargetFields = Readonly<Record<string, string | undefined>>;

/** Fields whose values never go back to the page. */
export const SECRET_FIELDS: ReadonlySet<string> = new Set(['password', 'token', 'clientSecret']);

/**
 * Reads from texts where the collection runs.
 *
 * @throws SetupProblem that names the first field which is wrong
 */
export function readTarget(kind: string, fields: TargetFields): Target {
  switch (kind) {
    case 'machine':
      return { kind, store: readStore(fields), timer: readTimer(fields) };
    case 'meltano':
      return { kind, loader: readLoader(fields), timer: readTimer(fields) };
    case 'docker':
      return { kind, image: readImage(fields), timer: readTimer(fields) };
    case 'airbyte':
      return readAirbyte(fields);
    case 'config':
      return { kind };
    default:
      throw wrong('target', `"${kind}" is no place to run.`, 'Choose machine, meltano, docker, airbyte or config.');
  }
}

/** The fields of a target, for a form that is to be filled in again. */
export function targetFields(target: Target): TargetFields {
  switch (target.kind) {
    case 'machine': {
      const { name, ...rest } = target.store;
      return { store: name, timer: target.timer, ...texts(rest) };
    }
    case 'meltano': {
      const { name, ...rest } = target.loader;
      return { loader: name, timer: target.timer, ...texts(rest) };
    }
    case 'docker':
      return { image: target.image, timer: target.timer };
    case 'airbyte': {
      const { kind: _, ...rest } = target;
      return texts(rest);
    }
    case 'config':
      return {};
    default:
      return target satisfies never;
  }
}

/** The secrets of a target. */
export function targetSecrets(target: Target): readonly string[] {
  return Object.entries(targetFields(target)).flatMap(([name, value]) =>
    SECRET_FIELDS.has(name) && value ? [value] : [],
  );
}

/** The schema that a target's tables are in, where setup can look into it. */
export function postgresOf(target: Target): PostgresSchema | undefined {
  if (target.kind === 'machine' && target.store.name === 'postgresql') return target.store;
  if (target.kind === 'meltano' && target.loader.name === 'target-postgres') return target.loader;
  return undefined;
}

function readStore(fields: TargetFields): MachineTarget['store'] {
  const name = fields.store || 'duckdb';
  if (name === 'duckdb') return { name };
  if (name === 'postgresql') return { name, ...readPostgres(fields) };
  throw wrong('store', `"${name}" is no database that setup knows.`, 'Choose duckdb or postgresql.');
}

function readPostgres(fields: TargetFields): PostgresSchema {
  return {
    host: fields.host || 'localhost',
    port: readPort(fields.port || '5432'),
    user: fields.user || 'postgres',
    password: fields.password ?? '',
    database: required(fields, 'database', 'the name of the PostgreSQL database'),
    schema: fields.schema || 'tiktok_ads',
  };
}

function readLoader(fields: TargetFields): MeltanoLoader {
  const name = fields.loader || 'target-postgres';
  switch (name) {
    case 'target-jsonl':
      return { name };
    case 'target-postgres':
      return { name, ...readPostgres(fields) };
    case 'other': {
      const plugin = required(fields, 'plugin', 'the loader’s name, for instance target-snowflake');
      if (!/^[a-z0-9][a-z0-9_-]*$/.test(plugin)) {
        throw wrong('plugin', `"${plugin}" is no name of a loader.`, 'Meltano’s names look like target-snowflake.');
      }
      return { name, plugin };
    }
    default:
      throw wrong(
        'loader',
        `"${name}" is no loader that setup knows.`,
        'Choose target-postgres, target-jsonl or other.',
      );
  }
}

function readAirbyte(fields: TargetFields): AirbyteTarget {
  return {
    kind: 'airbyte',
    ...readAirbyteAccess(fields),
    workspaceId: idIn(required(fields, 'workspaceId', 'the id of the workspace'), 'workspaces'),
    destinationId: idIn(required(fields, 'destinationId', 'the id of the destination'), 'destination'),
    image: readImage(fields),
  };
}

/** What is needed to ask Airbyte at all. @throws SetupProblem that names the first field which is wrong */
export function readAirbyteAccess(fields: TargetFields): AirbyteAccess {
  const address = required(fields, 'apiUrl', 'the address of the Airbyte API');
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw wrong('apiUrl', `"${address}" is no address.`, 'It looks like http://localhost:8000/api/public/v1.');
  }
  const [clientId = '', clientSecret = '', token = ''] = [fields.clientId, fields.clientSecret, fields.token];
  if (token === '' && (clientId === '' || clientSecret === '')) {
    throw wrong(
      clientId === '' ? 'clientId' : 'clientSecret',
      'This is needed.',
      'Fill in client id and client secret of an application in Airbyte, or an access token.',
    );
  }
  return { apiUrl: address.replace(/\/+$/, ''), token, clientId, clientSecret };
}

/** Takes the id out of a pasted address of Airbyte's pages. */
export function idIn(text: string, part: string): string {
  const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
  const [, named] = new RegExp(`/${part}s?/(${uuid})`, 'i').exec(text) ?? [];
  return named ?? new RegExp(uuid, 'i').exec(text)?.[0] ?? text;
}

function readImage(fields: TargetFields): string {
  const image = required(fields, 'image', 'the image of this connector');
  if (!/^[a-z0-9][A-Za-z0-9._:/@-]*$/.test(image)) {
    throw wrong(
      'image',
      `"${image}" is no name of an image.`,
      'It looks like registry.example.com/source-tiktok-ads:1.0.',
    );
  }
  return image;
}

function readTimer(fields: TargetFields): Timer {
  return fields.timer === 'cron' ? 'cron' : 'systemd';
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw wrong('port', `"${text}" is no port.`, 'A port is a number from 1 to 65535; PostgreSQL’s is usually 5432.');
  }
  return port;
}

function required(fields: TargetFields, name: string, what: string): string {
  const value = fields[name]?.trim();
  if (!value) throw wrong(name, 'This is needed.', `Fill in ${what}.`);
  return value;
}

function wrong(field: string, says: string, advice: string): SetupProblem {
  return new SetupProblem({ says, advice, field });
}

function texts(object: object): Record<string, string> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, String(value)]));
}
