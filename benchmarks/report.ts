import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { drawTable } from '../src/cli/draw-table.ts';
import type { Findings, Section } from './section.ts';

/** What the JSON file holds. */
export interface Results {
  readonly machine: Machine;
  /** By the section's name. */
  readonly sections: Record<string, SectionResult>;
}

interface Machine {
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
}

interface SectionResult extends Findings {
  readonly title: string;
  /** Day, UTC. */
  readonly measuredOn: string;
  readonly quick: boolean;
}

export function machineHere(): Machine {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  };
}

/** What people see of a section, with a line break at its end. */
export function printedFindings(title: string, { columns, rows, notes, budgets }: Findings): string {
  const budgetLines = budgets.map(
    ({ what, limit, measured, isMet }) => `${isMet ? '✓' : '✗'} ${what}: ${measured}; budget: ${limit}`,
  );
  return `\n${title}\n\n${[...drawTable(columns, rows), '', ...notes, ...budgetLines].join('\n')}\n`;
}

/** Puts a section's findings into the file; those of other sections stay when they are of the same machine. */
export async function saveFindings(path: string, section: Section, findings: Findings, quick: boolean): Promise<void> {
  const machine = machineHere();
  const earlier = await readFile(path, 'utf8').then(
    (text) => JSON.parse(text) as Results,
    () => undefined,
  );
  const isSameMachine = JSON.stringify(earlier?.machine) === JSON.stringify(machine);
  const results: Results = {
    machine,
    sections: {
      ...(isSameMachine ? earlier?.sections : {}),
      [section.name]: { title: section.title, measuredOn: new Date().toISOString().slice(0, 10), quick, ...findings },
    },
  };
  await writeFile(path, `${JSON.stringify(results, null, 2)}\n`);
}
