import { TikTokError } from '../../tiktok/errors.ts';
import type { Problem } from './setup-view.ts';

/** Something that the user can mend; carries it to the page, the terminal or the exit of a script. */
export class SetupProblem extends Error {
  override readonly name = 'SetupProblem';
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(`${problem.says} ${problem.advice}`, options);
    this.problem = problem;
  }
}

/**
 * What an authorization lacks, from the scope ids that came with the token. A parent id implies its children: 1 holds
 * 10 and 100, 4 holds 44 (TikTok API for Business, "Scopes").
 *
 * @param scope empty when TikTok did not say
 */
export function missingPermission(scope: readonly number[]): Problem | undefined {
  if (scope.length === 0) return undefined;
  const lacks = [
    ...(scope.some((id) => [4, 44].includes(id)) ? [] : ['Reporting (at least "Consolidated Report")']),
    ...(scope.some((id) => [1, 10, 100].includes(id))
      ? []
      : ['Ad Account Management (at least "Read Ad Account Information")']),
  ];
  if (lacks.length === 0) return undefined;
  return {
    says: `The authorization lacks a permission: ${lacks.join(' and ')}.`,
    advice: `Authorize again and leave this box ticked on TikTok’s consent page: ${lacks.join(', ')}. If TikTok does not offer it, tick it first under your app’s permissions in the developer portal and wait until TikTok has approved it.`,
  };
}

/** Says why TikTok's consent brought no token. */
export function explainAuthorization(error: unknown): Problem {
  if (error instanceof SetupProblem) return error.problem;
  if (!(error instanceof TikTokError)) return unexpected(error);
  const detail = error.message;
  switch (error.code) {
    case 40110:
      return {
        says: 'This authorization was used already, was cancelled, or is older than an hour.',
        advice: 'Authorize again; each approval works once.',
        detail,
      };
    case 40101:
    case 40113:
      return {
        says: 'The app id and the secret do not belong together, or not to the app that was authorized.',
        advice: 'Copy both again from the same app: developer portal, My Apps, your app, Basic Information.',
        field: 'secret',
        detail,
      };
    case 40124:
    case 40125:
      return {
        says: 'TikTok does not let this developer account use the API yet.',
        advice: 'Look in the developer portal whether your profile and your app are approved.',
        detail,
      };
  }
  return explainRequest(error);
}

/** Says why a request failed, whatever it was for. */
export function explainRequest(error: unknown): Problem {
  if (error instanceof SetupProblem) return error.problem;
  if (!(error instanceof TikTokError)) return unexpected(error);
  switch (error.kind) {
    case 'credentials':
      return { says: 'TikTok does not accept the token.', advice: error.advice, detail: error.message };
    case 'transient':
    case 'timeout':
    case 'unreachable':
      return {
        says: error.meaning,
        advice:
          error.code === undefined
            ? 'Look whether this machine reaches TikTok (a proxy, a firewall, a sign-in to the network), then try again.'
            : 'Try again in a few minutes.',
        detail: error.message,
      };
    case 'throttle':
    case 'quota_exhausted':
      return {
        says: 'TikTok says that this app asks too often just now.',
        advice: 'Something else uses the same app. Wait a few minutes, then try again.',
        detail: error.message,
      };
    default:
      return { says: error.meaning, advice: error.advice, detail: error.message };
  }
}

/** The browser came back without a code. */
export const CONSENT_DENIED: Problem = {
  says: 'TikTok sent you back without an approval: the consent was declined.',
  advice:
    'Authorize again and confirm on TikTok’s page. If you are not allowed to, ask an administrator of the advertiser to do this step.',
};

/** A callback that this session did not ask for, or one that comes a second time. */
export const STATE_UNKNOWN: Problem = {
  says: 'This way back from TikTok does not belong to the authorization that was started here, or was used already.',
  advice: 'Nothing was changed. Authorize again, and follow it to its end in the same browser.',
};

/** The token comes with no advertiser. */
export const NO_ADVERTISER: Problem = {
  says: 'TikTok gave a token, but no advertiser with it.',
  advice:
    'Authorize again and tick at least one advertiser on the consent page. If the list there is empty, your TikTok user has no access to an advertiser yet: ask its administrator.',
};

function unexpected(error: unknown): Problem {
  return {
    says: error instanceof Error ? error.message : String(error),
    advice: 'Try again; if it stays, please report it.',
  };
}
