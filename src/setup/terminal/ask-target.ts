import * as prompts from '@clack/prompts';
import type { TargetFields } from '../session/read-target.ts';
import type { TargetView } from '../session/setup-view.ts';
import { answerOf, type Console } from './prompt-answer.ts';

/**
 * Asks where the collection runs, and what that place needs to know.
 *
 * @param target what was answered before, or the defaults
 */
export async function askTarget(
  at: Console,
  { target, once }: { readonly target: TargetView; readonly once: boolean },
): Promise<{ readonly kind: string; readonly fields: TargetFields }> {
  const { fields: before } = target;
  const kind = await answerOf(
    prompts.select({
      ...at,
      message: 'Where it runs',
      initialValue: target.kind,
      options: [
        { value: 'machine', label: 'This machine', hint: 'a database here, with a timer; nothing else is needed' },
        { value: 'meltano', label: 'Meltano', hint: 'a project with loader and schedule' },
        { value: 'airbyte', label: 'Airbyte', hint: 'source and connection, made through its API' },
        { value: 'docker', label: 'docker run', hint: 'a script with its timer' },
        { value: 'config', label: 'Configuration only', hint: 'I place it myself' },
      ],
    }),
  );
  switch (kind) {
    case 'machine':
      return { kind, fields: { ...(await askStore(at, target)), ...(once ? {} : await askTimer(at, before.timer)) } };
    case 'meltano':
      return { kind, fields: { ...(await askLoader(at, target)), ...(once ? {} : await askTimer(at, before.timer)) } };
    case 'docker':
      return {
        kind,
        fields: {
          image: await ask(at, 'Image of this connector', before.image),
          ...(once ? {} : await askTimer(at, before.timer)),
        },
      };
    case 'airbyte':
      return {
        kind,
        fields: {
          apiUrl: await ask(at, 'Airbyte API', before.apiUrl ?? 'http://localhost:8000/api/public/v1'),
          ...(await askAirbyteAccess(at, target)),
          workspaceId: await ask(at, 'Workspace id', before.workspaceId),
          destinationId: await ask(at, 'Destination id', before.destinationId),
          image: await ask(at, 'Image of this connector, as Airbyte can pull it', before.image),
        },
      };
    default:
      return { kind, fields: {} };
  }
}

async function askAirbyteAccess(at: Console, { fields: before, kept }: TargetView): Promise<TargetFields> {
  const clientId = await ask(at, 'Client id of an application in Airbyte (empty: by an access token)', before.clientId);
  if (clientId === '') return { token: await askSecret(at, 'Access token of Airbyte', kept.includes('token')) };
  return { clientId, clientSecret: await askSecret(at, 'Client secret', kept.includes('clientSecret')) };
}

async function askLoader(at: Console, { fields: before, kept }: TargetView): Promise<TargetFields> {
  const loader = await answerOf(
    prompts.select({
      ...at,
      message: 'Loads into',
      initialValue: before.loader ?? 'target-postgres',
      options: [
        { value: 'target-postgres', label: 'PostgreSQL' },
        { value: 'target-jsonl', label: 'Files of JSON lines', hint: 'days that are read again appear again' },
        { value: 'other', label: 'Another loader' },
      ],
    }),
  );
  if (loader === 'target-jsonl') return { loader };
  if (loader === 'other') return { loader, plugin: await ask(at, 'Name of the loader', before.plugin) };
  return { loader, ...(await askPostgres(at, { fields: before, kept })) };
}

async function askStore(at: Console, target: TargetView): Promise<TargetFields> {
  const store = await answerOf(
    prompts.select({
      ...at,
      message: 'Loads into',
      initialValue: target.fields.store ?? 'duckdb',
      options: [
        { value: 'duckdb', label: 'DuckDB', hint: 'a file in the folder' },
        { value: 'postgresql', label: 'PostgreSQL' },
      ],
    }),
  );
  return { store, ...(store === 'postgresql' ? await askPostgres(at, target) : {}) };
}

async function askPostgres(
  at: Console,
  { fields: before, kept }: Pick<TargetView, 'fields' | 'kept'>,
): Promise<TargetFields> {
  return {
    host: await ask(at, 'Host', before.host ?? 'localhost'),
    port: await ask(at, 'Port', before.port ?? '5432'),
    database: await ask(at, 'Database', before.database),
    schema: await ask(at, 'Schema', before.schema ?? 'tiktok_ads'),
    user: await ask(at, 'User', before.user ?? 'postgres'),
    password: await askSecret(at, 'Password', kept.includes('password')),
  };
}

async function askTimer(at: Console, before = 'systemd'): Promise<TargetFields> {
  const timer = await answerOf(
    prompts.select({
      ...at,
      message: 'Started by',
      initialValue: before,
      options: [
        { value: 'systemd', label: 'systemd timer', hint: 'knows time zones' },
        { value: 'cron', label: 'cron' },
      ],
    }),
  );
  return { timer };
}

async function ask(at: Console, message: string, usual?: string): Promise<string> {
  return (
    (await answerOf(prompts.text({ ...at, message, ...(usual === undefined ? {} : { initialValue: usual }) }))) ?? ''
  );
}

async function askSecret(at: Console, what: string, isKept: boolean): Promise<string> {
  const message = isKept ? `${what} (empty keeps the present one)` : what;
  return (await answerOf(prompts.password({ ...at, message }))) ?? '';
}
