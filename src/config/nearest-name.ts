import { likeness } from './likeness.ts';

/** What may have been meant by a name that is none of these; undefined where nothing is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((other) => ({ other, likeness: likeness(name, other) }))
    .sort((a, b) => b.likeness - a.likeness);
  return nearest && nearest.likeness >= 0.25 ? nearest.other : undefined;
}
