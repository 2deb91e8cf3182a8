import type { CallFacts } from './call-facts.ts';
import type { Parameters } from './parameters.ts';

/** One request as the emulator saw it. */
export interface RequestLogEntry {
  /** Counts from 1. */
  readonly number: number;
  /** The emulator's clock when it came. */
  readonly at: Date;
  /** The name of the process that sent it; see `Emulator.apiUrlFor`. */
  readonly client: string;
  /** When it came, by the machine's clock: ms since 1970 with fractions. */
  readonly arrivedMs: number;
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** Query or body; JSON in a query is decoded. `secret` and tokens are left out. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly advertiserId?: string;
  /** The envelope's code; absent when the answer had no envelope. */
  readonly code?: number;
  /** 0 when the connection was reset or the client gave up. */
  readonly httpStatus: number;
  /** Names of the faults that changed its answer. */
  readonly fault?: string;
}

/** The newest requests, and counts of all. */
export class RequestLog {
  /** Oldest first; at most `max`. */
  readonly entries: RequestLogEntry[] = [];
  /** All since the start. */
  count = 0;
  /** All since the start, by the envelope's code. */
  readonly countByCode = new Map<number, number>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  add({
    at,
    client,
    arrivedMs,
    method,
    path,
    parameters,
    facts,
    code,
    httpStatus,
    fault,
  }: {
    readonly at: Date;
    readonly client: string;
    readonly arrivedMs: number;
    readonly method: string;
    readonly path: string;
    readonly parameters: Parameters;
    readonly facts?: CallFacts | undefined;
    readonly code?: number | undefined;
    readonly httpStatus: number;
    readonly fault?: string | undefined;
  }): void {
    this.count++;
    if (code !== undefined) this.countByCode.set(code, (this.countByCode.get(code) ?? 0) + 1);
    if (this.#max === 0) return;
    const advertiserId = facts?.advertiserIds.length === 1 ? facts.advertiserIds[0] : undefined;
    this.entries.push({
      number: this.count,
      at,
      client,
      arrivedMs,
      method,
      path,
      params: decoded(parameters),
      ...(advertiserId === undefined ? {} : { advertiserId }),
      ...(code === undefined ? {} : { code }),
      httpStatus,
      ...(fault ? { fault } : {}),
    });
    // Removed in blocks: moving the whole array for each request would cost more than the request.
    if (this.entries.length >= this.#max * 1.25) this.entries.splice(0, this.entries.length - this.#max);
  }
}

const SECRET = /secret|token|auth_code/;

function decoded(parameters: Parameters): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      if (SECRET.test(name)) return [name, '***'];
      if (typeof value !== 'string' || !/^[[{]/.test(value)) return [name, value];
      try {
        return [name, JSON.parse(value) as unknown];
      } catch {
        return [name, value];
      }
    }),
  );
}
