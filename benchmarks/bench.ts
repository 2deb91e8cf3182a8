import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { adsSection } from './ads-section.ts';
import { agencySection } from './agency-section.ts';
import { callsSection } from './calls-section.ts';
import { memorySection } from './memory-section.ts';
import { peersSection } from './peers-section.ts';
import { profileSection } from './profile-section.ts';
import { quotaSection } from './quota-section.ts';
import { loadHere, machineHere, printedFindings, saveFindings } from './report.ts';
import type { Bench, Programs, Section } from './section.ts';
import { slowReaderSection } from './slow-reader-section.ts';
import { startSection } from './start-section.ts';
import { stateSection } from './state-section.ts';
import { syncSection } from './sync-section.ts';
import { throughputSection } from './throughput-section.ts';
import { makeWorkFolder } from './work-folder.ts';

const SECTIONS: readonly Section[] = [
  startSection,
  throughputSection,
  profileSection,
  memorySection,
  adsSection,
  slowReaderSection,
  quotaSection,
  agencySection,
  callsSection,
  stateSection,
  syncSection,
  peersSection,
];

/** Sections that need Python and a package index: measured when they are asked for. */
const EXTRA = ['sync', 'peers'];

const HELP = `npm run bench [-- OPTIONS]

  --quick         shorter and noisier; leaves benchmarks/results.json alone
  --only NAMES    some sections, with commas: ${SECTIONS.map(({ name }) => name).join(', ')}
  --rows N        memory is measured up to so many rows, default 1000000; 10000000 takes some ten minutes
  --peers         measures two other TikTok connectors, too; needs Python 3.10, 3.11 or 3.12 and a package index
  --output FILE   where the figures go, default benchmarks/results.json`;

/**
 * Runs the benchmarks one after the other, prints a table for each and puts the figures into a file.
 *
 * @returns the exit code: 0 when everything could be measured, whatever the figures say
 */
export async function bench({
  args,
  root,
  programs,
}: {
  readonly args: readonly string[];
  readonly root: string;
  readonly programs: Programs;
}): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
      only: { type: 'string' },
      rows: { type: 'string', default: '1000000' },
      output: { type: 'string' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const wanted = values.only?.split(',') ?? SECTIONS.map(({ name }) => name).filter((name) => !EXTRA.includes(name));
  if (values.peers && !wanted.includes('peers')) wanted.push('peers');
  const unknown = wanted.filter((name) => !SECTIONS.some((section) => section.name === name));
  const rowsMax = Number(values.rows);
  if (unknown.length > 0 || !(rowsMax >= 10_000)) {
    console.error(
      unknown.length > 0 ? `There is no section ${unknown.join(', ')}.` : '--rows expects a number from 10000 on.',
    );
    console.error(HELP);
    return 2;
  }
  const output = resolve(
    root,
    values.output ?? (values.quick ? '.cache/benchmarks/quick.json' : 'benchmarks/results.json'),
  );
  const folder = await makeWorkFolder();
  const context: Bench = {
    programs,
    root,
    quick: values.quick,
    rowsMax,
    folder,
    say: (text) => console.error(text),
  };
  const { cpu, cores, memoryGigabytes, node } = machineHere();
  console.log(`Node ${node}, ${cores} × ${cpu}, ${memoryGigabytes} GiB`);
  let exitCode = 0;
  try {
    for (const section of SECTIONS.filter(({ name }) => wanted.includes(name))) {
      const load = loadHere();
      console.error(`${section.title} …${load > 1 ? ` (other work keeps this machine busy: load ${load})` : ''}`);
      try {
        const findings = await section.measure(context);
        console.log(printedFindings(section.title, findings));
        await saveFindings(output, section, findings, { quick: values.quick, load });
      } catch (error) {
        console.error(
          `${section.title} could not be measured: ${error instanceof Error ? error.stack : String(error)}`,
        );
        exitCode = 1;
      }
    }
  } finally {
    await folder.remove();
  }
  console.log(`\nFigures: ${output}`);
  return exitCode;
}
