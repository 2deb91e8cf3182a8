import type { ErrorObject } from 'ajv';

/** One sentence about a mistake that the schema found: its place, the value, and what is expected. */
export function mistakeOf({ instancePath, keyword, params, data, parentSchema }: ErrorObject): string | undefined {
  const place = placeAt(instancePath);
  const found = `${place || 'the whole'} is ${describe(data)}`;
  switch (keyword) {
    case 'additionalProperties': {
      const known = Object.keys((parentSchema as { properties?: object }).properties ?? {}).filter(
        (key) => key !== '$schema',
      );
      return `${join(place, String(params.additionalProperty))} is unknown; expected one of ${known.join(', ')}.`;
    }
    case 'required':
      return `${join(place, String(params.missingProperty))} is missing.`;
    case 'enum':
      return `${found}; expected ${(params.allowedValues as unknown[]).map(describe).join(', ')}.`;
    case 'const':
      return `${found}; expected ${describe(params.allowedValue)}, or leave it out.`;
    case 'type':
      return `${found}; expected ${TYPES[String(params.type)] ?? String(params.type)}.`;
    case 'pattern':
      return `${found}; expected ${PATTERNS[lastDefinition(String(params.pattern))] ?? `a text that matches ${String(params.pattern)}`}.`;
    case 'minimum':
    case 'exclusiveMinimum':
      return `${found}; expected ${keyword === 'minimum' ? 'at least' : 'more than'} ${String(params.limit)}.`;
    case 'maximum':
      return `${found}; expected at most ${String(params.limit)}.`;
    case 'minItems':
    case 'minProperties':
      return `${found}; expected something in it.`;
    case 'anyOf':
      return `${found}; expected one of the forms that the documentation lists.`;
    default:
      return `${found}; it breaks the rule "${keyword}".`;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const PATTERNS: Readonly<Record<string, string>> = {
  day: 'a day, YYYY-MM-DD',
  instant: 'an instant such as 2026-03-15T12:00:00Z',
  advertiser: 'an advertiser id, or #1 for the first account',
  id: 'up to 19 digits in quotes',
  currency: 'a currency code such as EUR',
};

/** What the patterns of the schema stand for. */
function lastDefinition(pattern: string): string {
  if (pattern.includes('T')) return 'instant';
  if (pattern.includes('{4}-')) return 'day';
  if (pattern.includes('#')) return 'advertiser';
  return pattern.includes('A-Z') ? 'currency' : 'id';
}

/** `/faults/2/when/page` as `faults[2].when.page`. */
function placeAt(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((place, part) => (/^\d+$/.test(part) ? `${place}[${part}]` : join(place, part)), '');
}

function join(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null)
    return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
