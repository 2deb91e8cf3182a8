import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request and the place for its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly path: string;
  /** Without the question mark, still encoded. */
  readonly query: string;
  readonly body: string;
  /** The name of the process that sent it, from `/client/NAME/` before the path. */
  readonly client: string;
  /** When it came, before anything was read of it; the machine's clock, ms since 1970 with fractions. */
  readonly arrivedMs: number;
}
