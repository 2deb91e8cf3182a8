import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { drawTable } from '../src/terminal/draw-table.ts';
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
  /** Processes that wanted a processor before it began, mean of a minute: other work makes figures worse. */
  readonly load: number;
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

/** Processes that want a processor here, mean of the last minute. */
export function loadHere(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10;
}

/** Puts a section's findings into the file; those of other sections stay when they are of the same machine. */
export async function saveFindings(
  path: string,
  { name, title }: Section,
  findings: Findings,
  circumstances: Pick<SectionResult, 'quick' | 'load'>,
): Promise<void> {
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
      [name]: { title, measuredOn: new Date().toISOString().slice(0, 10), ...circumstances, ...findings },
    },
  };
  await writeFile(path, `${JSON.stringify(results, null, 2)}\n`);
}
