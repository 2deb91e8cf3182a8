import { once } from 'node:events';
import { runSetup } from '../../setup/run-setup.ts';
import { SetupProblem } from '../../setup/session/setup-problem.ts';
import { CommandError } from '../command-error.ts';
import { version } from '../version.ts';
import type { Print } from './advertisers.ts';

/**
 * The verb `setup`.
 *
 * @param environment holds the secrets of the way without questions
 * @returns the exit code
 * @throws CommandError for what the user can mend; InputFileError
 */
export async function runSetupVerb(
  values: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  print: Print,
): Promise<number> {
  const text = (key: string) => values[key] as string | undefined;
  const number = (key: string) => values[key] as number | undefined;
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) void once(process, signal).then(() => stop.abort());
  try {
    return await runSetup({
      port: number('port'),
      apiUrl: text('api-url'),
      portalUrl: text('portal-url'),
      browser: values['no-browser'] !== true,
      terminal: values.terminal === true,
      config: text('config'),
      image: text('image') ?? `source-tiktok-ads:${version}`,
      flags: {
        authCode: values['keep-token'] === true ? '' : text('auth-code'),
        name: text('name'),
        into: text('into'),
        appId: text('app-id'),
        secret: environment.TIKTOK_APP_SECRET,
        advertisers: text('advertisers'),
        startDate: text('start-date'),
        endDate: text('end-date'),
        lookbackDays: number('lookback-days'),
        includeDeleted: values['without-deleted'] === true ? false : undefined,
        advertiserColumns: values['advertiser-columns'] === true ? true : undefined,
        time: text('time'),
        zone: text('zone'),
        target: text('target'),
        fields: {
          loader: text('loader'),
          plugin: text('plugin'),
          host: text('host'),
          port: text('db-port'),
          user: text('user'),
          password: environment.TARGET_POSTGRES_PASSWORD,
          database: text('database'),
          schema: text('schema'),
          timer: text('timer'),
          apiUrl: text('airbyte-url'),
          token: environment.AIRBYTE_TOKEN,
          workspaceId: text('workspace-id'),
          destinationId: text('destination-id'),
        },
        replace: values.replace === true,
      },
      print,
      signal: stop.signal,
    });
  } catch (error) {
    if (error instanceof SetupProblem) throw new CommandError([error.message.trim()], { cause: error });
    throw error;
  }
}
