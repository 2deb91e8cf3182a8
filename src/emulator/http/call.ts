import type { Effect } from '../faults/scenario.generated.ts';
import type { Grant } from '../world/world.ts';
import type { Parameters } from './parameters.ts';

/** A request that has passed the checks that every endpoint shares. */
export interface Call {
  readonly parameters: Parameters;
  /** The rights of the token. Endpoints without a token do not use it. */
  readonly grant: Grant;
  readonly token: string;
  /** What the faults change in a right answer; empty: nothing. */
  readonly effect: Effect;
}

/** A success: `data` as JSON text. */
export interface Reply {
  readonly data: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole body, envelope included, when it was prepared. */
  readonly whole?: Buffer;
  /** The body as a whole instead of an envelope around `data` (downloads of async reports). */
  readonly raw?: { readonly type: string; readonly body: string };
}

/** An endpoint: it returns a reply or throws a Refusal. */
export type Endpoint = (call: Call) => Reply;
