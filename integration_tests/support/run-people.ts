import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const PROGRAM = fileURLToPath(new URL('../../dist/source-tiktok-ads.js', import.meta.url));

export interface PeopleRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a verb as a process beside this one, whose emulator goes on answering meanwhile. */
export async function runVerb(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<PeopleRun> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  });
  const status = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await status, stdout, stderr };
}

export interface TerminalRun {
  readonly status: number | null;
  /** What the terminal was sent, `\r\n` for each line's end. */
  readonly sent: string;
  /** The lines that stay on the screen, without colours. */
  readonly lines: readonly string[];
}

/**
 * Runs a verb in a pseudo-terminal: that of `script` (util-linux), which every Linux has and which no compiler is needed for.
 *
 * @param options.columns of the terminal
 * @param options.stdoutFile where standard output goes instead
 */
export async function runInTerminal(
  args: readonly string[],
  options: {
    readonly columns: number;
    readonly stdoutFile?: string;
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<TerminalRun> {
  const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
  const command = [process.execPath, PROGRAM, ...args].map(quoted).join(' ');
  const redirected = options.stdoutFile === undefined ? command : `${command} > ${quoted(options.stdoutFile)}`;
  // Node takes a terminal under `CI` for one without colours.
  const { NO_COLOR: _, CI: __, ...env } = process.env;
  const child = spawn('script', ['-qec', `stty cols ${options.columns} rows 40; ${redirected}`, '/dev/null'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...env, TERM: 'xterm-256color', ...options.env },
  });
  const status = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const sent = await text(child.stdout);
  return { status: await status, sent, lines: linesOf(sent) };
}

/** Only what this program sends: a carriage return with an erased line, and colours. */
function linesOf(sent: string): string[] {
  return sent
    .split('\r\n')
    .map((line) => stripVTControlCharacters(line.slice(line.lastIndexOf('\r\u001b[K') + 1)))
    .slice(0, -1);
}
