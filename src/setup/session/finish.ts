import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { diffLines } from 'diff';
import type { ApiTier } from '../../config/quota-limits.ts';
import { createRedactor } from '../../tiktok/redact.ts';
import { AirbyteApiError } from '../result/airbyte-api.ts';
import { startSync } from '../result/airbyte-requests.ts';
import { type ConfigObject, configObject } from '../result/config-file.ts';
import { recordedByGit } from '../result/git-ignore.ts';
import { maskFile } from '../result/mask-file.ts';
import type { RememberedSetup } from '../result/remembered-setup.ts';
import { planResult, type ResultPlan } from '../result/result-plan.ts';
import { sendToAirbyte } from '../result/send-to-airbyte.ts';
import { shellWord } from '../result/timer-files.ts';
import { FilesInTheWay, planFiles, writeFiles } from '../result/write-files.ts';
import type { ProgramsHere } from './programs-here.ts';
import { SetupProblem } from './setup-problem.ts';
import type { SetupSession } from './setup-session.ts';
import type { Exposure, PlanView, ResultView } from './setup-view.ts';

/** What setup knows of the machine that the result is for. */
export interface Machine extends ProgramsHere {
  readonly localZone: string;
  /** Another API than TikTok's own goes into the configuration. */
  readonly apiUrl?: string;
  /** What TikTok grants the app, where the user has said so. */
  readonly apiTier?: ApiTier | undefined;
  /** The configuration that is being changed. */
  readonly existing?: { readonly path: string; readonly config: ConfigObject };
  /** What an earlier setup chose for the folder. */
  readonly remembered?: RememberedSetup | undefined;
  /** TikTok is emulated, and ends with setup: no timer is to start anything. */
  readonly isDemo?: boolean;
  readonly now: () => Date;
}

/** A Meltano project that setup wrote has this line. */
const OURS = 'written by `source-tiktok-ads setup`';

/** The configuration that the decisions make. @throws SetupProblem when a step is missing */
export function sessionConfig(session: SetupSession, { existing, apiUrl, apiTier }: Machine): ConfigObject {
  return configObject({
    existing: existing?.config,
    collection: session.collection(),
    credentials: session.authorization.credentials,
    apiUrl,
    apiTier,
  });
}

/** What Finish would do, with every secret masked. */
export async function showPlan(session: SetupSession, machine: Machine): Promise<PlanView> {
  const { files, requests, replaced } = await resultOf(session, machine);
  const mask = createRedactor(session.secrets);
  const maskOld = createRedactor([...session.secrets, ...secretsIn(machine.existing?.config)]);
  const exposure = await exposureOf(session.folder, files);
  return {
    folder: session.folder,
    ...(exposure ? { exposure } : {}),
    ...(replaced ? { replaced } : {}),
    files: (await planFiles(session.folder, files)).map(({ file, status, before }) => ({
      path: file.path,
      says: file.says,
      secret: file.mode === 0o600,
      status,
      content: maskFile(file, mask),
      ...(status === 'differs' || status === 'extended'
        ? { difference: differenceOf(maskFile({ ...file, content: before ?? '' }, maskOld), maskFile(file, mask)) }
        : {}),
    })),
    requests: requests.map(({ says, method, path, body }) => ({
      says,
      line: mask(`${method} ${path}`),
      ...(body ? { body: mask(JSON.stringify(body, undefined, 2)) } : {}),
    })),
  };
}

/**
 * Writes the files, then sends the requests.
 *
 * @param replace paths of files in the way that the user agreed to replace
 * @param exposes the user agreed that git may record secrets
 * @param lacks   the user agreed to go on though something that it needs is missing
 * @throws SetupProblem with nothing written, or with the files written and what Airbyte refused
 */
export async function carryOut(
  session: SetupSession,
  machine: Machine,
  {
    replace,
    exposes = false,
    lacks = false,
    signal,
  }: {
    readonly replace: ReadonlySet<string>;
    readonly exposes?: boolean;
    readonly lacks?: boolean;
    readonly signal: AbortSignal;
  },
): Promise<ResultView> {
  if (session.check.missing && !lacks) {
    throw new SetupProblem({
      says: 'Not everything that it needs is here.',
      advice: 'Add what is missing and check again, or tick this.',
      field: 'lacks',
    });
  }
  const { files, commands, replaced, next } = await resultOf(session, machine);
  const exposure = exposes ? undefined : await exposureOf(session.folder, files);
  if (exposure) throw new SetupProblem(exposure);
  const now = machine.now();
  let kept: readonly string[];
  try {
    kept = await writeFiles(session.folder, files, { replace, now });
  } catch (error) {
    if (error instanceof FilesInTheWay) throw new SetupProblem({ says: error.message, advice: '' }, { cause: error });
    const { code, path } = error as NodeJS.ErrnoException;
    throw new SetupProblem(
      {
        says: `${path ?? session.folder} cannot be written (${code ?? String(error)}).`,
        advice: 'Choose a folder that you may write to.',
      },
      { cause: error },
    );
  }
  const removal = replaced ? await takeAway(replaced) : [];
  const collection = session.collection();
  const { target } = collection;
  const written = {
    files: files.map(({ path }) => join(session.folder, path)),
    kept,
    commands: [...removal, ...commands],
    ...(next ? { next: machine.isDemo ? { ...next, timer: [] } : next } : {}),
  };
  if (target.kind !== 'airbyte') return { says: saysOf(session, machine), ...written };
  try {
    const config = sessionConfig(session, machine);
    const made = await sendToAirbyte(
      { target, collection, config, now },
      { signal, redact: createRedactor(session.secrets) },
    );
    return {
      says: `Airbyte has source ${made.sourceId} and connection ${made.connectionId}${collection.schedule ? ', with its schedule' : ''}. Nothing is loaded yet.`,
      ...written,
      commands: [...written.commands, syncCommand(target.apiUrl, made.connectionId)],
      next: { connectionId: made.connectionId, timer: [] },
    };
  } catch (error) {
    if (!(error instanceof AirbyteApiError)) throw error;
    throw new SetupProblem(
      { says: error.message, advice: 'Mend it under “Where it runs” and finish again; config.json is written.' },
      { cause: error },
    );
  }
}

/** The request that the page sends as well. */
function syncCommand(apiUrl: string, connectionId: string): ResultView['commands'][number] {
  const { method, path, body } = startSync(connectionId);
  return {
    says: 'Run it in Airbyte once, with a token in AIRBYTE_TOKEN',
    command:
      `curl --request ${method} ${shellWord(apiUrl + path)} --header "Authorization: Bearer $AIRBYTE_TOKEN" ` +
      `--header 'Content-Type: application/json' --data ${shellWord(JSON.stringify(body))}`,
  };
}

/** Lines that go, come or stay. Where only a hidden value changes, one line says so. */
function differenceOf(before: string, after: string): string[] {
  if (before === after) return ['  (only values that are not shown differ)'];
  return diffLines(before, after).flatMap(({ value, added, removed }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `${added ? '+' : removed ? '-' : ' '} ${line}`),
  );
}

/** Secrets of the configuration that is changed: the session may have newer ones. */
function secretsIn(config: ConfigObject = {}): string[] {
  const { credentials } = config;
  if (typeof credentials !== 'object' || credentials === null) return [];
  const { secret, access_token } = credentials as Record<string, unknown>;
  return [secret, access_token].filter((one) => typeof one === 'string' && one !== '') as string[];
}

/** @returns the command, for the user, when it could not be run here */
async function takeAway({
  says,
  command,
}: {
  readonly says: string;
  readonly command: string;
}): Promise<ResultView['commands']> {
  try {
    await promisify(execFile)('/bin/sh', ['-c', command]);
    return [];
  } catch {
    return [{ says: `${says}: run this, it did not work from here`, command }];
  }
}

async function resultOf(session: SetupSession, machine: Machine): Promise<ResultPlan> {
  const { folder } = session;
  const meltano = await textOf(join(folder, 'meltano.yml'));
  return planResult(session.collection(), sessionConfig(session, machine), {
    folder,
    ...machine,
    configName: machine.existing ? basename(machine.existing.path) : 'config.json',
    hasMeltanoProject: meltano !== '' && !meltano.includes(OURS),
    existing: {
      '.env': await textOf(join(folder, '.env')),
      '.gitignore': await textOf(join(folder, '.gitignore')),
    },
    remembered: dirname(machine.existing?.path ?? '') === folder ? machine.remembered : undefined,
    now: machine.now(),
  });
}

/** Whether git would record a secret in spite of `.gitignore`. */
async function exposureOf(folder: string, files: ResultPlan['files']): Promise<Exposure | undefined> {
  const secrets = files.filter(({ mode }) => mode === 0o600).map(({ path }) => path);
  const recorded = await recordedByGit(folder, secrets);
  if (recorded === 'unknown') {
    return {
      says: `${folder} is in a git repository, but git does not say whether it records ${secrets.join(' or ')}.`,
      advice: 'Make sure that it does not: they hold secrets. Or choose a folder outside of the repository.',
    };
  }
  if (recorded.length === 0) return undefined;
  return {
    says: `git records ${recorded.join(' and ')} already: the next commit would have the secrets.`,
    advice: `Run this first: cd ${shellWord(folder)} && git rm --cached ${recorded.map(shellWord).join(' ')}`,
  };
}

function saysOf({ name, schedule, target }: SetupSession, { isDemo }: Machine): string {
  if (target?.kind === 'config') return `“${name}” is written. Nothing starts it yet: that is up to you.`;
  return schedule && !isDemo
    ? `“${name}” is written. Nothing is loaded yet, and its timer is not on yet.`
    : `“${name}” is written. Nothing is loaded yet.`;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}
