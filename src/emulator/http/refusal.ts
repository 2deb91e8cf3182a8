/** A refusal by the API: HTTP 200, `code` not 0, `data` empty. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A parameter is wrong (40002). The caller gives the whole text, as TikTok's messages have no common form. */
export function badParameter(message: string): Refusal {
  return new Refusal(40002, message);
}

/** A value outside its enum, in the API's words. */
export function notAcceptable(name: string, allowed: readonly string[]): Refusal {
  return badParameter(`${name}: one or more value of the param is not acceptable, correct is ${pythonList(allowed)}`);
}

export function missing(...names: readonly string[]): Refusal {
  return badParameter(`Missing required field(s): ${names.join(', ')}.`);
}

export function noPermission(advertiserId: string): Refusal {
  return new Refusal(40001, `No permission to operate advertiser: ${advertiserId}`);
}

/** Lists in the API's messages look like Python's. */
export function pythonList(values: readonly string[]): string {
  return `[${values.map((value) => `'${value}'`).join(', ')}]`;
}
