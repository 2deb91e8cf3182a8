/** One record of `campaign_daily`, as it was printed. */
export type Row = Readonly<Record<string, string | number | null>>;

/** How a read changed the table. */
export interface Difference {
  readonly added: readonly Row[];
  readonly unchanged: number;
  /** Rows that were there already, with other figures. */
  readonly changed: readonly { readonly before: Row; readonly after: Row; readonly columns: readonly string[] }[];
}

/** The table that a destination keeps: one row for each date and campaign, the one that came last. */
export class CampaignTable {
  readonly #rows = new Map<string, Row>();

  get rows(): Row[] {
    return [...this.#rows.values()];
  }

  /** Adds the records of one read and returns what they changed. */
  upsert(records: readonly Row[]): Difference {
    const added: Row[] = [];
    const changed: Difference['changed'][number][] = [];
    let unchanged = 0;
    for (const after of records) {
      const key = `${after.date}/${after.campaign_id}`;
      const before = this.#rows.get(key);
      this.#rows.set(key, after);
      if (!before) {
        added.push(after);
        continue;
      }
      const columns = Object.keys(after).filter((column) => after[column] !== before[column]);
      if (columns.length > 0) changed.push({ before, after, columns });
      else unchanged += 1;
    }
    return { added, unchanged, changed };
  }

  /** How many of the expected rows are absent or have other figures, and how many rows are not expected. */
  differencesFrom(
    expected: Iterable<{ readonly date: string; readonly campaign_id: string; readonly values: Row }>,
  ): number {
    let wrong = 0;
    let right = 0;
    for (const { date, campaign_id: campaignId, values } of expected) {
      const row = this.#rows.get(`${date}/${campaignId}`);
      if (row && Object.keys(values).every((column) => row[column] === values[column])) right += 1;
      else wrong += 1;
    }
    return wrong + Math.max(0, this.#rows.size - right - wrong);
  }
}
