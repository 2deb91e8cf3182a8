import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** The files that a verb is given. A text is written as it is, anything else as JSON. */
export interface InputFiles {
  readonly config?: unknown;
  readonly catalog?: unknown;
  readonly state?: unknown;
}

export interface Invocation {
  readonly verb: string;
  readonly files?: InputFiles;
  /** After the verb and the files. */
  readonly args?: readonly string[];
  /** Ending of the files' names; `.json` by default. */
  readonly ending?: string;
}

/** The connector under test, as a program or as an image. */
export interface Target {
  /** For the report. */
  readonly name: string;
  readonly kind: 'command' | 'image';
  start(invocation: Invocation): Started;
}

export interface Started {
  readonly process: ChildProcess & { readonly stdout: Readable; readonly stderr: Readable };
  /** Removes the files of the invocation. */
  cleanUp(): void;
}

/**
 * A program on this machine.
 *
 * @param command the program and what comes before the verb
 */
export function commandTarget(command: readonly [string, ...string[]]): Target {
  return {
    name: command.join(' '),
    kind: 'command',
    start: ({ verb, files = {}, args = [], ending = '.json' }) => {
      const folder = writeFiles(files, ending);
      const [program, ...before] = command;
      const all = [...before, verb, ...fileArguments(files, folder, ending), ...args];
      // Nobody promises a source where it is started: an empty folder of its own.
      const cwd = join(folder, 'cwd');
      mkdirSync(cwd);
      return {
        process: spawn(program, all, { stdio: ['ignore', 'pipe', 'pipe'], cwd }) as Started['process'],
        cleanUp: () => rmSync(folder, { recursive: true, force: true }),
      };
    },
  };
}

/**
 * An image, run as pipelines run it: its files mounted read-only, on the host's network so that it reaches a server on
 * loopback, with nothing that it does not need.
 */
export function imageTarget(image: string): Target {
  return {
    name: `image ${image}`,
    kind: 'image',
    start: ({ verb, files = {}, args = [], ending = '.json' }) => {
      const folder = writeFiles(files, ending);
      const options = ['--rm', '--network', 'host', '--read-only', '--cap-drop', 'ALL'];
      const all = [verb, ...fileArguments(files, '/secrets', ending), ...args];
      return {
        process: spawn('docker', ['run', ...options, '--volume', `${folder}:/secrets:ro`, image, ...all], {
          stdio: ['ignore', 'pipe', 'pipe'],
        }) as Started['process'],
        cleanUp: () => rmSync(folder, { recursive: true, force: true }),
      };
    },
  };
}

const NAMES = ['config', 'catalog', 'state'] as const;

/** Files that can be read and not written, as PyAirbyte makes them. */
function writeFiles(files: InputFiles, ending: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  chmodSync(folder, 0o755);
  for (const name of NAMES) {
    const content = files[name];
    if (content === undefined) continue;
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(join(folder, `${name}${ending}`), text, { mode: 0o444 });
  }
  return folder;
}

function fileArguments(files: InputFiles, folder: string, ending: string): string[] {
  return NAMES.flatMap((name) => (files[name] === undefined ? [] : [`--${name}`, `${folder}/${name}${ending}`]));
}
