/** What may have been meant by a name that is none of these; undefined where nothing is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const [nearest] = nearestNames(name, known);
  return nearest !== undefined && likeness(name, nearest) >= 0.25 ? nearest : undefined;
}

/** The known names, the one most like `name` first. */
export function nearestNames(name: string, known: readonly string[]): string[] {
  const likenesses = new Map(known.map((other) => [other, likeness(name, other)]));
  return [...known].sort((a, b) => (likenesses.get(b) ?? 0) - (likenesses.get(a) ?? 0));
}

/** From 0 to 1: the share of pairs of neighbouring letters that two words have in common (Dice). */
function likeness(a: string, b: string): number {
  const [first, second] = [pairsOf(a), pairsOf(b)];
  const common = [...first].filter((pair) => second.has(pair)).length;
  return (2 * common) / (first.size + second.size || 1);
}

function pairsOf(word: string): Set<string> {
  const letters = word.toLowerCase();
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2)));
}
