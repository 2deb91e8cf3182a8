import { readFileSync } from 'node:fs';
import { isObject, type JsonObject } from '../json/json.ts';
import { LOG_LEVELS, type LogLevel, type LogSettings } from './log.ts';

/**
 * How the environment wants the tap to log: `TAP_TIKTOK_ADS_LOGLEVEL` before `LOGLEVEL` before the root level of the
 * file that `SINGER_SDK_LOG_CONFIG` names (Python's dictConfig as JSON, which Meltano writes for every tap). That file
 * also asks for JSON lines, by naming `singer_sdk.logging.StructuredFormatter`.
 *
 * A log must never stop a sync: settings that cannot be read cause a warning, and INFO text lines are written.
 */
export function logSettings(
  env: Readonly<Record<string, string | undefined>>,
  debug: boolean,
): { readonly settings: LogSettings; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const file = readLogConfig(env.SINGER_SDK_LOG_CONFIG, warnings);
  let level = asLevel(isObject(file.root) ? file.root.level : undefined);
  for (const name of ['LOGLEVEL', 'TAP_TIKTOK_ADS_LOGLEVEL']) {
    const wanted = env[name];
    if (wanted === undefined || wanted === '') continue;
    const known = asLevel(wanted);
    if (!known) warnings.push(`${name} is ${JSON.stringify(wanted)}; expected one of ${LOG_LEVELS.join(', ')}.`);
    level = known ?? level;
  }
  return { settings: { level: debug ? 'DEBUG' : (level ?? 'INFO'), structured: wantsJson(file) }, warnings };
}

function readLogConfig(path: string | undefined, warnings: string[]): JsonObject {
  if (!path) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    warnings.push(`The log settings ${path} (SINGER_SDK_LOG_CONFIG) ${reason}; text lines are written instead.`);
    return {};
  }
  return isObject(parsed) ? parsed : {};
}

function wantsJson(file: JsonObject): boolean {
  const formatters = isObject(file.formatters) ? Object.values(file.formatters) : [];
  return formatters.some(
    (formatter) =>
      isObject(formatter) &&
      [formatter['()'], formatter.class].some((name) => String(name).endsWith('.StructuredFormatter')),
  );
}

/** Python's names, its aliases WARN and FATAL, and its numbers. */
function asLevel(value: unknown): LogLevel | undefined {
  const text = String(value ?? '').toUpperCase();
  if (text === 'WARN') return 'WARNING';
  if (text === 'FATAL') return 'CRITICAL';
  if (/^\d+$/.test(text)) return LOG_LEVELS[Math.max(0, Math.min(4, Math.ceil(Number(text) / 10) - 1))];
  return LOG_LEVELS.find((level) => level === text);
}
