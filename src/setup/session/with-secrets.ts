import type { Target } from './collection.ts';
import type { Unsent } from './draft.ts';
import { SECRET_FIELDS, type TargetFields, targetFields } from './read-target.ts';

/** The fields of a target that were given before. */
export interface GivenBefore {
  readonly target: Target | undefined;
  readonly proposed: { readonly kind: string; readonly fields: TargetFields } | undefined;
  readonly unsent: ReadonlyMap<string, Unsent>;
}

/** An empty secret field means the value that was given before: the page never has it to send back. */
export function withSecrets(given: GivenBefore, kind: string, fields: TargetFields): TargetFields {
  const before = { ...fieldsBefore(given, kind), ...(given.target?.kind === kind ? targetFields(given.target) : {}) };
  // A token goes before client id and secret: one that was given before must not.
  const isOther = (name: string) => name === 'token' && Boolean(fields.clientId);
  const kept = Object.fromEntries(
    [...SECRET_FIELDS]
      .filter((name) => !fields[name] && before[name] && !isOther(name))
      .map((name) => [name, before[name]]),
  );
  return { ...fields, ...kept };
}

function fieldsBefore(given: GivenBefore, kind: string): TargetFields {
  const unsent = given.unsent.get('schedule') ?? {};
  const typed = [...SECRET_FIELDS].flatMap((field) => (unsent[field] ? [[field, String(unsent[field])] as const] : []));
  return { ...(given.proposed?.kind === kind ? given.proposed.fields : {}), ...Object.fromEntries(typed) };
}
