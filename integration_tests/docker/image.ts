import { resolve } from 'node:path';
import { describeResult, type ProgramResult, runProgram, runToSuccess } from '../orchestrators/run-program.ts';

const PROJECT_ROOT = resolve(import.meta.dirname, '../..');

/** The image that the tests run. */
export const IMAGE = 'source-tiktok-ads:test';

/** The image that it is built on. */
export const BASE_IMAGE = 'node:26-bookworm-slim';

/** Fails, saying what to do, when no Docker engine answers. */
export async function requireDockerEngine(): Promise<void> {
  const result = await runProgram('docker', ['info', '--format', '{{.ServerVersion}}']).catch(() => undefined);
  if (result === undefined)
    throw new Error('no docker on the PATH: install Docker (Debian: apt-get install docker.io)');
  if (result.exitCode !== 0) throw new Error(`${describeResult('docker info', result)}\nStart a Docker engine first.`);
}

/** Builds the image of the checkout, or another target of its Dockerfile. */
export async function buildImage({ tag = IMAGE, target = '' } = {}): Promise<void> {
  const chosen = target === '' ? [] : ['--target', target];
  await runToSuccess('docker', ['build', '--quiet', '--tag', tag, ...chosen, PROJECT_ROOT]);
}

/** One answer of `docker inspect`, for instance `{{.Config.User}}`. */
export async function inspect(object: string, format: string): Promise<string> {
  return (await runToSuccess('docker', ['inspect', '--format', format, object])).trim();
}

export interface ContainerOptions {
  /** A folder of the host to be read at /data. */
  readonly data?: string;
  /** Options of `docker run`. */
  readonly options?: readonly string[];
  readonly image?: string;
}

/** `docker run --rm` of the image to its end. */
export function runContainer(
  args: readonly string[],
  { data, options = [], image = IMAGE }: ContainerOptions = {},
): Promise<ProgramResult> {
  const volume = data === undefined ? [] : ['--volume', `${data}:/data:ro`];
  return runProgram('docker', ['run', '--rm', ...volume, ...options, image, ...args]);
}

/** What a careful operator adds to `docker run`. */
export const HARDENED = [
  ...['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
  ...['--pids-limit', '64', '--memory', '256m', '--memory-swap', '256m'],
];
