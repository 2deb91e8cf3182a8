import { basename, dirname, resolve } from 'node:path';
import { PRODUCTION_API_URL, parseApiUrl } from '../config/api-url.ts';
import { type ApiTier, QUOTA_BY_TIER, quotaLimits } from '../config/quota-limits.ts';
import { readJsonFile } from '../config/read-json-file.ts';
import type { RawConfig } from '../config/spec.generated.ts';
import type { ReportStream } from '../streams/stream.ts';
import { requestsPerSecond } from '../sync/plan.ts';
import { defaultStream } from './access/default-stream.ts';
import { TikTokAccess } from './access/tiktok-access.ts';
import { runInBrowser } from './browser/run-in-browser.ts';
import { redirectUriFor } from './browser/start-setup-server.ts';
import type { ConfigObject } from './result/config-file.ts';
import { readRemembered } from './result/remembered-setup.ts';
import { runByFlags, type SetupFlags } from './run-by-flags.ts';
import { beginWith } from './session/begin-with.ts';
import { DraftFile, type Entered } from './session/draft.ts';
import type { Machine } from './session/finish.ts';
import { onPath, programsHere } from './session/programs-here.ts';
import { SetupProblem } from './session/setup-problem.ts';
import { SetupSession } from './session/setup-session.ts';
import { stateFolder } from './state-folder.ts';
import { runInTerminal } from './terminal/run-in-terminal.ts';

/** The redirect URL is registered with the app, so the port must not change from run to run. */
const SETUP_PORT = 8789;

const IDLE_MS = 1_800_000;

/** How setup is run. */
export interface SetupOptions {
  /** Default {@link SETUP_PORT}; 0 takes a free one. */
  readonly port?: number | undefined;
  /** Another API than TikTok's own: an emulator. */
  readonly apiUrl?: string | undefined;
  /** The app of an emulated TikTok; it is filled in, and TikTok ends with setup. */
  readonly demo?: { readonly appId: string; readonly secret: string } | undefined;
  /** Another consent page; default: the one beside `apiUrl`. */
  readonly portalUrl?: string | undefined;
  /** Open the page in a browser. Default true. */
  readonly browser?: boolean | undefined;
  /** Ask in the terminal instead. */
  readonly terminal?: boolean | undefined;
  /** A configuration to be changed. */
  readonly config?: string | undefined;
  /** What TikTok grants the app; default: what `config` says, else basic. */
  readonly apiTier?: ApiTier | undefined;
  /** The image of this connector, for targets that run one. */
  readonly image: string;
  /** Every stream that can be read. */
  readonly streams: readonly ReportStream[];
  /** With an auth code setup asks nothing: every answer comes from here. */
  readonly flags: SetupFlags;
  /** Default half an hour. */
  readonly idleMs?: number | undefined;
  /** Hears of each request to TikTok, one sentence for a log. */
  readonly onAttempt?: ((message: string) => void) | undefined;
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * The verb `setup`: from an app id to something that runs every day.
 *
 * @returns the exit code: 0 when it was carried to its end
 * @throws SetupProblem, InputFileError
 */
export async function runSetup(options: SetupOptions): Promise<number> {
  const { print, signal, flags, apiTier } = options;
  const existing = options.config === undefined ? undefined : existingConfig(options.config);
  const apiUrl = apiUrlOf(options.apiUrl ?? existing?.config.api_url);
  const quota = existing
    ? quotaOf({ ...existing.config, ...(apiTier && { api_tier: apiTier }) })
    : QUOTA_BY_TIER[apiTier ?? 'basic'];
  const access = new TikTokAccess({
    apiUrl,
    portalUrl: options.portalUrl,
    quota,
    stream: defaultStream(options.streams),
    onAttempt: options.onAttempt,
  });
  const remembered = existing ? readRemembered(dirname(existing.path), basename(existing.path)) : undefined;
  const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const machine: Machine = {
    ...programsHere(process.argv[1] ?? '', process.env.PATH ?? ''),
    localZone,
    ...(apiUrl === PRODUCTION_API_URL ? {} : { apiUrl }),
    ...(existing ? { existing } : {}),
    apiTier,
    remembered,
    isDemo: options.demo !== undefined,
    now: () => new Date(),
  };
  const draft = new DraftFile(stateFolder(), { apiUrl, config: existing?.path });
  const sessionFor = (redirectUri: string, entered?: Entered): SetupSession => {
    const session = new SetupSession({
      access,
      redirectUri,
      workingDirectory: process.cwd(),
      localZone,
      requestsPerSecond: requestsPerSecond(quota),
      image: options.image,
      streams: options.streams,
      proposes: onPath('meltano', process.env.PATH ?? '') ? 'meltano' : 'machine',
      signal,
      ...(existing ? { existing: existing.config, existingFolder: dirname(existing.path) } : {}),
      remembered,
      draft: entered,
    });
    beginWith(session, session.options);
    if (options.demo && !session.authorization.isGranted)
      session.authorization.takeOver({ ...options.demo, accessToken: '' });
    return session;
  };
  const port = options.port ?? SETUP_PORT;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SetupProblem({ says: 'The port is none.', advice: 'Give a number from 1 to 65535.' });
  }
  try {
    if (flags.authCode !== undefined) {
      return await runByFlags({ session: sessionFor(redirectUriFor(port)), machine, flags, print, signal });
    }
    if (options.terminal) return await runInTerminal({ port, sessionFor, draft, machine, signal });
    return await runInBrowser({
      port,
      opens: options.browser ?? true,
      idleMs: options.idleMs ?? IDLE_MS,
      machine,
      sessionFor,
      draft,
      print,
      signal,
    });
  } finally {
    access.close();
  }
}

function existingConfig(file: string): { readonly path: string; readonly config: ConfigObject } {
  const config = readJsonFile(file, 'config');
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new SetupProblem({
      says: `${basename(file)} holds no JSON object.`,
      advice: 'Give the file of a configuration.',
    });
  }
  return { path: resolve(file), config: config as ConfigObject };
}

function apiUrlOf(text: unknown): string {
  if (text === undefined) return PRODUCTION_API_URL;
  const parsed = parseApiUrl(String(text));
  if ('mistake' in parsed) throw new SetupProblem({ says: parsed.mistake, advice: '' });
  return parsed.url;
}

/** A configuration that is being mended may be wrong; setup then keeps to the usual pace. */
function quotaOf(config: ConfigObject): ReturnType<typeof quotaLimits> {
  try {
    return quotaLimits(config as unknown as RawConfig);
  } catch {
    return QUOTA_BY_TIER.basic;
  }
}
