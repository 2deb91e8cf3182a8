import { randomBytes } from 'node:crypto';
import type { AppCredentials } from '../session/collection.ts';
import {
  CONSENT_DENIED,
  explainAuthorization,
  missingPermission,
  SetupProblem,
  STATE_UNKNOWN,
} from '../session/setup-problem.ts';
import type { Problem } from '../session/setup-view.ts';
import type { TikTokAccess } from './tiktok-access.ts';

/** An approval that was asked for lives as long as TikTok's code would. */
const STATE_LIVES_MS = 3_600_000;

/** An approval that TikTok was asked for: its way back has this `state`. */
export interface AwaitedApproval {
  readonly state: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** The app, the way to TikTok's consent and back, and the token. Secrets live here and go into the results only. */
export class Authorization {
  appId = '';
  /** What is wrong with it, or missing from it. */
  problem: Problem | undefined;
  #secret = '';
  #accessToken = '';
  #awaited: AwaitedApproval | undefined;
  readonly #access: TikTokAccess;
  readonly #redirectUri: string;
  readonly #signal: AbortSignal;

  /** @param redirectUri where TikTok sends the browser back to; registered with the app to the letter */
  constructor(access: TikTokAccess, redirectUri: string, signal: AbortSignal) {
    this.#access = access;
    this.#redirectUri = redirectUri;
    this.#signal = signal;
  }

  get hasSecret(): boolean {
    return this.#secret !== '';
  }

  get isGranted(): boolean {
    return this.#accessToken !== '';
  }

  get secrets(): readonly string[] {
    return [this.#secret, this.#accessToken];
  }

  /** @throws SetupProblem before the authorization */
  get credentials(): AppCredentials {
    if (!this.isGranted) {
      throw new SetupProblem({
        says: 'TikTok has not been asked for its approval yet.',
        advice: 'Authorize first.',
      });
    }
    return { appId: this.appId, secret: this.#secret, accessToken: this.#accessToken };
  }

  /** What was entered or granted, for the draft. */
  get entered(): AppCredentials & { readonly awaited: AwaitedApproval | undefined } {
    return { appId: this.appId, secret: this.#secret, accessToken: this.#accessToken, awaited: this.#awaited };
  }

  /** Takes what a configuration or a draft says. */
  takeOver({
    appId,
    secret,
    accessToken,
    awaited,
  }: AppCredentials & { readonly awaited?: AwaitedApproval | undefined }): void {
    this.appId = appId;
    this.#awaited = awaited;
    this.#secret = secret;
    this.#accessToken = accessToken;
  }

  /**
   * Takes the app; an empty secret keeps the one that is known for this app.
   *
   * @throws SetupProblem, and nothing is taken
   */
  setApp({ appId, secret }: { readonly appId: string; readonly secret: string }): void {
    const id = appId.trim();
    if (!/^\d+$/.test(id)) {
      throw new SetupProblem({
        says: id === '' ? 'The app id is missing.' : 'An app id has digits only.',
        advice: 'Copy it from the developer portal: My Apps, your app, Basic Information.',
        field: 'app-id',
      });
    }
    const given = secret.trim();
    if (given === '' && (this.#secret === '' || id !== this.appId)) {
      throw new SetupProblem({
        says: 'The secret is missing.',
        advice: 'It stands beside the app id in the developer portal.',
        field: 'secret',
      });
    }
    this.appId = id;
    if (given !== '') this.#secret = given;
    this.problem = undefined;
  }

  /** @returns the address of TikTok's consent, good for one way there and back */
  begin(): string {
    const state = randomBytes(24).toString('base64url');
    this.#awaited = { state, until: Date.now() + STATE_LIVES_MS };
    return this.#access.authorizationUrl({ appId: this.appId, state, redirectUri: this.#redirectUri });
  }

  /**
   * The code among the parameters that TikTok sent the browser back with; each way back is taken once.
   *
   * @returns undefined when there is none, and `problem` says why
   */
  codeFrom(parameters: URLSearchParams): string | undefined {
    const awaited = this.#awaited;
    if (!awaited || parameters.get('state') !== awaited.state || Date.now() > awaited.until) {
      // A forged way back, or a reloaded one, must not disturb an authorization that is good.
      if (!this.isGranted) this.problem = STATE_UNKNOWN;
      return undefined;
    }
    this.#awaited = undefined;
    const code = parameters.get('auth_code') || parameters.get('code') || undefined;
    if (!code) this.problem = CONSENT_DENIED;
    return code;
  }

  /** Trades the code for a token. @returns whether there is one; `problem` says what is wrong with it */
  async exchange(authCode: string): Promise<boolean> {
    const app = { appId: this.appId, secret: this.#secret, authCode };
    try {
      const { accessToken, scope } = await this.#access.exchange(app, this.#signal);
      this.#accessToken = accessToken;
      this.problem = missingPermission(scope);
      return true;
    } catch (error) {
      this.problem = explainAuthorization(error);
      return false;
    }
  }
}
