import { parseEnv } from 'node:util';
import spec from '../../../spec.json' with { type: 'json' };
import { PASSWORD_FILE } from './machine-project.ts';

/** Keys of this connector's configuration; the values of other keys may be secrets of other programs. */
const KNOWN_KEYS: ReadonlySet<string> = new Set(Object.keys(spec.connectionSpecification.properties));

export function isKnownKey(key: string): boolean {
  return KNOWN_KEYS.has(key);
}

/**
 * The text of a result file as it may be shown. Of `.env`, which other programs share, only the keys; of a
 * configuration only the values of keys that this connector knows.
 *
 * @param mask replaces the secrets that setup knows
 */
export function maskFile(
  { path, content }: { readonly path: string; readonly content: string },
  mask: (text: string) => string,
): string {
  if (path === PASSWORD_FILE) return '***\n';
  if (path === '.env') {
    const keys = Object.keys(parseEnv(content)).map((key) => key.trim());
    return keys
      .sort()
      .map(
        (key) => `${key}=***
`,
      )
      .join('');
  }
  if (!path.endsWith('.json')) return mask(content);
  const value = parsed(content);
  if (value === undefined) return '***';
  return mask(`${JSON.stringify(isConfig(value) ? hideUnknown(value) : value, undefined, 2)}\n`);
}

function isConfig(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && 'start_date' in value;
}

function hideUnknown(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, isKnownKey(key) ? value : '***']));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
