import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AwaitedApproval } from '../access/authorization.ts';
import type { TargetFields } from './read-target.ts';
import type { ResultView } from './setup-view.ts';

/** Fields of a step as they were typed, by the field's id, before the step was sent. */
export type Unsent = Readonly<Record<string, unknown>>;

/** Everything that was entered in a session, secrets too. */
export interface Entered {
  readonly name: string;
  readonly folder: string;
  readonly appId: string;
  readonly secret: string;
  readonly accessToken: string;
  /** TikTok's answer may come after a restart. */
  readonly awaited?: AwaitedApproval | undefined;
  readonly chosen: 'all' | readonly string[];
  readonly leftOut: readonly string[];
  readonly advertisersConfirmed: boolean;
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
  readonly lookbackDays: number;
  readonly includeDeleted: boolean;
  readonly advertiserColumns?: boolean | undefined;
  readonly streams?: readonly string[] | undefined;
  readonly rangeConfirmed: boolean;
  /** What was written and is not loaded yet. */
  readonly result?: ResultView | undefined;
  readonly schedule?: { readonly time: string; readonly timeZone: string } | undefined;
  readonly target?: { readonly kind: string; readonly fields: TargetFields } | undefined;
  readonly unsent: Readonly<Record<string, Unsent>>;
}

export interface Draft {
  /** When it was last saved, ISO 8601. */
  readonly savedAt: string;
  readonly entered: Entered;
}

/**
 * What was entered and is not finished: one file a configuration, in the user's state directory, for the user alone to
 * read. It outlives a reload, Ctrl+C and the half hour, and goes when setup has written its result.
 */
export class DraftFile {
  readonly #path: string;
  /** Writes follow each other: the last one stays. */
  #last: Promise<void> = Promise.resolve();

  /**
   * @param folder the user's state directory
   * @param of     what is set up: the API, and the configuration that is changed, if any
   */
  constructor(folder: string, of: { readonly apiUrl: string; readonly config?: string | undefined }) {
    const name = createHash('sha256')
      .update(JSON.stringify([of.apiUrl, of.config]))
      .digest('hex')
      .slice(0, 16);
    this.#path = join(folder, `setup-${name}.json`);
  }

  /** @returns undefined when there is none, or none that can be read */
  read(): Draft | undefined {
    try {
      const draft = JSON.parse(readFileSync(this.#path, 'utf8')) as Draft;
      return typeof draft.entered?.name === 'string' && typeof draft.entered.unsent === 'object' ? draft : undefined;
    } catch {
      return undefined;
    }
  }

  /** Never rejects: where no file can be written, setup works without. */
  save(entered: Entered): Promise<void> {
    this.#last = this.#last.then(() => this.#write({ savedAt: new Date().toISOString(), entered })).catch(() => {});
    return this.#last;
  }

  remove(): Promise<void> {
    this.#last = this.#last.then(() => rm(this.#path, { force: true })).catch(() => {});
    return this.#last;
  }

  async #write(draft: Draft): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const partial = `${this.#path}.${process.pid}`;
    await rm(partial, { force: true });
    const handle = await open(partial, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify(draft));
    } finally {
      await handle.close();
    }
    await rename(partial, this.#path);
  }
}
