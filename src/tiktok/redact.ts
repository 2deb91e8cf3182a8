/** What stands where a secret stood. */
const MARK = '***';

/** Shorter secrets are replaced only where they stand alone: a four-digit app id would otherwise cut dates and ids. */
const LENGTH_FREE = 8;

/**
 * A function that replaces every secret in a text by `***`: as it is, percent-encoded (both spellings of a space, any
 * case of the hex digits), escaped as in JSON, and as base64 or base64url wherever it stands in the encoded text's
 * beginning. Empty secrets are ignored.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(secrets.flatMap(formsOf));
  if (forms.size === 0) return (text) => text;
  const pattern = [...forms]
    .sort((a, b) => b.length - a.length) // The longest first: a secret may contain another.
    .map((form) => {
      const escaped = form
        .replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
        .replace(/%[0-9A-Fa-f]{2}/g, (hex) => `%${[...hex.slice(1)].map(eitherCase).join('')}`);
      return form.length < LENGTH_FREE ? `(?<![A-Za-z0-9_])${escaped}(?![A-Za-z0-9_])` : escaped;
    })
    .join('|');
  const expression = new RegExp(pattern, 'g');
  return (text) => text.replace(expression, MARK);
}

function formsOf(secret: string): string[] {
  if (secret === '') return [];
  const forms = [secret, JSON.stringify(secret).slice(1, -1)];
  const percent = percentEncoded(secret);
  forms.push(percent, percent.replaceAll('%20', '+'), percentEncoded(percent));
  for (const encoding of ['base64', 'base64url'] as const) {
    const encoded = Buffer.from(secret).toString(encoding).replace(/=+$/, '');
    if (encoded.length >= LENGTH_FREE) forms.push(encoded);
  }
  return forms;
}

function percentEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text; // A lone surrogate has no encoding.
  }
}

function eitherCase(digit: string): string {
  return /[a-f]/i.test(digit) ? `[${digit.toLowerCase()}${digit.toUpperCase()}]` : digit;
}
