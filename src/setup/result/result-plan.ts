import { join } from 'node:path';
import type { Collection } from '../session/collection.ts';
import { slugOf } from '../session/collection.ts';
import type { ProgramsHere } from '../session/programs-here.ts';
import type { NextSteps } from '../session/setup-view.ts';
import type { AirbyteRequest } from './airbyte-requests.ts';
import { type ConfigObject, configFile } from './config-file.ts';
import { dockerProject } from './docker-project.ts';
import { gitIgnoreFile } from './git-ignore.ts';
import { machineProject } from './machine-project.ts';
import { meltanoProject } from './meltano-project.ts';
import { type RememberedSetup, rememberedFile } from './remembered-setup.ts';
import type { ResultFile } from './result-file.ts';
import { airbyteRequests } from './send-to-airbyte.ts';
import { removeTimerCommand, shellWord, timerFiles } from './timer-files.ts';

/** Everything that Finish makes, before anything is made. */
export interface ResultPlan {
  readonly files: readonly ResultFile[];
  readonly requests: readonly AirbyteRequest[];
  /** Takes away what started the collection before and does so no more; a shell command. */
  readonly replaced?: { readonly says: string; readonly command: string } | undefined;
  /** What setup can do afterwards itself. */
  readonly next?: NextSteps;
  /** What the user can type afterwards. */
  readonly commands: readonly { readonly says: string; readonly command: string }[];
}

/** What is known of the machine and of the folder. */
export interface Surroundings extends ProgramsHere {
  /** Absolute. */
  readonly folder: string;
  /** A `meltano.yml` that setup did not write is in the folder. */
  readonly hasMeltanoProject: boolean;
  /** Texts of files that are there and are added to: `.env`, `.gitignore`. */
  readonly existing: Readonly<Record<string, string>>;
  /** `config.json`, or the name of the file that is being changed. */
  readonly configName: string;
  /** What an earlier setup chose for the folder. */
  readonly remembered?: RememberedSetup | undefined;
  /** The machine's zone: cron knows no other. */
  readonly localZone: string;
  readonly now: Date;
}

/** The result of a collection: pure, so that it can be shown before it is written. */
export function planResult(collection: Collection, config: ConfigObject, around: Surroundings): ResultPlan {
  const { files, ...rest } = planTarget(collection, config, around);
  const ignored = gitIgnoreFile(around.existing['.gitignore'] ?? '', {
    secretPaths: files.filter(({ mode }) => mode === 0o600).map(({ path }) => path),
    more: around.hasMeltanoProject ? [] : DATA_LINES[collection.target.kind],
  });
  // Before the secrets: they are never in the folder without it.
  return {
    files: [ignored, ...files, rememberedFile(collection, around.configName)],
    replaced: replacedTimer(collection, around),
    ...rest,
  };
}

function replacedTimer({ name, schedule, target }: Collection, around: Surroundings): ResultPlan['replaced'] {
  const { folder, remembered } = around;
  const timer = remembered?.timer;
  if (!remembered || !timer) return undefined;
  const stays = schedule && 'timer' in target && target.timer === timer && remembered.slug === slugOf(name);
  if (stays) return undefined;
  return {
    says: timer === 'cron' ? 'The former cron line is taken away' : 'The former systemd timer is taken away',
    command: removeTimerCommand({ folder, slug: remembered.slug, timer }),
  };
}

/** What a run leaves behind, for `.gitignore`. */
const DATA_LINES: Readonly<Record<Collection['target']['kind'], readonly string[]>> = {
  machine: ['*.duckdb', '*.duckdb.wal', '*.log'],
  meltano: ['.meltano/', 'output/', '*.log'],
  docker: ['state.json', 'data/', '*.log'],
  airbyte: [],
  config: [],
};

function planTarget(collection: Collection, config: ConfigObject, around: Surroundings): Omit<ResultPlan, 'replaced'> {
  const { folder, now } = around;
  const slug = slugOf(collection.name);
  const configuration = configFile(config, around.configName);
  const inFolder = (command: string): string => `cd ${shellWord(folder)} && ${command}`;
  const later = [
    {
      says: 'What a read would ask for',
      command: `${around.programCommand} plan --config ${shellWord(join(folder, configuration.path))}`,
    },
  ];
  const { target, schedule } = collection;
  const timer =
    schedule && 'timer' in target
      ? timerFiles({ ...around, slug, name: collection.name, schedule, timer: target.timer })
      : undefined;
  const timed = timer
    ? [
        { says: `Run it every day at ${schedule?.time}`, command: timer.commands.join('\n') },
        ...(timer.lingers ? [{ says: 'Let it also run while you are not logged in', command: timer.lingers }] : []),
      ]
    : [];
  const next = { timer: timer?.commands ?? [], ...(timer?.lingers ? { lingers: timer.lingers } : {}) };
  switch (target.kind) {
    case 'config':
      return {
        files: [configuration],
        requests: [],
        commands: [
          {
            says: 'Prove it',
            command: `${around.programCommand} check --config ${shellWord(join(folder, configuration.path))}`,
          },
          ...later,
        ],
      };
    case 'machine':
      return {
        files: [
          configuration,
          ...machineProject({ collection, store: target.store, configName: around.configName, programs: around }),
          ...(timer?.files ?? []),
        ],
        requests: [],
        next,
        commands: [{ says: 'Load the history now', command: shellWord(join(folder, 'run.sh')) }, ...timed, ...later],
      };
    case 'docker':
      return {
        files: [
          configuration,
          ...dockerProject({ collection, image: target.image, config, configName: around.configName }),
          ...(timer?.files ?? []),
        ],
        requests: [],
        next: { load: './run.sh', ...next },
        commands: [{ says: 'Load the history now', command: shellWord(join(folder, 'run.sh')) }, ...timed, ...later],
      };
    case 'meltano': {
      const project = meltanoProject({
        slug,
        collection,
        loader: target.loader,
        config,
        tapCommand: around.tapCommand,
        hasProject: around.hasMeltanoProject,
        existingEnv: around.existing['.env'] ?? '',
        now,
      });
      const install =
        target.loader.name === 'other'
          ? [{ says: 'Add and configure the loader', command: inFolder(`meltano add loader ${target.loader.plugin}`) }]
          : [{ says: 'Install the loader, once', command: inFolder(`meltano install loader ${target.loader.name}`) }];
      const include = around.hasMeltanoProject
        ? [{ says: 'Add this to your meltano.yml, if it is not there', command: "include_paths: ['./*.meltano.yml']" }]
        : [];
      return {
        files: [configuration, ...project, ...(timer?.files ?? [])],
        requests: [],
        // Another loader is to be configured first.
        ...(target.loader.name === 'other'
          ? {}
          : { next: { load: `meltano install loader ${target.loader.name} && ./run.sh`, ...next } }),
        commands: [
          ...include,
          ...install,
          { says: 'Load the history now', command: inFolder(`meltano run ${slug}`) },
          ...timed,
          ...later,
        ],
      };
    }
    case 'airbyte':
      return {
        files: [configuration],
        requests: airbyteRequests({ target, collection, config, now }),
        commands: later,
      };
    default:
      return target satisfies never;
  }
}
