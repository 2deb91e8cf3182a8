import * as prompts from '@clack/prompts';
import { answerOf, type Console } from './prompt-answer.ts';
import type { TargetFields } from './read-target.ts';

/** Asks where the collection runs, and what that place needs to know. */
export async function askTarget(
  at: Console,
  { image, once }: { readonly image: string; readonly once: boolean },
): Promise<{ readonly kind: string; readonly fields: TargetFields }> {
  const kind = await answerOf(
    prompts.select({
      ...at,
      message: 'Where it runs',
      options: [
        { value: 'meltano', label: 'Meltano', hint: 'a project with loader and schedule' },
        { value: 'airbyte', label: 'Airbyte', hint: 'source and connection, made through its API' },
        { value: 'docker', label: 'docker run', hint: 'a script with its timer' },
        { value: 'config', label: 'Configuration only', hint: 'I place it myself' },
      ],
    }),
  );
  switch (kind) {
    case 'meltano':
      return { kind, fields: { ...(await askLoader(at)), ...(once ? {} : await askTimer(at)) } };
    case 'docker':
      return { kind, fields: { image: await ask(at, 'Image', image), ...(once ? {} : await askTimer(at)) } };
    case 'airbyte':
      return {
        kind,
        fields: {
          apiUrl: await ask(at, 'Airbyte API', 'http://localhost:8000/api/public/v1'),
          token: await answerOf(prompts.password({ ...at, message: 'Access token of Airbyte' })),
          workspaceId: await ask(at, 'Workspace id'),
          destinationId: await ask(at, 'Destination id'),
          image: await ask(at, 'Image', image),
        },
      };
    default:
      return { kind, fields: {} };
  }
}

async function askLoader(at: Console): Promise<TargetFields> {
  const loader = await answerOf(
    prompts.select({
      ...at,
      message: 'Loads into',
      options: [
        { value: 'target-postgres', label: 'PostgreSQL' },
        { value: 'target-jsonl', label: 'Files of JSON lines' },
        { value: 'other', label: 'Another loader' },
      ],
    }),
  );
  if (loader === 'target-jsonl') return { loader };
  if (loader === 'other') return { loader, plugin: await ask(at, 'Name of the loader') };
  return {
    loader,
    host: await ask(at, 'Host', 'localhost'),
    port: await ask(at, 'Port', '5432'),
    database: await ask(at, 'Database'),
    schema: await ask(at, 'Schema', 'tiktok_ads'),
    user: await ask(at, 'User', 'postgres'),
    password: await answerOf(prompts.password({ ...at, message: 'Password' })),
  };
}

async function askTimer(at: Console): Promise<TargetFields> {
  const timer = await answerOf(
    prompts.select({
      ...at,
      message: 'Started by',
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
