import { hash } from '../world/random.ts';
import { grantedAccounts, type World } from '../world/world.ts';
import type { Call, Reply } from './call.ts';
import * as parameter from './parameters.ts';
import { Refusal } from './refusal.ts';

const CODE_LIFE_MS = 3_600_000;

interface AuthCode {
  readonly advertiserIds: readonly string[];
  readonly scope: readonly number[];
  readonly issuedMs: number;
}

/** Authorisation: the portal's codes, and the tokens for them. */
export class OAuth {
  readonly #world: World;
  readonly #codes = new Map<string, AuthCode>();
  #issued = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** A code, as the portal gives it on consent: for one use within an hour of the emulator's clock. */
  issueAuthCode(advertiserIds: readonly string[], scope: readonly number[]): string {
    const code = this.#hexText('c', 40);
    this.#codes.set(code, { advertiserIds, scope, issuedMs: this.#world.clock.now().getTime() });
    return code;
  }

  /** POST `oauth2/access_token/`. */
  accessToken({ parameters }: Call): Reply {
    const appId = parameter.requiredText(parameters, 'app_id');
    const secret = parameter.requiredText(parameters, 'secret');
    const authCode = parameter.requiredText(parameters, 'auth_code');
    const world = this.#world;
    if (appId !== world.app.id || secret !== world.app.secret) {
      throw new Refusal(
        40113,
        "The app_id is inconsistent with the token's app information. Please retry after correcting it. ",
      );
    }
    const code = this.#codes.get(authCode);
    this.#codes.delete(authCode);
    if (!code || world.clock.now().getTime() - code.issuedMs > CODE_LIFE_MS) {
      throw new Refusal(40110, 'The auth_code is canceled. Please re-authorize and try again with a new auth_code.');
    }
    const token = this.#hexText('t', 40);
    world.tokens.set(token, { advertiserIds: code.advertiserIds, scope: code.scope, revoked: false });
    const withIds =
      parameters.return_advertiser_ids === undefined || parameter.flag(parameters, 'return_advertiser_ids');
    return {
      data: JSON.stringify({
        access_token: token,
        ...(withIds ? { advertiser_ids: code.advertiserIds } : {}),
        scope: code.scope,
      }),
    };
  }

  /** POST `oauth2/revoke_token/`: the token is in the body. */
  revokeToken({ parameters }: Call): Reply {
    const appId = parameter.requiredText(parameters, 'app_id');
    const secret = parameter.requiredText(parameters, 'secret');
    const token = parameter.requiredText(parameters, 'access_token');
    const world = this.#world;
    if (appId !== world.app.id || secret !== world.app.secret) {
      throw new Refusal(
        40113,
        "The app_id is inconsistent with the token's app information. Please retry after correcting it. ",
      );
    }
    const grant = world.tokens.get(token);
    if (!grant || grant.revoked) throw new Refusal(40105, 'Access token is incorrect or has been revoked.');
    grant.revoked = true;
    const ids = grantedAccounts(world, grant).map(({ id }) => id);
    return { data: JSON.stringify({ app_id: appId, advertiser_ids: ids }) };
  }

  /** Text that looks like TikTok's codes and tokens, the same for the same seed and order. */
  #hexText(kind: string, length: number): string {
    const start = hash(this.#world.seed ^ kind.charCodeAt(0), ++this.#issued);
    let text = '';
    for (let part = 0; text.length < length; part++) text += hash(start, part).toString(16).padStart(8, '0');
    return text.slice(0, length);
  }
}
