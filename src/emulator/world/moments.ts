import type { Moment } from '../faults/scenario.generated.ts';

/** Things that happen once, at their number of calls or their instant. */
export class Moments {
  readonly #waiting: { readonly moment: Moment; calls: number }[] = [];
  readonly #now: () => Date;
  readonly #happen: (what: Moment['do']) => void;

  constructor(now: () => Date, happen: (what: Moment['do']) => void) {
    this.#now = now;
    this.#happen = happen;
  }

  add(moment: Moment): void {
    this.#waiting.push({ moment, calls: 0 });
  }

  /** A call has come and is not answered yet: `after_calls: 5` happens before the sixth is looked at. */
  arrived(endpoint: string): void {
    if (this.#waiting.length === 0) return;
    const nowMs = this.#now().getTime();
    for (const waiting of [...this.#waiting]) {
      const { moment } = waiting;
      const due = moment.at === undefined ? waiting.calls >= (moment.after_calls ?? 0) : nowMs >= Date.parse(moment.at);
      if (due) {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        this.#happen(moment.do);
      } else if (moment.endpoint === undefined || strip(moment.endpoint) === strip(endpoint)) {
        waiting.calls++;
      }
    }
  }
}

const strip = (path: string): string => path.replace(/^\/|\/$/g, '');
