import { expect } from 'vitest';

/** Fails where one of the texts is missing or not behind the one before it. */
export function expectOrder(message: string, texts: readonly string[]): void {
  let end = 0;
  for (const text of texts) {
    const at = message.indexOf(text, end);
    expect(at, `${JSON.stringify(text)} in its place in: ${message}`).toBeGreaterThanOrEqual(0);
    end = at + text.length;
  }
}
