import type { Credentials } from './config.ts';
import type { ArmedFault } from './faults/faults.ts';
import type { Fault, ScheduledEvent } from './faults/scenario.generated.ts';
import type { ArrivalReport } from './http/arrivals.ts';
import type { Exchange } from './http/exchange.ts';
import type { RequestLogEntry } from './http/request-log.ts';
import type { ExpectedRange, ExpectedRow } from './report/expected-rows.ts';
import type { Account } from './world/account.ts';
import type { Clock } from './world/clock.ts';

/** Answers paths outside the API: the portal, the status page. False: not this handler's. */
export type PageHandler = (exchange: Exchange) => Promise<boolean> | boolean;

/** A TikTok that runs on this machine. */
export interface Emulator {
  /** Base URL of the API, ends in a slash. */
  readonly apiUrl: string;
  /** `http://host:port`. */
  readonly origin: string;
  /** Where an advertiser authorises the app; takes app_id, state and redirect_uri. */
  readonly portalUrl: string;
  readonly credentials: Credentials;
  /**
   * A ready configuration of the connector: credentials, api_url, start_date 90 days back, and the quota that is
   * enforced here (a generous one when none is). Keys in `overrides` replace, `undefined` removes.
   */
  config(overrides?: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** The newest requests of the API, oldest first. */
  readonly requests: readonly RequestLogEntry[];
  /** All requests of the API since the start, also those that the log no longer holds. */
  readonly requestCount: number;
  /** How many answers had each code. */
  readonly requestCountByCode: ReadonlyMap<number, number>;
  /** The base URL for one of several processes. The log and the arrivals name it by this name. */
  apiUrlFor(client: string): string;
  /** How the calls of all processes came, with the breaches of `perSecond`; default: the limit of the quota in force. */
  arrivals(perSecond?: number): ArrivalReport;
  readonly clock: Clock;
  /** All accounts, in their order; also those not granted. */
  readonly accounts: readonly Account[];
  /** Grants an advertiser to the token, ends a suspension. */
  grant(advertiserId: string): void;
  /** Withdraws an advertiser from the token: it is no longer listed, and refused. */
  withdraw(advertiserId: string): void;
  /** The advertiser stays listed, and calls for it are refused with 40001. */
  suspend(advertiserId: string, how?: 'suspended' | 'deleted'): void;
  /** Every token stops working. */
  revokeToken(): void;
  /** Every token works again. */
  restoreToken(): void;
  /** Whether the token of `credentials` is revoked. */
  readonly tokenRevoked: boolean;
  /** A metric that the API no longer knows. */
  withdrawMetric(name: string): void;
  /** The rows that a reader must have. They are computed one by one, and not kept. */
  expectedRows(range: ExpectedRange): Iterable<ExpectedRow>;
  /** Puts a fault in force. */
  arm(fault: Fault): ArmedFault;
  readonly faults: readonly ArmedFault[];
  /** Something that happens once. */
  schedule(event: ScheduledEvent): void;
  /** What the portal does on consent. */
  issueAuthCode(advertiserIds?: readonly string[], scopes?: readonly number[]): string;
  /** Puts a handler for paths outside the API before those already there. */
  servePages(handler: PageHandler): void;
  /** Ends all connections and stops listening. */
  close(): Promise<void>;
}
