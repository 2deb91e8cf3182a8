import type { ReportStream } from '../../streams/stream.ts';
import type { Day } from '../../sync/days.ts';
import type { DailyTime } from './daily-time.ts';

/** What the user decides on the way through setup; everything that a result is written from, the secrets apart. */
export interface Collection {
  /** As typed; any Unicode. */
  readonly name: string;
  /** `all`: every advertiser that the token is granted, also later. */
  readonly advertiserIds: 'all' | readonly string[];
  /** Ids that are not read, whatever else is chosen. Absent: as the configuration says. */
  readonly leftOut?: readonly string[];
  readonly startDate: Day;
  /** Only when the user says to stop there; there is no schedule then. */
  readonly endDate?: Day;
  readonly lookbackDays: number;
  readonly includeDeleted: boolean;
  readonly advertiserColumns: boolean;
  /** Absent: once, no schedule. */
  readonly schedule?: DailyTime;
  /** What is read, each a table; one at least. */
  readonly streams: readonly ReportStream[];
  readonly target: Target;
}

/** The app and the token that TikTok handed out. Never leaves the process except into the results. */
export interface AppCredentials {
  readonly appId: string;
  readonly secret: string;
  readonly accessToken: string;
}

/** Where the collection runs. */
export type Target = MachineTarget | MeltanoTarget | DockerTarget | AirbyteTarget | { readonly kind: 'config' };

/** `sync` on this machine, into a database. */
export interface MachineTarget {
  readonly kind: 'machine';
  /** DuckDB: a file in the folder. */
  readonly store: { readonly name: 'duckdb' } | ({ readonly name: 'postgresql' } & PostgresSchema);
  readonly timer: Timer;
}

/** A schema on a PostgreSQL server, and who may write there. */
export interface PostgresSchema {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly schema: string;
}

export interface MeltanoTarget {
  readonly kind: 'meltano';
  readonly loader: MeltanoLoader;
  readonly timer: Timer;
}

export type MeltanoLoader =
  | ({ readonly name: 'target-postgres' } & PostgresSchema)
  | { readonly name: 'target-jsonl' }
  /** The user adds it with `meltano add`. */
  | { readonly name: 'other'; readonly plugin: string };

export interface DockerTarget {
  readonly kind: 'docker';
  readonly image: string;
  readonly timer: Timer;
}

/** What starts a run on this machine. */
export type Timer = 'systemd' | 'cron';

export interface AirbyteTarget {
  readonly kind: 'airbyte';
  /** Base URL of the Airbyte API, without a slash at its end. */
  readonly apiUrl: string;
  /** Empty: one is asked for with client id and secret. */
  readonly token: string;
  /** Of an application in Airbyte, whose tokens live for minutes; empty with a token. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly workspaceId: string;
  readonly destinationId: string;
  /** `repository:tag`, as the Airbyte instance can pull it. */
  readonly image: string;
}

/**
 * The name as it can stand in folder, unit and schedule names: lower-case ASCII letters, digits and dashes, at most 60.
 * A name with no letter of these becomes `tiktok-ads`.
 */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'tiktok-ads' : slug;
}
