import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';

/** A message of the Airbyte protocol, with the fields that the demo reads. */
export interface Message {
  readonly type: string;
  readonly record?: { readonly data: Readonly<Record<string, string | number | null>> };
  readonly state?: { readonly [key: string]: unknown };
  readonly connectionStatus?: { readonly status: string; readonly message?: string };
  readonly catalog?: { readonly streams: readonly { readonly [key: string]: unknown }[] };
  readonly log?: { readonly level: string; readonly message: string };
  readonly trace?: { readonly error?: { readonly message: string } };
}

/**
 * Runs this program in a separate process, as an orchestrator does.
 *
 * @param args   verb and options
 * @param folder where it runs
 * @param output a file in that folder that gets its standard output
 * @param onLine called for each line of standard output, in order
 * @returns how long it took
 * @throws Error when its exit code is not 0; the message contains its standard error
 */
export async function runStep(
  args: readonly string[],
  {
    program,
    folder,
    output,
    onLine,
  }: { program: string; folder: string; output?: string | undefined; onLine: (line: string) => void },
): Promise<{ seconds: number }> {
  const begun = performance.now();
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const written = output === undefined ? undefined : pipeline(child.stdout, createWriteStream(join(folder, output)));
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const exited = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    const failure = /^\{"type":"TRACE"/.test(line) ? (JSON.parse(line) as Message).trace?.error : undefined;
    if (failure) complaints += `${failure.message}\n`;
    onLine(line);
  }
  const [exitCode] = (await exited) as [number | null];
  if (exitCode !== 0) throw new Error(`\`${args[0]}\` ended with exit code ${String(exitCode)}: ${complaints.trim()}`);
  await written;
  return { seconds: (performance.now() - begun) / 1000 };
}
