import { spawnSync } from 'node:child_process';
import { CommandError } from '../command-error.ts';

/**
 * The state that Meltano keeps for a project of setup, as `meltano state get` prints it.
 *
 * @param loader the name of the loader's plugin
 * @returns a text that says where the state is, and the parsed JSON; no content before the first run
 * @throws CommandError when Meltano is not found, or fails
 */
export function meltanoState(folder: string, loader: string): { readonly place: string; readonly content?: unknown } {
  const job = `tap-tiktok-ads-to-${loader}`;
  const ids = meltano(folder, ['state', 'list', '--pattern', `*${job}`])
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.endsWith(job));
  const [id] = ids;
  if (id === undefined) return { place: `the Meltano project ${folder}` };
  if (ids.length > 1) {
    throw new CommandError([
      `Meltano has several states of this project (${ids.join(', ')}): print one of them with \`meltano state get ID > ` +
        'state.json` and name that file with --state.',
    ]);
  }
  return { place: `Meltano, ${id}`, content: JSON.parse(meltano(folder, ['state', 'get', id])) };
}

function meltano(folder: string, args: readonly string[]): string {
  const program = process.env.MELTANO ?? 'meltano';
  const { error, status, stdout, stderr } = spawnSync(program, ['--cwd', folder, '--log-level', 'error', ...args], {
    encoding: 'utf8',
  });
  if (!error && status === 0) return stdout;
  const why = error ? 'it cannot be started here' : stderr.trim().split('\n').at(-1);
  throw new CommandError([
    `Meltano keeps what has been read, and ${why}. Where it runs, \`meltano state list\` names the state and ` +
      '`meltano state get ID > state.json` prints it: name that file with --state.',
  ]);
}
