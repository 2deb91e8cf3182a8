import { DEFAULT_TARGET } from '../../load/target.ts';
import type { Collection, MachineTarget, PostgresSchema } from '../session/collection.ts';
import type { ProgramsHere } from '../session/programs-here.ts';
import type { ResultFile } from './result-file.ts';
import { shellWord } from './timer-files.ts';

/** The password of the database as it is, nothing else. */
export const PASSWORD_FILE = 'postgres-password';

/** A script that runs `sync` once into a file of the folder or into PostgreSQL; the database remembers what has been read. */
export function machineProject({
  collection: { name, streams },
  store,
  configName,
  programs: { nodeFolder, programFile },
}: {
  readonly collection: Pick<Collection, 'name' | 'streams'>;
  readonly store: MachineTarget['store'];
  /** The configuration's file, in the same folder. */
  readonly configName: string;
  readonly programs: Pick<ProgramsHere, 'nodeFolder' | 'programFile'>;
}): readonly ResultFile[] {
  const password = store.name === 'postgresql' ? store.password : '';
  const to = store.name === 'postgresql' ? postgresUrl(store, { withPassword: false }) : DEFAULT_TARGET;
  const secret: readonly ResultFile[] =
    password === ''
      ? []
      : [
          {
            path: PASSWORD_FILE,
            mode: 0o600,
            says: 'The password of the database, for run.sh.',
            content: `${password}\n`,
          },
        ];
  return [
    ...secret,
    {
      path: 'run.sh',
      mode: 0o755,
      says: 'Loads what is new once; a timer or you start it.',
      content: `#!/bin/sh
# ${name.replace(/\s+/g, ' ')}: loads what is new once.
set -eu
cd "$(dirname "$0")"
umask 077
# A timer starts with a short PATH.
PATH=${shellWord(nodeFolder)}:"$PATH"
${password === '' ? '' : `PGPASSWORD=$(cat ${PASSWORD_FILE})\nexport PGPASSWORD\n`}exec ${shellWord(programFile)} sync --config ${shellWord(configName)} --to ${shellWord(to)} --streams ${streams.map((stream) => stream.name).join(',')}
`,
    },
  ];
}

/** The address of a schema for `sync`. */
export function postgresUrl(
  { host, port, user, password, database, schema }: PostgresSchema,
  { withPassword }: { readonly withPassword: boolean },
): string {
  const word = encodeURIComponent;
  const at = host.includes(':') ? `[${host}]` : word(host);
  const secret = withPassword && password !== '' ? `:${word(password)}` : '';
  return `postgresql://${word(user)}${secret}@${at}:${port}/${word(database)}?schema=${word(schema)}`;
}
