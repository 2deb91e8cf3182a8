import { watchOutput } from '../wire/last-word.ts';
import { readArguments } from './read-arguments.ts';
import { TAP } from './tap-verb.ts';
import { version } from './version.ts';

/**
 * The program `tap-tiktok-ads`.
 *
 * @param args what follows the program's name
 * @param name how it was called, for its messages
 * @returns the exit code
 */
export async function runTapProgram(args: readonly string[], name: string): Promise<number> {
  const parsed = await readArguments(args, { name, version, verbs: [TAP] });
  switch (parsed.type) {
    case 'text':
      watchOutput();
      process.stdout.write(`${parsed.text}\n`);
      return 0;
    case 'mistake': {
      const { wrap } = await import('../terminal/wrap.ts');
      process.stderr.write(`${wrap(`${parsed.mistake} See \`${name} --help\`.`, process.stderr.columns)}\n`);
      return 2;
    }
    case 'verb': {
      const { runTapVerb } = await import('./run-protocol.ts');
      return await runTapVerb(parsed.values);
    }
  }
}
