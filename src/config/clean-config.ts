import spec from '../../spec.json' with { type: 'json' };
import { isObject } from '../json/json.ts';
import { nearestName } from './nearest-name.ts';
import type { RawConfig } from './spec.generated.ts';

/** What of a JSON schema the reading of a configuration needs. */
interface Schema {
  readonly type?: string;
  readonly pattern_descriptor?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
}

const SETTINGS = spec.connectionSpecification.properties;
type SettingWithDefault = {
  [Key in keyof typeof SETTINGS]: (typeof SETTINGS)[Key] extends { default: unknown } ? Key : never;
}[keyof typeof SETTINGS];

/** A setting of a checked configuration, or the default that `spec.json` has for it. */
export function settingOf<Key extends SettingWithDefault>(
  config: Pick<RawConfig, Key>,
  key: Key,
): NonNullable<RawConfig[Key]> {
  return (config[key] ?? SETTINGS[key].default) as NonNullable<RawConfig[Key]>;
}

export interface CleanConfig {
  /** Without nulls, without empty texts where a text is expected, without space around texts; dates without a time. */
  readonly value: unknown;
  /** One sentence for each key that the specification does not have. Keys that begin with `__` belong to platforms. */
  readonly warnings: readonly string[];
}

/** Undoes what forms and orchestrators add to a configuration, and finds keys that nothing reads. */
export function cleanConfig(raw: unknown): CleanConfig {
  const warnings: string[] = [];
  const value = clean(raw, spec.connectionSpecification, '', warnings);
  return { value, warnings };
}

function clean(value: unknown, schema: Schema | undefined, path: string, warnings: string[]): unknown {
  // Not found by `format`: an optional date has none. Platforms that assert formats would refuse an empty text.
  const isDate = schema?.pattern_descriptor === 'YYYY-MM-DD';
  if (typeof value === 'string') return isDate ? dayOf(value.trim()) : value.trim();
  // A list keeps its length: a mistake is named by its place.
  if (Array.isArray(value)) return value.map((item) => clean(item, undefined, path, warnings));
  if (!isObject(value)) return value;
  const known = schema && propertiesOf(schema);
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const at = path === '' ? key : `${path}.${key}`;
    const property = known?.[key];
    if (known && !property && !key.startsWith('__')) warnings.push(unknownKey(at, key, Object.keys(known)));
    const cleaned = clean(inner, property, at, warnings);
    return cleaned === null || (cleaned === '' && isFreeText(property)) ? [] : [[key, cleaned]];
  });
  return Object.fromEntries(entries);
}

/** The properties of a schema and of all its alternatives: a key of another alternative is no mistake. */
function propertiesOf({ properties, oneOf = [] }: Schema): Schema['properties'] {
  return Object.assign({}, properties, ...oneOf.map((alternative) => alternative.properties));
}

/** Elsewhere an empty text is a mistake: platforms that check against the specification refuse it as well. */
function isFreeText(property: Schema | undefined): boolean {
  return property?.type === 'string' && property.enum === undefined;
}

/** The day of a moment: Meltano makes "2026-03-10T00:00:00Z" of "3 days ago". */
function dayOf(text: string): string {
  return MOMENT.exec(text)?.[1] ?? text;
}

const MOMENT = /^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)? ?(?:Z|[+-]\d\d:?\d\d)?$/i;

function unknownKey(at: string, key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  const advice = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `The configuration has the key ${JSON.stringify(at.slice(0, 80))}, which this connector does not know: ignored.${advice}`;
}
