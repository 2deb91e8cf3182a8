import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

const PROGRAM = resolve(import.meta.dirname, '../../dist/source-tiktok-ads.js');

/** The built program with its verb `setup`, its page waiting. */
export interface SetupProgram {
  /** Lets a browser in. */
  readonly startUrl: string;
  /** `http://localhost:port`. */
  readonly origin: string;
  /** Everything that it printed, both outputs. */
  readonly output: () => string;
  /** Its exit code, once it has ended. */
  readonly exited: Promise<number | null>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts `setup` with a working directory of its own. */
export async function startSetupProgram({
  folder,
  apiUrl,
  path,
  port,
  args = [],
}: {
  readonly folder: string;
  /** Absent: TikTok’s own, or with `--demo` an emulated one. */
  readonly apiUrl?: string;
  /** The PATH variable. */
  readonly path: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly args?: readonly string[];
}): Promise<SetupProgram> {
  const child = spawn(
    process.execPath,
    [PROGRAM, 'setup', '--no-browser', '--port', String(port), ...(apiUrl ? ['--api-url', apiUrl] : []), ...args],
    {
      cwd: folder,
      env: {
        ...process.env,
        XDG_STATE_HOME: join(folder, '.state'),
        XDG_CONFIG_HOME: join(folder, '.config'),
        PATH: path,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const startUrl = await new Promise<string>((done, fail) => {
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /http:\/\/localhost:\d+\/start\/\S+/.exec(output)?.[0];
      if (found) done(found);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    void exited.then((code) => fail(new Error(`setup ended with ${code}: ${output}`)));
  });
  return {
    startUrl,
    origin: new URL(startUrl).origin,
    output: () => output,
    exited,
    stop: (signal = 'SIGTERM') => stop(child, exited, signal),
  };
}

async function stop(child: ChildProcess, exited: Promise<unknown>, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await exited;
}
