import { isObject, type JsonObject } from '../json/json.ts';

/** One value that an operator can set, as `spec.json` describes it. */
export interface Setting {
  /** Where it stands in the configuration: `["credentials", "access_token"]`. */
  readonly path: readonly string[];
  readonly type: string;
  readonly title: string;
  readonly description: string;
  /** True when every configuration needs it. */
  readonly isRequired: boolean;
  readonly isSecret: boolean;
  /** For tests and rare cases; forms do not show it. */
  readonly isHidden: boolean;
  readonly default?: unknown;
  /** The only values allowed. */
  readonly values?: readonly unknown[];
}

/** Every setting of a configuration's JSON schema, in its order; an alternative's (`oneOf`) are listed once each. */
export function listSettings(schema: JsonObject): Setting[] {
  const settings = new Map<string, Setting>();
  collect(schema, { path: [], isRequired: true, isHidden: false }, settings);
  return [...settings.values()];
}

interface Place {
  readonly path: readonly string[];
  readonly isRequired: boolean;
  readonly isHidden: boolean;
}

function collect(schema: JsonObject, place: Place, settings: Map<string, Setting>): void {
  const alternatives = Array.isArray(schema.oneOf) ? schema.oneOf.filter(isObject) : [];
  const neededByAll = (name: string) =>
    [schema, ...alternatives].some((one) => listOf(one.required).includes(name)) &&
    alternatives.every((one) => listOf(one.required).includes(name));
  for (const part of [schema, ...alternatives]) {
    for (const [name, property] of Object.entries(isObject(part.properties) ? part.properties : {})) {
      if (!isObject(property)) continue;
      const inner: Place = {
        path: [...place.path, name],
        isRequired: place.isRequired && neededByAll(name),
        isHidden: place.isHidden || property.airbyte_hidden === true,
      };
      if (property.type === 'object') collect(property, inner, settings);
      else merge(settings, describe(property, inner));
    }
  }
}

function describe(property: JsonObject, { path, isRequired, isHidden }: Place): Setting {
  const values = 'const' in property ? [property.const] : property.enum;
  return {
    path,
    type: String(property.type ?? 'string'),
    title: String(property.title ?? ''),
    description: String(property.description ?? ''),
    isRequired,
    isSecret: property.airbyte_secret === true,
    isHidden,
    ...('default' in property ? { default: property.default } : {}),
    ...(Array.isArray(values) ? { values } : {}),
  };
}

/** The same setting of another alternative: the constants that tell alternatives apart become its values. */
function merge(settings: Map<string, Setting>, setting: Setting): void {
  const key = setting.path.join('.');
  const known = settings.get(key);
  const values = [...(known?.values ?? []), ...(setting.values ?? [])];
  settings.set(key, { ...(known ?? setting), ...(values.length > 0 ? { values } : {}) });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
