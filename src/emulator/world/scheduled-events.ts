import type { ScheduledEvent } from '../faults/scenario.generated.ts';

/** Events that happen once, after a number of calls or at an instant. */
export class ScheduledEvents {
  readonly #waiting: { readonly event: ScheduledEvent; calls: number }[] = [];
  readonly #now: () => Date;
  readonly #happen: (what: ScheduledEvent['do']) => void;

  constructor(now: () => Date, happen: (what: ScheduledEvent['do']) => void) {
    this.#now = now;
    this.#happen = happen;
  }

  add(event: ScheduledEvent): void {
    this.#waiting.push({ event, calls: 0 });
  }

  /** A call has come and is not answered yet: `after_calls: 5` happens before the sixth is looked at. */
  arrived(endpoint: string): void {
    if (this.#waiting.length === 0) return;
    const nowMs = this.#now().getTime();
    for (const waiting of [...this.#waiting]) {
      const { event } = waiting;
      const due = event.at === undefined ? waiting.calls >= (event.after_calls ?? 0) : nowMs >= Date.parse(event.at);
      if (due) {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        this.#happen(event.do);
      } else if (event.endpoint === undefined || strip(event.endpoint) === strip(endpoint)) {
        waiting.calls++;
      }
    }
  }
}

const strip = (path: string): string => path.replace(/^\/|\/$/g, '');
