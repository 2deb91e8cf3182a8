import script from './status/status.client.js?raw';
import style from './status/status.css?raw';
import page from './status/status.html?raw';

/** Everything that the status page shows, as `GET /emulator/status.json` answers it. */
export interface EmulatorStatus {
  /** Base URL of the API, ends in a slash. */
  readonly apiUrl: string;
  /** The emulator's clock, ISO 8601 in UTC. */
  readonly now: string;
  /** A connector configuration that reads this emulator; its credentials are the emulator's own, and no other server accepts them. */
  readonly config: unknown;
  /** How many accounts there are; `accounts` may hold fewer. */
  readonly accountCount: number;
  readonly accounts: readonly StatusAccount[];
  /** Requests since the start; `requests` holds the newest, newest first. */
  readonly requestCount: number;
  readonly requests: readonly StatusRequest[];
  readonly faults: readonly StatusFault[];
  readonly tokenRevoked: boolean;
  /** The faults that a button of the page arms, by the key that `POST /emulator/faults` takes. */
  readonly buttons: readonly { readonly key: string; readonly label: string }[];
}

export interface StatusAccount {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timezone: string;
  readonly status: string;
  /** The account's own day at the emulator's now. */
  readonly today: string;
  readonly campaigns: number;
}

export interface StatusRequest {
  /** Counts from 1. */
  readonly number: number;
  /** The emulator's clock when it came, ISO 8601. */
  readonly at: string;
  readonly method: string;
  /** Path without the query: a query may carry an app's secret. */
  readonly path: string;
  readonly advertiserId?: string;
  readonly httpStatus: number;
  /** The envelope's code; absent when the answer had none (HTML, reset, a page). */
  readonly code?: number;
  /** A few words: dates asked for, rows answered, the fault that was applied. */
  readonly note?: string;
}

export interface StatusFault {
  readonly name: string;
  readonly says: string;
  readonly hits: number;
  /** How often it will still be applied; absent: without an end. */
  readonly left?: number;
}

/** The three files of the status page by path; serve them with `STATUS_CSP`. */
export const STATUS_FILES: Readonly<Record<string, { readonly type: string; readonly body: string }>> = {
  '/': { type: 'text/html; charset=utf-8', body: page },
  '/emulator/status.css': { type: 'text/css; charset=utf-8', body: style },
  '/emulator/status.js': { type: 'text/javascript; charset=utf-8', body: script },
};

export const STATUS_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
