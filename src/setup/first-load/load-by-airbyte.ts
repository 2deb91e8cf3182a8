import { setTimeout } from 'node:timers/promises';
import { type AirbyteAccess, AirbyteApi } from '../result/airbyte-api.ts';
import { cancelJob, getJob, lastSync, startSync } from '../result/airbyte-requests.ts';
import type { ProgressOfLoad } from './load-progress.ts';

/** How often Airbyte is asked how far its sync is, milliseconds. */
const EVERY_MS = 1000;

/** Airbyte goes on by itself: it is given up only after so many answers in a row that did not come. */
const SILENCES_MAX = 5;

/** A job of Airbyte (Airbyte API, "Get Job status and details"). */
interface Job {
  readonly jobId: number;
  readonly status: string;
  /** Absent until Airbyte knows. */
  readonly rowsSynced?: number;
}

const ENDED = new Set(['succeeded', 'failed', 'cancelled']);

/**
 * Lets Airbyte run a connection, and follows the run to its end. A run that is going on already is followed instead.
 *
 * @param signal when it is aborted with {@link LEFT}, Airbyte goes on; otherwise the sync is cancelled there
 * @returns why it failed, as a sentence; undefined when it ended well or was stopped
 * @throws Error in words for the user, when Airbyte refuses or does not answer any more
 */
export async function loadByAirbyte({
  access,
  connectionId,
  progress,
  signal,
  redact,
}: {
  readonly access: AirbyteAccess;
  readonly connectionId: string;
  readonly progress: ProgressOfLoad;
  readonly signal: AbortSignal;
  readonly redact: (text: string) => string;
}): Promise<string | undefined> {
  // A signal of its own: the cancellation is sent after the stop.
  const api = new AirbyteApi(access, { signal: new AbortController().signal, redact });
  try {
    let job = await begin(api, connectionId);
    let status = '';
    let silences = 0;
    for (;;) {
      if (job.status !== status) progress.say(`Airbyte’s job ${job.jobId} is ${job.status}.`);
      status = job.status;
      if (job.rowsSynced !== undefined) progress.counted(job.rowsSynced);
      if (ENDED.has(status)) break;
      await setTimeout(EVERY_MS, undefined, { signal }).catch(() => {});
      if (signal.aborted) {
        if (signal.reason !== LEFT) await cancel(api, job.jobId);
        return undefined;
      }
      try {
        job = jobOf(await api.ask(getJob(job.jobId)));
        silences = 0;
      } catch (error) {
        silences += 1;
        const said = error instanceof Error ? error.message : String(error);
        if (silences === SILENCES_MAX) throw new Error(`${said} Airbyte’s job ${job.jobId} may still be running.`);
      }
    }
    if (status === 'succeeded') return undefined;
    return `Airbyte’s job ${job.jobId} is ${status}: its log says why. Open the connection in Airbyte, then Timeline.`;
  } finally {
    api.close();
  }
}

/** Setup ends, and what it followed goes on without it. */
export const LEFT = 'left';

async function begin(api: AirbyteApi, connectionId: string): Promise<Job> {
  try {
    return jobOf(await api.ask(startSync(connectionId)));
  } catch (refusal) {
    // Airbyte runs a connection once at a time: its timer, or this setup before it was started again, has begun it.
    const { data } = await api.ask(lastSync(connectionId)).catch(() => ({ data: [] }));
    const [last] = Array.isArray(data) ? data : [];
    if (last && !ENDED.has(last.status)) return jobOf(last);
    throw refusal;
  }
}

/** A job that has come to its end meanwhile cannot be cancelled, and need not be. */
async function cancel(api: AirbyteApi, jobId: number): Promise<void> {
  try {
    await api.ask(cancelJob(jobId));
  } catch (refusal) {
    if (!ENDED.has(jobOf(await api.ask(getJob(jobId))).status)) throw refusal;
  }
}

function jobOf({ jobId, status, rowsSynced }: Readonly<Record<string, unknown>>): Job {
  if (typeof jobId !== 'number' || typeof status !== 'string') throw new Error('Airbyte answered without a job.');
  return { jobId, status, ...(typeof rowsSynced === 'number' ? { rowsSynced } : {}) };
}
