import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SOURCE_PROGRAM } from '../orchestrators/python.ts';

/** A `systemctl` and a `loginctl` that write down what they are asked; the machines of tests have no session of systemd. */
export async function withSystemd(folder: string): Promise<() => Promise<string>> {
  const asked = join(folder, 'asked');
  for (const name of ['systemctl', 'loginctl']) {
    const path = join(folder, '.bin', name);
    await writeFile(path, `#!/bin/sh\necho "${name} $*" >> '${asked}'\n`);
    await chmod(path, 0o755);
  }
  return () => readFile(asked, 'utf8');
}

/** A `docker` that writes down what it is asked and runs the source program itself, the volume as its folder. */
export async function withDocker(folder: string): Promise<() => Promise<string[]>> {
  const asked = join(folder, 'docker-asked');
  const path = join(folder, '.bin/docker');
  await writeFile(
    path,
    `#!${process.execPath}
const { appendFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify(asked)}, args.join(' ') + '\\n');
if (args[0] !== 'run') process.exit(0);
const [folder] = args[args.indexOf('--volume') + 1].split(':');
const own = args.slice(args.indexOf('read')).map((one) => one.replace('/project', folder));
process.exit(spawnSync(process.execPath, [${JSON.stringify(SOURCE_PROGRAM)}, ...own], { stdio: 'inherit' }).status);
`,
  );
  await chmod(path, 0o755);
  return async () => (await readFile(asked, 'utf8')).trim().split('\n');
}
