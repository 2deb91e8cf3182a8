// TikTok's text of a number as a number in JSON. Copying the digits is exact, for money and for counts of 19 digits, and
// cheaper than to make a float and print it.

const JSON_INTEGER = /^-?(?:0|[1-9]\d{0,15})$/;
const JSON_DECIMAL = /^-?(?:0|[1-9]\d{0,15})\.\d{1,9}$/;
const WHOLE_WITH_POINT = /^(-?(?:0|[1-9]\d{0,15}))\.0+$/;
const ANY_INTEGER = /^[+-]?\d+(?:\.0*)?$/;
const ANY_DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The JSON text of a number, digits kept; nothing when the text is no finite number. */
export function decimalText(text: string): string | undefined {
  if (JSON_DECIMAL.test(text) || JSON_INTEGER.test(text)) return text;
  if (!ANY_DECIMAL.test(text)) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  // A long plain number keeps its digits; a float would round them.
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) ? text : String(value);
}

/** The JSON text of a whole number (`"12.0"` is 12); nothing when the text is none. */
export function integerText(text: string): string | undefined {
  if (JSON_INTEGER.test(text)) return text;
  const whole = WHOLE_WITH_POINT.exec(text);
  if (whole) return whole[1];
  if (ANY_INTEGER.test(text)) {
    const digits = BigInt(text.replace(/\.0*$/, '').replace(/^\+/, ''));
    // What a 64-bit column cannot hold would fail the whole load at the destination.
    return BigInt.asIntN(64, digits) === digits ? String(digits) : undefined;
  }
  if (!ANY_DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? String(value) : undefined;
}
