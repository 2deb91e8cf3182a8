/** How far a load is, as far as it is known. */
export interface LoadProgress {
  /** Of this run. */
  readonly rows: number;
  readonly windows?: { readonly done: number; readonly total: number };
  /** In words, for instance `12 min`. */
  readonly timeLeft?: string;
  /** How many have brought rows, of how many. */
  readonly advertisers?: { readonly begun: number; readonly all: number };
  /** Of the rows so far, by currency; empty where it cannot be seen. */
  readonly spend: readonly Money[];
  /** Why nothing moves yet, in a sentence. */
  readonly waiting?: string;
  /** What was said last; newest last. */
  readonly lines: readonly string[];
}

/** `currency` is empty where TikTok does not tell it. */
export interface Money {
  readonly currency: string;
  readonly amount: number;
}

const LINES_MAX = 50;

/** Puts together what a load tells bit by bit. */
export class ProgressOfLoad {
  #rows = 0;
  #windows: LoadProgress['windows'];
  #timeLeft: string | undefined;
  #advertisers = 0;
  readonly #begun = new Set<string>();
  readonly #spend = new Map<string, number>();
  #lines: string[] = [];
  #waiting: string | undefined;
  /** Called with every change. */
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get now(): LoadProgress {
    return {
      rows: this.#rows,
      ...(this.#windows ? { windows: this.#windows } : {}),
      ...(this.#timeLeft === undefined ? {} : { timeLeft: this.#timeLeft }),
      ...(this.#advertisers > 0 ? { advertisers: { begun: this.#begun.size, all: this.#advertisers } } : {}),
      spend: [...this.#spend].map(([currency, amount]) => ({ currency, amount })),
      ...(this.#waiting === undefined ? {} : { waiting: this.#waiting }),
      lines: this.#lines,
    };
  }

  /** A row; `spend` absent where its table is not the one whose spend is summed. */
  addRow({ advertiserId, currency, spend }: { advertiserId: string; currency: string; spend?: number }): void {
    this.#rows += 1;
    this.#begun.add(advertiserId);
    if (spend !== undefined) this.#spend.set(currency, (this.#spend.get(currency) ?? 0) + spend);
    this.#onChange();
  }

  /** Something has to end before anything moves; undefined when it has. */
  waits(reason: string | undefined): void {
    this.#waiting = reason;
    if (reason !== undefined) this.say(reason);
    else this.#onChange();
  }

  planned(advertisers: number, windows: number, timeLeft: string): void {
    this.#advertisers = advertisers;
    this.reached({ done: 0, total: windows }, timeLeft);
  }

  /** @param rows absent: those that were added one by one */
  reached(windows: { readonly done: number; readonly total: number }, timeLeft: string, rows?: number): void {
    this.#windows = windows;
    this.#timeLeft = timeLeft;
    if (rows !== undefined) this.#rows = rows;
    this.#onChange();
  }

  /** What another program counts; it does not pass by here. */
  counted(rows: number): void {
    this.#rows = rows;
    this.#onChange();
  }

  say(line: string): void {
    this.#lines = [...this.#lines, line].slice(-LINES_MAX);
    this.#onChange();
  }

  /** The lines of the programs say how far they are in these words. */
  readLine(line: string, { countsRows }: { readonly countsRows: boolean }): void {
    const planned = /To read: ([\d,]+) windows? of ([\d,]+) advertisers?, .*about (.+?) at this quota/.exec(line);
    if (planned) {
      const [, windows = '', advertisers = '', timeLeft = ''] = planned;
      this.planned(numberIn(advertisers), numberIn(windows), timeLeft);
    }
    const reached = /(\d+) records, (\d+) of (\d+) windows, \d+ requests; about (.+?) left/.exec(line);
    if (reached) {
      const [, rows, done, total, timeLeft = ''] = reached;
      this.reached({ done: Number(done), total: Number(total) }, timeLeft, countsRows ? undefined : Number(rows));
    }
    this.say(line);
  }
}

/** @param text such as 1,200 */
function numberIn(text: string): number {
  return Number(text.replaceAll(',', ''));
}
