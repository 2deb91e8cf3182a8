import type { TableColumn } from '../src/terminal/draw-table.ts';
import type { WorkFolder } from './work-folder.ts';

/** The programs that are measured, and those that measure: paths. */
export interface Programs {
  readonly source: string;
  readonly tap: string;
  /** The source in one file, for a profile. */
  readonly profiled: string;
  readonly floor: string;
  readonly emulator: string;
  readonly usageReporter: string;
}

/** What a section needs to measure. */
export interface Bench {
  readonly programs: Programs;
  readonly root: string;
  /** Shorter, and therefore noisier. */
  readonly quick: boolean;
  /** Memory is measured up to so many rows. */
  readonly rowsMax: number;
  readonly folder: WorkFolder;
  /** Says what is going on, on stderr. */
  readonly say: (text: string) => void;
}

/** A budget of the project and the number measured for it. */
export interface Budget {
  readonly what: string;
  readonly limit: string;
  readonly measured: string;
  readonly isMet: boolean;
}

/** What a section found: a table for people, the figures behind it for programs. */
export interface Findings {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
  readonly budgets: readonly Budget[];
  readonly figures: unknown;
}

/** One thing that is measured. */
export interface Section {
  /** For `--only` and the JSON file. */
  readonly name: string;
  readonly title: string;
  measure(bench: Bench): Promise<Findings>;
}
