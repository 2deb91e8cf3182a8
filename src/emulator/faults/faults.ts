import type { CallFacts } from '../http/call-facts.ts';
import { parseDay } from '../world/calendar.ts';
import { hash, unit } from '../world/random.ts';
import type { Effect, Fault, Selector } from './scenario.generated.ts';

/** A fault in force, and how often it was applied. */
export interface ArmedFault {
  readonly name: string;
  readonly fault: Fault;
  /** How often it was applied. */
  readonly hits: number;
  /** How often it will still applied; undefined: without an end. */
  readonly left: number | undefined;
  disarm(): void;
}

/** The effects of all faults that match a call. Where two set the same effect, the one armed first wins. */
export interface AppliedFaults {
  readonly effect: Effect;
  readonly names: readonly string[];
}

const NONE_APPLY: AppliedFaults = { effect: {}, names: [] };

/** How many signatures of requests are kept for `repeated`; the oldest are dropped first. */
const SIGNATURES_MAX = 100_000;

/** The armed faults of an emulator. */
export class Faults {
  readonly #armed: Armed[] = [];
  readonly #seed: number;
  /** `#2` → the id of the second account. */
  readonly #idOf: (advertiser: string) => string;

  constructor(seed: number, idOf: (advertiser: string) => string) {
    this.#seed = seed;
    this.#idOf = idOf;
  }

  arm(fault: Fault): ArmedFault {
    const number = this.#armed.length;
    const armed = new Armed(fault, fault.name ?? nameOf(fault), hash(this.#seed ^ 0xfa017, number), this.#idOf, () => {
      const place = this.#armed.indexOf(armed);
      if (place >= 0) this.#armed.splice(place, 1);
    });
    this.#armed.push(armed);
    return armed;
  }

  list(): readonly ArmedFault[] {
    return this.#armed;
  }

  /** The faults that apply to this call, which counts as one of their calls. */
  apply(call: CallFacts, now: Date): AppliedFaults {
    if (this.#armed.length === 0) return NONE_APPLY;
    let applied = NONE_APPLY;
    for (const armed of this.#armed) {
      if (!armed.applies(call, now)) continue;
      applied = { effect: { ...armed.fault.then, ...applied.effect }, names: [...applied.names, armed.name] };
    }
    return applied;
  }
}

class Armed implements ArmedFault {
  readonly name: string;
  readonly fault: Fault;
  hits = 0;
  readonly disarm: () => void;
  #calls = 0;
  readonly #seed: number;
  readonly #advertisers: ReadonlySet<string> | undefined;
  readonly #signatures = new Map<string, number>();

  constructor(fault: Fault, name: string, seed: number, idOf: (advertiser: string) => string, disarm: () => void) {
    this.fault = fault;
    this.name = name;
    this.disarm = disarm;
    this.#seed = seed;
    this.#advertisers = fault.when?.advertisers && new Set(fault.when.advertisers.map(idOf));
  }

  get left(): number | undefined {
    return this.fault.times === undefined ? undefined : this.fault.times - this.hits;
  }

  applies(call: CallFacts, now: Date): boolean {
    const { when = {}, times, probability } = this.fault;
    if (!this.#concerns(when, call, now)) return false;
    if (when.repeated !== undefined && this.#countOf(call.signature) > when.repeated) return false;
    this.#calls++;
    const { from = 1, to = Number.POSITIVE_INFINITY, every = 1 } = when.calls ?? {};
    if (this.#calls < from || this.#calls > to || (this.#calls - from) % every !== 0) return false;
    if (times !== undefined && this.hits >= times) return false;
    if (probability !== undefined && unit(hash(this.#seed, this.#calls)) >= probability) return false;
    this.hits++;
    return true;
  }

  #concerns(when: Selector, call: CallFacts, now: Date): boolean {
    if (when.endpoint !== undefined && trimmed(when.endpoint) !== trimmed(call.endpoint)) return false;
    const advertisers = this.#advertisers;
    if (advertisers && !call.advertiserIds.some((id) => advertisers.has(id))) return false;
    if (when.days && !touches(when.days, call)) return false;
    if (when.days_above !== undefined && !(call.days !== undefined && call.days > when.days_above)) return false;
    if (when.page !== undefined && call.page !== when.page) return false;
    if (when.report_type !== undefined && call.reportType !== when.report_type) return false;
    if (when.data_level !== undefined && call.dataLevel !== when.data_level) return false;
    if (when.campaign_filter !== undefined && (call.campaigns !== undefined) !== when.campaign_filter) return false;
    if (when.campaigns_above !== undefined && (call.campaigns ?? 0) <= when.campaigns_above) return false;
    if (when.clock?.from !== undefined && now.getTime() < Date.parse(when.clock.from)) return false;
    return !(when.clock?.to !== undefined && now.getTime() >= Date.parse(when.clock.to));
  }

  #countOf(signature: string): number {
    const count = (this.#signatures.get(signature) ?? 0) + 1;
    this.#signatures.set(signature, count);
    const [oldest] = this.#signatures.keys();
    if (this.#signatures.size > SIGNATURES_MAX && oldest !== undefined) this.#signatures.delete(oldest);
    return count;
  }
}

function touches(days: NonNullable<Selector['days']>, call: CallFacts): boolean {
  if (call.from === undefined || call.to === undefined) return false;
  const from = days.from === undefined ? Number.NEGATIVE_INFINITY : (parseDay(days.from) ?? 0);
  const to = days.to === undefined ? Number.POSITIVE_INFINITY : (parseDay(days.to) ?? 0);
  return call.from <= to && call.to >= from;
}

const trimmed = (path: string): string => path.replace(/^\/|\/$/g, '');

function nameOf(fault: Fault): string {
  return Object.entries(fault.then)
    .map(([key, value]) => (typeof value === 'object' ? key : `${key} ${String(value)}`))
    .join(', ');
}
