/** A value as one line of YAML: JSON is YAML, and its quotes leave no date or number to be guessed at. */
export function yamlText(value: unknown): string {
  return JSON.stringify(value);
}
