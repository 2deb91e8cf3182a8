import type { Shard } from '../config/shard.ts';
import type { StreamRecord } from '../sync/events.ts';
import type { CoverageByAdvertiser } from '../sync/state.ts';
import { type Engine, type FoundColumn, literal, type NumberType, quoted } from './engine.ts';
import { LoadError, type LoadFailure } from './load-error.ts';
import { RunTable } from './run-table.ts';
import { StateTable } from './state-table.ts';
import type { TableColumn, TableShape } from './table.ts';
import { differences } from './table-differences.ts';

/** The coverage of some advertisers in a table, before and after a commit. */
interface CoverageChange {
  readonly table: TableShape;
  readonly from: CoverageByAdvertiser;
  readonly to: CoverageByAdvertiser;
}

/** How many rows are staged at most. More are merged into the tables even when their window is not complete yet. */
const MERGE_ROWS = 20_000;

/**
 * The tables of a database and the state that says what they hold. Rows and the states that belong to them become
 * visible together, because each commit is one transaction.
 */
export class Warehouse {
  readonly states: StateTable;
  readonly runs: RunTable;
  readonly #engine: Engine;
  readonly #numbers: NumberType;
  readonly #staged = new Map<TableShape, number>();
  #isOpen = false;

  /** @param options `numbers`: the type of new columns for rates and money; existing columns keep theirs */
  constructor(engine: Engine, { numbers, shard }: { numbers: NumberType; shard: Shard | undefined }) {
    this.#engine = engine;
    this.#numbers = numbers;
    this.states = new StateTable(engine);
    this.runs = new RunTable(engine, shard);
  }

  get place(): string {
    return this.#engine.place;
  }

  /**
   * Prepares the tables: creates those that do not exist and adds columns that they lack.
   *
   * @returns the created tables that had been loaded before and were dropped since; their states are removed
   * @throws LoadError with all differences when a table cannot take its rows; then nothing was written
   */
  async prepare(tables: readonly TableShape[]): Promise<readonly TableShape[]> {
    const lost: TableShape[] = [];
    await this.#transaction(async () => {
      await this.#engine.excludeOthers();
      const found = new Map<TableShape, readonly FoundColumn[] | undefined>();
      for (const table of tables) found.set(table, await this.#engine.columnsOf(table.name));
      await this.#checkColumns(found);
      await this.states.create();
      await this.runs.create();
      for (const [table, columns] of found) {
        if (columns) await this.#addColumns(table, new Set(columns.map(({ name }) => name)));
        else {
          await this.#create(table);
          if (await this.states.remove(table.name)) lost.push(table);
        }
      }
    });
    for (const table of tables) await this.#engine.open(table);
    return lost;
  }

  /** Whether a table with this name exists. */
  async has(table: string): Promise<boolean> {
    return (await this.#engine.columnsOf(table)) !== undefined;
  }

  /** @throws LoadError when something keeps the table from being replaced by another */
  async checkReplaceable(table: TableShape): Promise<void> {
    if (!(await this.has(table.name))) return;
    const obstacles = await this.#engine.obstacles(table, { replaced: true });
    if (obstacles.length > 0) throw new LoadError(this.#refusal(table, obstacles));
  }

  async drop(table: TableShape): Promise<void> {
    await this.#engine.query(`DROP TABLE IF EXISTS ${this.#engine.named(table.name)}`);
  }

  /** Stages records; they are in the table after the next commit. */
  async add(table: TableShape, records: readonly StreamRecord[]): Promise<void> {
    await this.#engine.stage(table, records);
    const staged = (this.#staged.get(table) ?? 0) + records.length;
    this.#staged.set(table, staged);
    if (staged >= MERGE_ROWS) await this.#merge(table);
  }

  /** Commits all staged records to their tables, together with the states. */
  async commit(states: readonly CoverageChange[]): Promise<void> {
    for (const table of this.#staged.keys()) await this.#merge(table);
    await this.#begin();
    for (const { table, ...change } of states) await this.states.write(table.name, change);
    await this.#engine.query('COMMIT');
    this.#isOpen = false;
  }

  /** Discards what was not committed. */
  async rollBack(): Promise<void> {
    if (this.#isOpen) await this.#engine.query('ROLLBACK');
    this.#isOpen = false;
  }

  /** Replaces tables by others, with their states, in one transaction. */
  async replace(pairs: readonly { readonly to: TableShape; readonly from: TableShape }[]): Promise<void> {
    await this.#transaction(async () => {
      for (const { to, from } of pairs) {
        await this.#engine.replace(to.name, from.name);
        await this.states.move(from.name, to.name);
        await this.runs.move(from.name, to.name);
      }
    });
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }

  async #merge(table: TableShape): Promise<void> {
    if (!this.#staged.get(table)) return;
    await this.#begin();
    await this.#engine.merge(table);
    this.#staged.set(table, 0);
  }

  async #begin(): Promise<void> {
    if (this.#isOpen) return;
    await this.#engine.query('BEGIN');
    this.#isOpen = true;
  }

  async #transaction(work: () => Promise<void>): Promise<void> {
    await this.#engine.query('BEGIN');
    try {
      await work();
      await this.#engine.query('COMMIT');
    } catch (error) {
      await this.#engine.query('ROLLBACK').catch(() => {}); // The first error says more than a failed rollback.
      throw error;
    }
  }

  async #checkColumns(found: ReadonlyMap<TableShape, readonly FoundColumn[] | undefined>): Promise<void> {
    const failures: LoadFailure[] = [];
    for (const [table, columns] of found) {
      if (!columns) continue;
      const all = [
        ...differences(table, columns, this.#engine.holds),
        ...(await this.#engine.obstacles(table, { replaced: false })),
      ];
      if (all.length > 0) failures.push(this.#refusal(table, all));
    }
    if (failures.length > 0) throw new LoadError(failures);
  }

  async #create(table: TableShape): Promise<void> {
    const { declaresKey } = this.#engine;
    const columns = table.columns.map((column) => `${this.#declared(column)}${column.isKey ? ' NOT NULL' : ''}`);
    const key = declaresKey ? [`PRIMARY KEY (${table.key.map(quoted).join(', ')})`] : [];
    await this.#engine.query(`CREATE TABLE ${this.#engine.named(table.name)} (${[...columns, ...key].join(', ')})`);
    for (const column of table.columns) await this.#describe(table, column);
  }

  async #addColumns(table: TableShape, present: ReadonlySet<string>): Promise<void> {
    for (const column of table.columns.filter(({ name }) => !present.has(name))) {
      await this.#engine.query(`ALTER TABLE ${this.#engine.named(table.name)} ADD COLUMN ${this.#declared(column)}`);
      await this.#describe(table, column);
    }
  }

  #declared(column: TableColumn): string {
    return `${quoted(column.name)} ${this.#engine.typeOf(column, this.#numbers)}`;
  }

  async #describe(table: TableShape, { name, description }: TableColumn): Promise<void> {
    const column = `${this.#engine.named(table.name)}.${quoted(name)}`;
    await this.#engine.query(`COMMENT ON COLUMN ${column} IS ${literal(description)}`);
  }

  #refusal({ name }: TableShape, differing: readonly string[]): LoadFailure {
    return {
      meaning: 'A table cannot take the rows as it is, and nothing was written.',
      advice: 'Change it back, or let --refresh make a new one in its place.',
      evidence: `The table ${name} (${this.place}): ${differing.join('; ')}.`,
    };
  }
}
