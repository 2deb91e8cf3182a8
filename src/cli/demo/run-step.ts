import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A message of the Airbyte protocol, as far as the demo looks into it. */
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
 * Runs this program as a process of its own, as an orchestrator does.
 *
 * @param args      verb and options
 * @param outputFile where its standard output goes, as it is
 * @param onMessage called for each line, in order
 * @returns how long it took
 * @throws Error when it ends with another exit code than 0; the message holds what it said
 */
export async function runStep(
  args: readonly string[],
  { program, outputFile, onMessage }: { program: string; outputFile: string; onMessage: (message: Message) => void },
): Promise<{ seconds: number }> {
  const begun = performance.now();
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const file = createWriteStream(outputFile);
  child.stdout.pipe(file);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const exited = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line) as Message;
    if (message.trace?.error) complaints += `${message.trace.error.message}\n`;
    onMessage(message);
  }
  const [exitCode] = (await exited) as [number | null];
  if (exitCode !== 0) throw new Error(`\`${args[0]}\` ended with exit code ${String(exitCode)}: ${complaints.trim()}`);
  if (!file.closed) await once(file, 'close');
  return { seconds: (performance.now() - begun) / 1000 };
}
