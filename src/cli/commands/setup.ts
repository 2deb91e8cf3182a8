import { once } from 'node:events';
import type { ApiTier } from '../../config/quota-limits.ts';
import type { Emulator } from '../../emulator/emulator.ts';
import { runSetup } from '../../setup/run-setup.ts';
import { SetupProblem } from '../../setup/session/setup-problem.ts';
import { streams } from '../../streams/all-streams.ts';
import { visible } from '../../wire/visible.ts';
import { CommandError } from '../command-error.ts';
import { version } from '../version.ts';
import type { Print } from './advertisers.ts';
import { SCRIPT_OPTIONS } from './setup-verb.ts';

/** The page's fields, as scripts fill them in. */
const OPTION_OF_FIELD: Readonly<Record<string, string>> = {
  name: '--name',
  'app-id': '--app-id',
  secret: 'TIKTOK_APP_SECRET',
  advertisers: '--advertisers',
  time: '--time',
  zone: '--zone',
};

/** The port of the emulated TikTok of `--demo`. */
const DEMO_PORT = 8788;

/**
 * The verb `setup`.
 *
 * @param environment has the secrets when nothing is asked
 * @returns the exit code
 * @throws CommandError for mistakes that the user can fix; InputFileError
 */
export async function runSetupVerb(
  values: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  print: Print,
): Promise<number> {
  const text = (key: string) => values[key] as string | undefined;
  const number = (key: string) => values[key] as number | undefined;
  const keepsToken = values['keep-token'] === true;
  const authCode = keepsToken ? '' : (text('auth-code') ?? (environment.TIKTOK_AUTH_CODE || undefined));
  const forScripts = Object.keys(SCRIPT_OPTIONS).filter((key) => values[key] !== undefined);
  if (authCode === undefined && forScripts.length > 0) {
    const named = forScripts.map((key) => `--${key}`).join(', ');
    throw new CommandError([
      `${named}: for scripts, which ask nothing. Give --auth-code, or --config with --keep-token, as well; or leave it out.`,
    ]);
  }
  if (keepsToken && text('config') === undefined) {
    throw new CommandError(['--keep-token keeps the token of a configuration: give that with --config.']);
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) void once(process, signal).then(() => stop.abort());
  const tiktok = values.demo === true ? await startTikTok() : undefined;
  if (tiktok) print(`TikTok is emulated at ${tiktok.origin}, with made-up advertisers; it ends with setup.`);
  try {
    return await runSetup({
      port: number('port'),
      apiUrl: tiktok?.apiUrl ?? text('api-url'),
      demo: tiktok && { appId: tiktok.credentials.app_id, secret: tiktok.credentials.secret },
      portalUrl: text('portal-url'),
      browser: values['no-browser'] !== true,
      terminal: values.terminal === true,
      config: text('config'),
      apiTier: text('api-tier') as ApiTier | undefined,
      image: text('image') ?? `source-tiktok-ads:${version}`,
      streams,
      flags: {
        authCode,
        name: text('name'),
        into: text('into'),
        appId: text('app-id'),
        secret: environment.TIKTOK_APP_SECRET,
        advertisers: text('advertisers'),
        leaveOut: text('leave-out'),
        startDate: text('start-date'),
        endDate: text('end-date'),
        lookbackDays: number('lookback-days'),
        includeDeleted: values['without-deleted'] === true ? false : undefined,
        advertiserColumns:
          values['without-advertiser-columns'] === true ? false : values['advertiser-columns'] === true || undefined,
        streams: text('streams'),
        time: text('time'),
        zone: text('zone'),
        target: text('target'),
        fields: {
          store: text('store'),
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
          clientId: text('airbyte-client-id'),
          clientSecret: environment.AIRBYTE_CLIENT_SECRET,
          workspaceId: text('workspace-id'),
          destinationId: text('destination-id'),
        },
        replace: values.replace === true,
      },
      onAttempt: values.debug === true ? (message) => process.stderr.write(`${visible(message)}\n`) : undefined,
      print,
      signal: stop.signal,
    });
  } catch (error) {
    if (error instanceof SetupProblem) {
      const option = authCode === undefined ? undefined : OPTION_OF_FIELD[error.problem.field ?? ''];
      throw new CommandError([`${error.message.trim()}${option ? ` (${option})` : ''}`], { cause: error });
    }
    throw error;
  } finally {
    await tiktok?.close();
  }
}

/** Uses the same address each time, so that the next start finds what was entered. */
async function startTikTok(): Promise<Emulator> {
  const { startEmulator } = await import('../../emulator/start-emulator.ts');
  try {
    return await startEmulator({ port: DEMO_PORT, ticking: true });
  } catch (error) {
    if (error instanceof Error && error.name === 'ListenError') return startEmulator({ ticking: true });
    throw error;
  }
}
