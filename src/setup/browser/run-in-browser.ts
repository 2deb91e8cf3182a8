import { FirstLoad } from '../first-load/first-load.ts';
import { LEFT } from '../first-load/load-by-airbyte.ts';
import type { Draft, DraftFile, Entered } from '../session/draft.ts';
import type { Machine } from '../session/finish.ts';
import { explainRequest, SetupProblem } from '../session/setup-problem.ts';
import type { SetupSession } from '../session/setup-session.ts';
import { stateFolder } from '../state-folder.ts';
import { type OpenedBrowser, openBrowser } from './open-browser.ts';
import { setupCalls } from './setup-calls.ts';
import { type Call, PortInUse, type SetupServer, startSetupServer } from './start-setup-server.ts';

export interface BrowserOptions {
  readonly port: number;
  /** Open the page; false: its address is printed only. */
  readonly opens: boolean;
  /** Setup ends after this time without use, ms. */
  readonly idleMs: number;
  readonly machine: Machine;
  readonly sessionFor: (redirectUri: string, draft?: Entered) => SetupSession;
  readonly draft: DraftFile;
  readonly print: (line: string) => void;
  /** Ends setup. */
  readonly signal: AbortSignal;
}

/**
 * Setup on a page of this machine.
 *
 * @returns the exit code: 0 when the user closed it, 1 when it ended by itself
 * @throws SetupProblem when the port is taken
 */
export async function runInBrowser(options: BrowserOptions): Promise<number> {
  const { port, idleMs, machine, print, signal } = options;
  const end = new AbortController();
  let idle: NodeJS.Timeout | undefined;
  const onUse = (): void => {
    clearTimeout(idle);
    if (end.signal.aborted) return; // Nothing may keep the process any more.
    idle = setTimeout(() => end.abort('idle'), idleMs);
  };
  signal.addEventListener('abort', () => end.abort('stopped'), { once: true });
  let session: SetupSession | undefined;
  let load: FirstLoad | undefined;
  const watching = new Set<(news: unknown) => void>();
  let isFinished = false;
  let opened: OpenedBrowser | undefined;
  let calls: Readonly<Record<string, Call>> = {};
  /** The draft outlives this process, however it ends; a finished setup needs none. */
  const keep = async (call: string): Promise<void> => {
    if (call === 'restart' || isFinished) await options.draft.remove();
    else if (session) await options.draft.save(session.entered);
  };
  const server = await listen(port, {
    callNamed: (name) => {
      const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
      if (!call || name === 'view' || name === 'done') return call;
      return async (body) => {
        try {
          return await call(body);
        } finally {
          await keep(name);
        }
      };
    },
    onCallback: async (parameters) => {
      await session?.comeBack(parameters);
      await keep('callback');
      return undefined;
    },
    watchLoad: (tell) => {
      watching.add(tell);
      if (load) tell(load.view);
      return () => watching.delete(tell);
    },
    onUse,
    onStart: () => void opened?.forget(),
  });
  try {
    const begin = (draft?: Draft): void => {
      session?.granted.close();
      isFinished = false;
      const begun = options.sessionFor(server.redirectUri, draft?.entered);
      session = begun;
      // In the background: the page says that it waits.
      if (draft && begun.authorization.isGranted) void begun.loadAdvertisers();
      const loading = new FirstLoad(begun, machine, {
        onChange: () => {
          onUse(); // A long load is no idle page.
          for (const tell of watching) tell(loading.view);
        },
        onDone: () => {
          isFinished = true;
          void options.draft.remove();
        },
      });
      load = loading;
      calls = setupCalls(begun, {
        machine,
        load: loading,
        draftFrom: draft?.savedAt,
        signal: end.signal,
        onFinished: () => {
          isFinished = true;
        },
        onDone: () => end.abort('done'),
        onRestart: () => begin(),
      });
    };
    const draft = options.draft.read();
    begin(draft);
    if (draft) print(`It goes on with what was entered on ${draft.savedAt.slice(0, 16).replace('T', ' ')} UTC.`);
    print(`Setup is at ${server.startUrl}`);
    print('It ends when you close it there, after half an hour without use, or with Ctrl+C.');
    onUse();
    if (options.opens) opened = await openBrowser(server.startUrl, stateFolder(), process.platform);
    const reason = await new Promise<unknown>((done) => {
      if (end.signal.aborted) done(end.signal.reason);
      end.signal.addEventListener('abort', () => done(end.signal.reason), { once: true });
    });
    if (reason === 'idle')
      print('The page was not used for a while: setup has ended. Start it again to go on where you were.');
    if (reason === 'done') await options.draft.remove();
    return reason === 'done' ? 0 : 1;
  } finally {
    await load?.stop(LEFT);
    clearTimeout(idle);
    await opened?.forget();
    session?.granted.close();
    await server.close();
  }
}

async function listen(
  port: number,
  options: Pick<Parameters<typeof startSetupServer>[0], 'callNamed' | 'watchLoad' | 'onCallback' | 'onUse' | 'onStart'>,
): Promise<SetupServer> {
  try {
    return await startSetupServer({
      port,
      ...options,
      describe: (error) => ({ status: error instanceof SetupProblem ? 422 : 500, body: explainRequest(error) }),
    });
  } catch (error) {
    if (!(error instanceof PortInUse)) throw error;
    throw new SetupProblem(
      {
        says: `Port ${port} is in use, perhaps by another setup.`,
        advice:
          'End that program, or give another --port; the redirect URL that you register with the app then has that port, too.',
      },
      { cause: error },
    );
  }
}
