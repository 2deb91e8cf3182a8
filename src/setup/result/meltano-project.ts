import type { Collection, MeltanoLoader } from '../session/collection.ts';
import { cronFields } from '../session/daily-time.ts';
import type { ConfigObject } from './config-file.ts';
import { isKnownKey } from './mask-file.ts';
import type { ResultFile } from './result-file.ts';
import { shellWord } from './timer-files.ts';

const TAP = 'tap-tiktok-ads';

/** What the loaders are installed from; both were run with this project. */
const PIP_URL: Readonly<Record<string, string>> = {
  'target-postgres': 'meltanolabs-target-postgres==0.8.1',
  'target-jsonl': 'target-jsonl==0.1.4',
};

/**
 * A Meltano project: extractor, loader, job and schedule; every secret in `.env`.
 *
 * @param tapCommand what starts the Singer program: a command on PATH or an absolute path; Meltano takes one word
 * @param hasProject there is a `meltano.yml` of the user's: the part goes into a file of its own, which
 *                   `include_paths` brings in
 */
export function meltanoProject({
  slug,
  collection,
  loader,
  config,
  tapCommand,
  hasProject,
  existingEnv = '',
  now,
}: {
  readonly slug: string;
  readonly collection: Collection;
  readonly loader: MeltanoLoader;
  readonly config: ConfigObject;
  readonly tapCommand: string;
  readonly hasProject: boolean;
  /** The `.env` that is there; its other lines stay. */
  readonly existingEnv?: string;
  readonly now: Date;
}): readonly ResultFile[] {
  const loaderName = loader.name === 'other' ? loader.plugin : loader.name;
  const { settings, plain, secrets } = settingsOf(config);
  const yaml = [
    `# ${collection.name.replace(/\s+/g, ' ')}: written by \`source-tiktok-ads setup\`. Secrets are in .env.`,
    ...(hasProject
      ? []
      : [
          'default_environment: prod',
          `project_id: ${yamlText(slug)}`,
          'send_anonymous_usage_stats: false',
          'environments:',
          '- name: prod',
        ]),
    'plugins:',
    '  extractors:',
    `  - name: ${TAP}`,
    '    namespace: tap_tiktok_ads',
    `    executable: ${yamlText(tapCommand)}`,
    '    capabilities: [catalog, discover, state, about]',
    '    settings:',
    ...settings.map((line) => `    - ${line}`),
    '    config:',
    ...plain.map((line) => `      ${line}`),
    '    select:',
    ...collection.streams.map((stream) => `    - ${yamlText(`${stream.name}.*`)}`),
    ...loaderLines(loader),
    'jobs:',
    `- name: ${slug}`,
    '  tasks:',
    `  - ${yamlText(`${TAP} ${loaderName}`)}`,
    ...(collection.schedule
      ? [
          'schedules:',
          `# ${collection.schedule.time} (${collection.schedule.timeZone}); Meltano's schedulers read it in UTC.`,
          `- name: ${slug}-daily`,
          `  interval: ${yamlText(cronFields('UTC', collection.schedule, now))}`,
          `  job: ${slug}`,
        ]
      : []),
    '',
  ].join('\n');
  if (loader.name === 'target-postgres' && loader.password) secrets.set('TARGET_POSTGRES_PASSWORD', loader.password);
  return [
    {
      path: hasProject ? `${slug}.meltano.yml` : 'meltano.yml',
      mode: 0o644,
      says: 'The Meltano project: extractor, loader and schedule.',
      content: yaml,
    },
    { path: '.env', mode: 0o600, says: 'The secrets, for Meltano.', content: envText(existingEnv, secrets) },
    {
      path: 'run.sh',
      mode: 0o755,
      says: 'Runs it once; a timer or you start it.',
      content: `#!/bin/sh
# ${collection.name.replace(/\s+/g, ' ')}: loads what is new once.
set -eu
cd "$(dirname "$0")"
# A timer starts with a short PATH; \`pipx\` and \`uv tool\` install into the first of these.
PATH="$HOME/.local/bin:/usr/local/bin:$PATH"
exec "\${MELTANO:-meltano}" run ${shellWord(slug)}
`,
    },
  ];
}

interface Settings {
  readonly settings: readonly string[];
  readonly plain: readonly string[];
  readonly secrets: Map<string, string>;
}

/**
 * Meltano wants each setting declared with its kind; dots make the nested objects of the configuration. Keys that the
 * connector does not know stay in config.json: what they hold may be a secret, and meltano.yml goes into git.
 */
function settingsOf(config: ConfigObject): Settings {
  const settings: string[] = [];
  const plain: string[] = [];
  const secrets = new Map<string, string>();
  for (const [key, value] of flatten(Object.fromEntries(Object.entries(config).filter(([key]) => isKnownKey(key))))) {
    const isSecret = /^credentials\.(app_id|secret|access_token)$/.test(key);
    settings.push(`{name: ${key}, kind: ${kindOf(value)}${isSecret ? ', sensitive: true' : ''}}`);
    if (isSecret) secrets.set(`TAP_TIKTOK_ADS_${key.replaceAll('.', '_').toUpperCase()}`, String(value));
    else plain.push(`${key}: ${yamlText(value)}`);
  }
  return { settings, plain, secrets };
}

function flatten(object: ConfigObject, prefix = ''): [string, unknown][] {
  return Object.entries(object).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? flatten(value as ConfigObject, `${prefix}${key}.`)
      : [[prefix + key, value]],
  );
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'boolean';
  // `decimal` breaks Meltano 4.4 when it comes from the environment; here it comes from the file as it is.
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'decimal';
  return 'string';
}

function loaderLines(loader: MeltanoLoader): readonly string[] {
  if (loader.name === 'other') return [];
  const head = [
    '  loaders:',
    `  - name: ${loader.name}`,
    `    namespace: ${loader.name.replaceAll('-', '_')}`,
    `    pip_url: ${yamlText(PIP_URL[loader.name])}`,
    `    executable: ${loader.name}`,
    '    settings:',
  ];
  if (loader.name === 'target-jsonl') {
    return [...head, '    - {name: destination_path, kind: string}', '    config:', '      destination_path: output'];
  }
  return [
    ...head,
    ...['host', 'user', 'database', 'default_target_schema'].map((name) => `    - {name: ${name}, kind: string}`),
    '    - {name: port, kind: integer}',
    '    - {name: password, kind: string, sensitive: true}',
    '    config:',
    `      host: ${yamlText(loader.host)}`,
    `      port: ${yamlText(loader.port)}`,
    `      user: ${yamlText(loader.user)}`,
    `      database: ${yamlText(loader.database)}`,
    `      default_target_schema: ${yamlText(loader.schema)}`,
  ];
}

/** `existing` with these variables set; single quotes keep every character of a value as it is. */
function envText(existing: string, variables: ReadonlyMap<string, string>): string {
  const kept = existing.split('\n').filter(
    (line) =>
      !variables.has(
        line
          .split('=', 1)[0]
          ?.replace(/^export\s+/, '')
          .trim() ?? '',
      ),
  );
  while (kept.at(-1) === '') kept.pop();
  const set = [...variables].map(([name, value]) => `${name}='${value.replace(/['\\]/g, '\\$&')}'`);
  return `${[...kept, ...set].join('\n')}\n`;
}

/** A value as one line of YAML: JSON is YAML, and its quotes leave no date or number to be guessed at. */
function yamlText(value: unknown): string {
  return JSON.stringify(value);
}
