import { READY_SCENARIOS } from './ready-scenarios.ts';
import type { Scenario } from './scenario.generated.ts';
import { contradictions } from './scenario-contradictions.ts';
import { mistakeOf } from './scenario-mistake.ts';
import validate from './validate-scenario.generated.js';

/** A scenario that cannot be played: every mistake with its place. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  /** One sentence each, beginning with the place, e.g. `faults[2].when.page`. */
  readonly mistakes: readonly string[];

  constructor(source: string, mistakes: readonly string[]) {
    const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
    super(`${source} has ${count}:\n${mistakes.map((mistake) => `- ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** The names of the ready scenarios. */
export const SCENARIO_NAMES: readonly string[] = Object.keys(READY_SCENARIOS);

/**
 * Checks a whole scenario.
 *
 * @param value  the JSON of a scenario file
 * @param source its name in messages, e.g. the file's name
 * @throws ScenarioError with every mistake
 */
export function parseScenario(value: unknown, source: string): Scenario {
  if (!validate(value)) {
    const found = (validate.errors ?? []).flatMap((error) => mistakeOf(error) ?? []);
    throw new ScenarioError(source, [...new Set(found)]);
  }
  const found = contradictions(value);
  if (found.length > 0) throw new ScenarioError(source, found);
  return value;
}

/**
 * The scenario that the text of a file holds.
 *
 * @throws ScenarioError; for text that is no JSON with line and column
 */
export function parseScenarioText(text: string, source: string): Scenario {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ScenarioError(source, [`${placeOf(text, error)}: the text is no JSON; ${(error as Error).message}.`]);
  }
  return parseScenario(value, source);
}

/**
 * A ready scenario.
 *
 * @throws ScenarioError when there is none of that name, with the names that there are
 */
export function readyScenario(name: string): Scenario {
  const value = READY_SCENARIOS[name];
  if (value === undefined) {
    throw new ScenarioError(`The scenario "${name}"`, [
      `there is none of that name; there are ${SCENARIO_NAMES.join(', ')}.`,
    ]);
  }
  return parseScenario(value, `The scenario "${name}"`);
}

function placeOf(text: string, error: unknown): string {
  const position = /position (\d+)/.exec(String(error))?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
