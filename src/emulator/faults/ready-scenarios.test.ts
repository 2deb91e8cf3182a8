import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { parseScenarioText, readyScenario, SCENARIO_NAMES } from './scenario.ts';

it('has a file for each name', () => {
  const files = readdirSync(new URL('scenarios/', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'));
  expect(files.sort()).toEqual([...SCENARIO_NAMES].sort());
});

it('names all scenarios when asked for an unknown one', () => {
  expect(() => readyScenario('sunshine')).toThrow(
    /there is none of that name; there are 25-rows-of-26-counted, a-bad-day, /,
  );
});

it('has each scenario in the documentation, with its sentence', () => {
  const documented = readFileSync(new URL('../../../docs/emulator.md', import.meta.url), 'utf8');
  for (const name of SCENARIO_NAMES) {
    expect(documented).toContain(`| \`${name}\` | ${readyScenario(name).description ?? 'no description'} |`);
  }
});

it('is documented with an example that is right', () => {
  const documented = readFileSync(new URL('../../../docs/emulator.md', import.meta.url), 'utf8');
  const example = /```json\n(?<text>.+?)```/s.exec(documented)?.groups?.text ?? '';
  expect(parseScenarioText(example, 'the example').events).toHaveLength(1);
});
