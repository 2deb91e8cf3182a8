import { badParameter, missing, notAcceptable } from './refusal.ts';

/** Parameters of a call: texts of a query string, or the JSON values of a body. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Largest id that the gateway's int64 holds. */
const INT64_MAX = 9_223_372_036_854_775_807n;

/** A text, unchanged; undefined when absent or empty. */
export function text(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw badParameter(`${name}: Not a valid string.`);
  return value;
}

export function requiredText(parameters: Parameters, name: string): string {
  const value = text(parameters, name);
  if (value === undefined) throw missing(name);
  return value;
}

/** One of an enum; strict, case counts. */
export function oneOf<T extends string>(parameters: Parameters, name: string, allowed: readonly T[]): T | undefined {
  const value = text(parameters, name);
  if (value === undefined) return undefined;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw notAcceptable(name, allowed);
  return found;
}

/** `true`/`false`, also with Python's capitals, which TikTok's own SDK sends. */
export function flag(parameters: Parameters, name: string): boolean {
  const value = parameters[name];
  if (value === undefined || value === '' || value === false || value === 'false' || value === 'False') return false;
  if (value === true || value === 'true' || value === 'True') return true;
  throw badParameter(`${name}: Not a valid boolean.`);
}

export function integer(
  parameters: Parameters,
  name: string,
  { min, max, otherwise }: { min: number; max: number; otherwise: number },
): number {
  const value = parameters[name];
  if (value === undefined || value === '') return otherwise;
  const number = typeof value === 'number' ? value : /^-?\d+$/.test(String(value)) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw badParameter(`${name}: Not a valid integer.`);
  if (number < min || number > max) throw badParameter(`${name}: Must be between ${min} and ${max}.`);
  return number;
}

/** An id: a text of digits that fits int64. */
export function id(name: string, value: unknown): string {
  if (typeof value !== 'string' || !/^\d{1,19}$/.test(value) || BigInt(value) > INT64_MAX) {
    throw badParameter(`${name}: Not a valid integer.`);
  }
  return value;
}

/** A parameter whose value is JSON text in a query, and JSON in a body. */
export function json(parameters: Parameters, name: string): unknown {
  const value = parameters[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') return value;
  return parseJson(name, value);
}

/** The JSON of a text; whitespace of any kind is fine. */
export function parseJson(name: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw badParameter(`${name}: Not a valid JSON.`);
  }
}

/** A list of texts; a single text is not taken for a list, a number not for a text. */
export function list(parameters: Parameters, name: string): string[] | undefined {
  const value = json(parameters, name);
  if (value === undefined) return undefined;
  return textsOf(name, value);
}

export function textsOf(name: string, value: unknown): string[] {
  if (!Array.isArray(value)) throw badParameter(`${name}: Not a valid list.`);
  return value.map((item: unknown) => {
    if (typeof item !== 'string') throw badParameter(`${name}: Not a valid string.`);
    return item;
  });
}
