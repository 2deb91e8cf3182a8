import { isObject, type JsonObject } from '../json/json.ts';
import { ENV_PREFIX } from './config-input.ts';
import { listSettings, type Setting } from './settings.ts';

/** What `--about` can be printed as. */
export const ABOUT_FORMATS = ['text', 'json', 'markdown'] as const;

export type AboutFormat = (typeof ABOUT_FORMATS)[number];

/** The description of a tap. */
export interface About {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  /** Meltano's words for what a tap can do. */
  readonly capabilities: readonly string[];
  /** JSON schema of the configuration, in Singer's vocabulary. */
  readonly settings: JsonObject;
}

/** Only what this tap has; Meltano passes arguments accordingly. */
const CAPABILITIES = ['catalog', 'properties', 'discover', 'state', 'about', 'test', 'structured-logging'];

/** @param specification the configuration's JSON schema of `spec.json` */
export function aboutTap(
  program: { readonly name: string; readonly description: string; readonly version: string },
  specification: JsonObject,
): About {
  return { ...program, capabilities: CAPABILITIES, settings: toSingerSchema(specification) as JsonObject };
}

/** The whole text of `--about`, with its last line break. */
export function formatAbout(about: About, specification: JsonObject, format: AboutFormat): string {
  const settings = listSettings(specification);
  switch (format) {
    case 'json':
      return `${JSON.stringify(about, undefined, 2)}\n`;
    case 'markdown':
      return markdown(about, settings);
    case 'text':
      return plainText(about, settings);
    default:
      return format satisfies never;
  }
}

/** Words of Airbyte's forms, which mean nothing elsewhere. */
const FORM_KEYWORDS = new Set([
  'airbyte_secret',
  'airbyte_hidden',
  'order',
  'group',
  'groups',
  'display_type',
  'pattern_descriptor',
  'always_show',
  'multiline',
]);

/** The same schema without the words of Airbyte's forms; secrets marked as the Singer SDK marks them. */
function toSingerSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toSingerSchema);
  if (!isObject(schema)) return schema;
  const entries = Object.entries(schema)
    .filter(([keyword]) => !FORM_KEYWORDS.has(keyword))
    .map(([keyword, value]) => [
      keyword,
      // Below "properties" the keys are names, not keywords.
      keyword === 'properties' && isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([name, property]) => [name, toSingerSchema(property)]))
        : toSingerSchema(value),
    ]);
  if (schema.airbyte_secret === true) entries.push(['secret', true], ['writeOnly', true]);
  return Object.fromEntries(entries);
}

function markdown(about: About, settings: readonly Setting[]): string {
  const rows = settings.map((setting) => [
    `\`${setting.path.join('.')}\`${setting.isSecret ? ' (secret)' : ''}`,
    setting.isRequired ? 'yes' : 'no',
    'default' in setting ? `\`${JSON.stringify(setting.default)}\`` : '',
    [setting.description || setting.title, valuesOf(setting)].filter(Boolean).join(' '),
    `\`${variableOf(setting)}\``,
  ]);
  return [
    `# ${about.name}`,
    '',
    about.description,
    '',
    `Version ${about.version}.`,
    '',
    '## Capabilities',
    '',
    ...about.capabilities.map((capability) => `* \`${capability}\``),
    '',
    '## Settings',
    '',
    '| Setting | Required | Default | Description | Variable |',
    '|:--------|:---------|:--------|:------------|:---------|',
    ...rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`),
    '',
  ].join('\n');
}

function plainText(about: About, settings: readonly Setting[]): string {
  return [
    `Name: ${about.name}`,
    `Description: ${about.description}`,
    `Version: ${about.version}`,
    `Capabilities: ${about.capabilities.join(', ')}`,
    'Settings:',
    ...settings.flatMap((setting) => [
      `  ${setting.path.join('.')} (${[
        setting.type,
        ...(setting.isRequired ? ['required'] : []),
        ...(setting.isSecret ? ['secret'] : []),
        ...('default' in setting ? [`default ${JSON.stringify(setting.default)}`] : []),
      ].join(', ')})`,
      `    ${[setting.description || setting.title, valuesOf(setting)].filter(Boolean).join(' ')}`,
    ]),
    `Variables for --config ENV: ${ENV_PREFIX}<SETTING>, with __ for each dot`,
    '',
  ].join('\n');
}

function valuesOf({ values }: Setting): string {
  return values ? `One of ${values.map((value) => `\`${value}\``).join(', ')}.` : '';
}

function variableOf({ path }: Setting): string {
  return ENV_PREFIX + path.join('__').toUpperCase();
}
