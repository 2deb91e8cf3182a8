import { spawn } from 'node:child_process';

/** How a program ended and what it said. */
export interface ProgramResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Text for its standard input; absent: none. */
  readonly input?: string;
}

/** Runs a program to its end. Rejects only when it cannot be started; how it ended is for the caller to judge. */
export function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env, input }: ProgramOptions = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (exitCode, signal) =>
      resolve({
        exitCode,
        signal,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }),
    );
    child.stdin?.on('error', () => {}); // It may leave without reading; its exit code tells.
    child.stdin?.end(input);
  });
}

/** Runs a program that must succeed; resolves to its stdout. The error of a failed one carries all that it said. */
export async function runToSuccess(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  const result = await runProgram(program, args, options);
  if (result.exitCode !== 0) throw new Error(describeResult([program, ...args].join(' '), result));
  return result.stdout;
}

/** What to show of a program whose end was not the expected one. */
export function describeResult(command: string, { exitCode, signal, stdout, stderr }: ProgramResult): string {
  const end = signal === null ? `exit code ${exitCode}` : `signal ${signal}`;
  return `${command} ended with ${end}\nstdout: ${tail(stdout)}\nstderr: ${tail(stderr)}`;
}

function tail(text: string): string {
  const SHOWN = 6_000;
  return text.length > SHOWN ? `… ${text.slice(-SHOWN)}` : text;
}
