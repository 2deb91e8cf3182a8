import type { ErrorObject } from 'ajv';
import { kindOf, shown, TYPE_WORDS } from '../json/json.ts';
import { nearestNames } from './nearest-name.ts';

/** Keys whose value never stands in a message. */
const SECRET_KEYS = new Set(['app_id', 'secret', 'access_token']);

/** Of a longer list of allowed values those that are nearest are shown. */
const ENUM_SHOWN = 20;
const NEAREST_SHOWN = 3;

/** Keys whose value is an id: an integer of 19 digits, more than a JSON number keeps. */
const ID_KEYS = new Set(['app_id', 'advertiser_id', 'advertiser_ids', 'exclude_advertiser_ids']);

/**
 * One sentence about one mistake that the schema found: the key, what was found, what is expected.
 *
 * @param secrets values of the configuration that may not be quoted, wherever they stand
 */
export function describeMistake(error: ErrorObject, secrets: readonly string[]): string {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  const key = dotted(path);
  const found = (): string => describe(error.data, path, secrets);
  const schema = (error.parentSchema ?? {}) as { pattern_descriptor?: string; type?: string };
  switch (error.keyword) {
    case 'required':
      return `${dotted([...path, error.params.missingProperty as string])} is missing; ${WHERE_FROM[error.params.missingProperty as string] ?? 'expected a value'}.`;
    case 'discriminator': {
      const tag = dotted([...path, error.params.tag as string]);
      const options = 'expected "oauth2.0", "access_token" or "sandbox_access_token"';
      if (error.params.tagValue === undefined) return `${tag} is missing; ${options}.`;
      return `${tag} is ${describe(error.params.tagValue, path, secrets)}; ${options}.`;
    }
    case 'type': {
      const isId = path.some((part) => ID_KEYS.has(part));
      if (isId && typeof error.data === 'number') {
        return `${key} is a number, which does not keep the digits of an id; write it in quotes, as a text.`;
      }
      return `${key} is ${found()}; expected ${schema.pattern_descriptor ? `a text, ${schema.pattern_descriptor}` : (TYPE_WORDS[String(schema.type)] ?? String(schema.type))}${hint(error.data, schema.type)}.`;
    }
    case 'pattern':
      return `${key} is ${found()}; expected ${schema.pattern_descriptor ?? `a text that matches ${String(error.params.pattern)}`}.`;
    case 'enum':
      if (error.params.allowedValues.length > ENUM_SHOWN) {
        const near = nearestNames(String(error.data), error.params.allowedValues as string[]).slice(0, NEAREST_SHOWN);
        return `${key} is ${found()}, which is none of the ${error.params.allowedValues.length} known ones; the nearest are ${near.join(', ')}. docs/columns.md lists them all.`;
      }
      return `${key} is ${found()}; expected ${(error.params.allowedValues as string[]).map((value) => `"${value}"`).join(' or ')}.`;
    case 'maxItems':
      return `${key} has ${(error.data as unknown[]).length} entries; expected at most ${String(error.params.limit)}.`;
    case 'uniqueItems':
      return `${key} names ${JSON.stringify((error.data as unknown[])[error.params.i as number])} twice; expected each once.`;
    case 'minimum':
      return `${key} is ${found()}; expected at least ${String(error.params.limit)}.`;
    case 'maximum':
      return `${key} is ${found()}; expected at most ${String(error.params.limit)}.`;
    default:
      return `${key} is ${found()}; it ${error.message ?? 'does not keep to the specification'}.`;
  }
}

/** A value of the wrong type fails twice when allowed values are listed; the list says more. */
export function withoutEchoes(errors: readonly ErrorObject[]): ErrorObject[] {
  const listed = new Set(errors.filter(({ keyword }) => keyword === 'enum').map(({ instancePath }) => instancePath));
  return errors.filter(({ keyword, instancePath }) => keyword !== 'type' || !listed.has(instancePath));
}

const WHERE_FROM: Readonly<Record<string, string>> = {
  credentials: 'expected an object with auth_type and what belongs to it',
  start_date: 'expected the first day to read, YYYY-MM-DD',
  app_id: 'expected the App ID of the developer app',
  secret: 'expected the secret of the developer app',
  access_token: 'expected the token that TikTok handed out',
  advertiser_id: 'expected the id of the sandbox advertiser, as a text',
};

/** Environment variables and forms turn values into texts; say what to undo. */
function hint(value: unknown, type: string | undefined): string {
  if (typeof value !== 'string') return '';
  if (type === 'array') return ' such as ["7000000000000000000"]';
  return type === 'integer' || type === 'number' || type === 'boolean' ? ', without quotes' : '';
}

/** As {@link shown}, and a secret by its kind. */
function describe(value: unknown, path: readonly string[], secrets: readonly string[]): string {
  const text = shown(value);
  const isSecret = SECRET_KEYS.has(path.at(-1) ?? '') || secrets.some((secret) => text.includes(secret));
  return isSecret ? kindOf(value) : text;
}

function dotted(path: readonly string[]): string {
  if (path.length === 0) return 'The configuration';
  return path.map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`)).join('');
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
