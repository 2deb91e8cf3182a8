import { isObject, type JsonObject } from '../json/json.ts';
import type { Setting } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** Variables of the environment that hold settings begin so (Singer SDK: the name of the tap in capitals). */
export const ENV_PREFIX = 'TAP_TIKTOK_ADS_';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The configuration from `--config`, which may be given several times: files, and the word `ENV` for the environment.
 * Later ones win, key by key. Null means absent. A text where the specification wants a list, a number or a truth value
 * is read as one, for runners that know only texts.
 *
 * @param sources  what `--config` was given
 * @param readFile the parsed JSON of a file
 * @throws UsageError for a file that holds no object, or when nothing was given; and all errors of `readFile`
 */
export function readConfigInput(
  sources: readonly string[],
  deps: {
    readonly settings: readonly Setting[];
    readonly env: Environment;
    readonly readFile: (path: string) => unknown;
  },
): JsonObject {
  if (sources.length === 0) {
    throw new UsageError([
      `No configuration: expected --config FILE, or --config ENV with settings in variables ${ENV_PREFIX}….`,
    ]);
  }
  let config: JsonObject = {};
  for (const source of sources) {
    const part = source === 'ENV' ? fromEnvironment(deps.env, deps.settings) : deps.readFile(source);
    if (!isObject(part)) throw new UsageError([`The configuration ${source} is not a JSON object.`]);
    config = mergeConfigs(config, part);
  }
  return castTexts(config, deps.settings);
}

/**
 * The settings that the environment holds: `TAP_TIKTOK_ADS_START_DATE`, and with double underscores between levels
 * `TAP_TIKTOK_ADS_CREDENTIALS__ACCESS_TOKEN`. Meltano's form of the latter, with one underscore, is known too.
 */
function fromEnvironment(env: Environment, settings: readonly Setting[]): JsonObject {
  let config: JsonObject = {};
  for (const { path } of settings) {
    const names = ['__', '_'].map((separator) => ENV_PREFIX + path.join(separator).toUpperCase());
    const value = names.map((name) => env[name]).find((text) => text !== undefined && text !== '');
    if (value !== undefined) {
      config = mergeConfigs(config, path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as JsonObject);
    }
  }
  return config;
}

/** Objects are merged, everything else is replaced; null removes no value of an earlier source. */
function mergeConfigs(first: JsonObject, second: JsonObject): JsonObject {
  const merged: Record<string, unknown> = { ...first };
  for (const [key, value] of Object.entries(second)) {
    if (value === null) continue;
    const before = merged[key];
    merged[key] = isObject(value) ? mergeConfigs(isObject(before) ? before : {}, value) : value;
  }
  return merged;
}

function castTexts(config: JsonObject, settings: readonly Setting[], path: readonly string[] = []): JsonObject {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => {
      const here = [...path, key];
      if (isObject(value)) return [[key, castTexts(value, settings, here)]];
      const setting = settings.find((other) => other.path.join('.') === here.join('.'));
      if (!setting || typeof value !== 'string') return [[key, value]];
      // A runner that knows only texts writes a cleared setting as an empty text.
      const isCleared = value.trim() === '' && (setting.type !== 'string' || setting.values !== undefined);
      return isCleared ? [] : [[key, castText(value, setting.type)]];
    }),
  );
}

/** A text that does not fit the type stays a text; the check of the configuration then refuses it. */
function castText(text: string, type: string): unknown {
  const trimmed = text.trim();
  if (type === 'array') return castList(trimmed);
  if (type === 'boolean' && /^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === 'true';
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed);
  return text;
}

/** A list as JSON text or between commas. Ids stay texts: as numbers, 19 digits would lose the last ones. */
function castList(text: string): unknown {
  if (/^\[[\d\s,]*\]$/.test(text)) return text.slice(1, -1).split(',').map(trim).filter(Boolean);
  if (!text.startsWith('[')) return text.split(',').map(trim).filter(Boolean);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function trim(text: string): string {
  return text.trim();
}
