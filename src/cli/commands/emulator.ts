import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readJsonFile } from '../../config/read-json-file.ts';
import type { Scenario } from '../../emulator/faults/scenario.generated.ts';
import { parseScenario, readyScenario, ScenarioError } from '../../emulator/faults/scenario.ts';
import { ListenError } from '../../emulator/http/server.ts';
import type { EmulatorOptions } from '../../emulator/options.ts';
import { type Emulator, startEmulator } from '../../emulator/start-emulator.ts';
import { CommandError } from '../command-error.ts';
import type { Print } from './advertisers.ts';

/**
 * The verb `emulator`: a TikTok on this machine until a signal ends it.
 *
 * @returns the exit code, 0 after a signal
 * @throws CommandError for options that make no sense, and when the port is taken; InputFileError
 */
export async function runEmulator(
  options: {
    readonly host: string;
    readonly port: number;
    readonly seed: number | undefined;
    readonly now: string | undefined;
    /** A file, or the name of a ready scenario. */
    readonly scenario: string | undefined;
  },
  print: Print,
): Promise<number> {
  const { host, port, seed, now, scenario } = options;
  const mistakes: string[] = [];
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    mistakes.push('--port is no port; expected a number from 1 to 65535, or 0 for any free one.');
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) mistakes.push('--seed is no whole number.');
  if (now !== undefined && Number.isNaN(Date.parse(now))) {
    mistakes.push(`--now is "${now}"; expected an instant such as 2026-03-15T12:00:00Z.`);
  }
  if (mistakes.length > 0) throw new CommandError(mistakes);
  const emulator = await start({
    host,
    port,
    ticking: true,
    ...(now === undefined ? {} : { now }),
    ...(seed === undefined ? {} : { seed }),
    ...(scenario === undefined ? {} : { scenario: scenarioOf(scenario) }),
  });
  // Handles signals before anything is printed: a program that reads the first line may end this one at once.
  const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  for (const line of describeEmulator(emulator)) print(line);
  await stopped;
  await emulator.close();
  return 0;
}

function scenarioOf(name: string): Scenario {
  try {
    // A file takes precedence over a ready scenario. If it is neither, the error lists the ready scenarios.
    return existsSync(name) ? parseScenario(readJsonFile(name, 'scenario'), name) : readyScenario(name);
  } catch (error) {
    if (error instanceof ScenarioError) throw new CommandError([error.message], { cause: error });
    throw error;
  }
}

async function start(options: EmulatorOptions): Promise<Emulator> {
  try {
    return await startEmulator(options);
  } catch (error) {
    if (error instanceof ListenError || error instanceof RangeError)
      throw new CommandError([error.message], { cause: error });
    throw error;
  }
}

function describeEmulator(emulator: Emulator): string[] {
  const { credentials, accounts, faults } = emulator;
  // When it listens on every interface, as in a container, programs cannot connect to that address itself.
  const reachable = (url: string) => url.replace(/\/\/(0\.0\.0\.0|\[::\])/, '//127.0.0.1');
  const apiUrl = reachable(emulator.apiUrl);
  const played =
    faults.length === 0 ? '' : `, and ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} to come`;
  return [
    `TikTok, emulated: ${accounts.length} advertisers${played}. There it is ${emulator.clock.now().toISOString()}.`,
    '',
    `  status    ${reachable(emulator.origin)}/`,
    `  API       ${apiUrl}`,
    `  consent   ${reachable(emulator.portalUrl)}?app_id=${credentials.app_id}&redirect_uri=…`,
    `  app id    ${credentials.app_id}`,
    `  secret    ${credentials.secret}`,
    `  token     ${credentials.access_token}`,
    '',
    'A configuration that reads it:',
    '',
    JSON.stringify(emulator.config({ api_url: apiUrl }), undefined, 2),
    '',
    'Ctrl+C ends it.',
  ];
}
