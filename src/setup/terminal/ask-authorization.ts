import * as prompts from '@clack/prompts';
import { parametersOf } from '../browser/setup-calls.ts';
import { PortInUse, redirectUriFor, startSetupServer } from '../browser/start-setup-server.ts';
import { explainRequest, SetupProblem } from '../session/setup-problem.ts';
import type { SetupSession } from '../session/setup-session.ts';
import { PORTAL_APPS_URL } from '../session/view-of-session.ts';
import { answerOf, type Console, untilRight } from './prompt-answer.ts';
import { whileBusy } from './while-busy.ts';

/**
 * Asks for the app, leads through TikTok's consent, and fetches token and advertisers.
 *
 * @param port  where TikTok's way back is awaited, besides the prompt
 * @param keeps the token that there is may stay
 */
export async function askAuthorization(
  session: SetupSession,
  at: Console,
  { port, keeps }: { readonly port: number; readonly keeps: boolean },
): Promise<void> {
  if (keeps && (await answerOf(prompts.confirm({ ...at, message: 'Keep the present authorization?' })))) {
    await whileBusy(at, 'Asking TikTok for the advertisers', () => session.loadAdvertisers());
    const problem = session.granted.problem ?? session.authorization.problem;
    if (!problem) return;
    prompts.log.error(`${problem.says} ${problem.advice}`, at);
  }
  prompts.log.message(
    [
      `App id and secret stand in TikTok’s developer portal: My Apps, your app, Basic Information.`,
      PORTAL_APPS_URL,
      'There, this has to be registered as “Advertiser redirect URL”, letter by letter:',
      redirectUriFor(port),
    ].join('\n'),
    at,
  );
  await untilRight(at, async () => {
    const appId = await answerOf(prompts.text({ ...at, message: 'App id', initialValue: session.authorization.appId }));
    const secret = await answerOf(
      prompts.password({
        ...at,
        message: session.authorization.hasSecret ? 'Secret (empty keeps the present one)' : 'Secret',
      }),
    );
    session.authorization.setApp({ appId: appId ?? '', secret: secret ?? '' });
    prompts.log.message(
      [
        'Click here to authorize:',
        session.authorization.begin(),
        'Log in at TikTok, tick the advertisers, and confirm. TikTok then sends the browser to an address that begins',
        `with ${redirectUriFor(port)}, which loads on this machine only.`,
      ].join('\n'),
      at,
    );
    const parameters = await wayBack(at, port);
    const problem = await whileBusy(at, 'TikTok has answered; fetching token and advertisers', () =>
      session.comeBack(parameters),
    );
    if (problem) throw new SetupProblem(problem);
    if (session.granted.problem) throw new SetupProblem(session.granted.problem);
  });
}

/** The parameters that TikTok sends back: by itself to this machine, or pasted from a browser elsewhere. */
async function wayBack(at: Console, port: number): Promise<URLSearchParams> {
  const arrived = new AbortController();
  let parameters: URLSearchParams | undefined;
  const server = await startSetupServer({
    port,
    callNamed: () => undefined,
    onCallback: async (found) => {
      parameters = found;
      arrived.abort();
      return 'TikTok has answered. Go on in the terminal; this page can be closed.';
    },
    onUse: () => {},
    onStart: () => {},
    describe: (error) => ({ status: 500, body: explainRequest(error) }),
  }).catch((error: unknown) => {
    // In a container, or while another setup runs, the user pastes the address.
    if (error instanceof PortInUse) return undefined;
    throw error;
  });
  try {
    // Not echoed: the address holds the code, which is good for a token until it is used.
    const pasted = await prompts.password({
      ...at,
      signal: AbortSignal.any([at.signal, arrived.signal]),
      message: server
        ? 'Waiting for TikTok. If that browser is on another machine, paste the address here'
        : 'Paste the address here',
    });
    if (parameters) return parameters;
    return parametersOf((await answerOf(Promise.resolve(pasted))) ?? '');
  } finally {
    await server?.close();
  }
}
