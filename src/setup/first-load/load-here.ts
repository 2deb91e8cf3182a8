import { join } from 'node:path';
import { parseConfig } from '../../config/parse-config.ts';
import type { LoadNews } from '../../load/load.ts';
import { runLoad } from '../../load/run-load.ts';
import { DEFAULT_TARGET, type Target } from '../../load/target.ts';
import { recordJson } from '../../streams/record-text.ts';
import { durationText } from '../../sync/ledger/progress.ts';
import type { TikTokAccess } from '../access/tiktok-access.ts';
import type { ConfigObject } from '../result/config-file.ts';
import { postgresUrl } from '../result/machine-project.ts';
import type { Collection, MachineTarget } from '../session/collection.ts';
import type { ProgressOfLoad } from './load-progress.ts';

/** Where `sync` of a folder puts its tables. */
export function machineDatabase(folder: string, store: MachineTarget['store']): Target {
  return store.name === 'duckdb'
    ? { kind: 'duckdb', path: join(folder, DEFAULT_TARGET) }
    : { kind: 'postgresql', url: postgresUrl(store, { withPassword: true }) };
}

/**
 * What `sync` does, in this process.
 *
 * @returns what could not be read, as a sentence; undefined when all was
 * @throws LoadError, ConfigError
 */
export async function loadHere({
  collection,
  config,
  target,
  currencyOf,
  progress,
  onAttempt,
  signal,
}: {
  readonly collection: Collection;
  readonly config: ConfigObject;
  readonly target: Target;
  /** Of an advertiser; empty where TikTok does not tell it. */
  readonly currencyOf: (advertiserId: string) => string;
  readonly progress: ProgressOfLoad;
  readonly onAttempt: TikTokAccess['onAttempt'];
  readonly signal: AbortSignal;
}): Promise<string | undefined> {
  // Every level has the same spend: it is summed once.
  const spendIn = collection.streams[0]?.name;
  const windows = new WindowsRead();
  const tell = (news: LoadNews): void => {
    switch (news.type) {
      case 'records':
        for (const record of news.records) {
          const { advertiserId, stream } = news;
          const spend =
            stream === spendIn ? Number(/"spend":(-?[\d.]+)/.exec(recordJson(record))?.[1] ?? 0) : undefined;
          progress.addRow({ advertiserId, currency: currencyOf(advertiserId), ...(spend !== undefined && { spend }) });
        }
        windows.read(news);
        progress.reached(windows.reached, windows.timeLeft);
        break;
      case 'planned':
        windows.total = news.windows;
        progress.planned(news.advertisers, news.windows, durationText(news.seconds));
        break;
      case 'progress':
        windows.total = news.windowsTotal;
        progress.reached({ done: news.windowsDone, total: news.windowsTotal }, durationText(news.secondsLeft));
        break;
      case 'advertiser-failed':
        progress.say(news.failure.message);
        break;
      case 'debug':
        onAttempt?.(news.message);
        break;
      default:
        progress.say(news.message);
    }
  };
  const { outcome } = await runLoad(
    { target, config: parseConfig(config), streams: collection.streams, numbers: 'decimal', refresh: false, signal },
    tell,
  );
  return outcome.failure?.message;
}

/** How far it is between two words of `sync` about it, which come every ten seconds. */
class WindowsRead {
  total = 0;
  readonly #read = new Set<string>();
  readonly #begunAt = performance.now();

  read({ stream, advertiserId, window }: Extract<LoadNews, { type: 'records' }>): void {
    this.#read.add(`${stream} ${advertiserId} ${window.from}`);
  }

  get reached(): { readonly done: number; readonly total: number } {
    return { done: this.#read.size, total: Math.max(this.total, this.#read.size) };
  }

  get timeLeft(): string {
    const { done, total } = this.reached;
    return durationText(((performance.now() - this.#begunAt) / 1000 / done) * (total - done));
  }
}
