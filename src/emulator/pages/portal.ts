import { html } from './html.ts';
import { portalPage } from './layout.ts';

/** An advertiser that the person who logged in may grant. */
export interface PortalAdvertiser {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timezone: string;
}

/** One box of the consent page. Ids and names as TikTok's permission table has them. */
export interface PortalPermission {
  readonly id: number;
  readonly name: string;
  readonly says: string;
  /** What the token then carries: itself and its children. */
  readonly holds: readonly number[];
}

/** What the app asks for ("Scopes" of the API for Business). */
export const PORTAL_PERMISSIONS: readonly PortalPermission[] = [
  {
    id: 1,
    name: 'Ad Account Management',
    says: 'Read information about the advertiser: name, currency, time zone, status',
    holds: [1, 10, 100],
  },
  { id: 2, name: 'Ads Management', says: 'Read campaigns, ad groups and ads', holds: [2] },
  { id: 4, name: 'Reporting', says: 'Read reports, the consolidated report among them', holds: [4, 44] },
];

/** The parameters of `/portal/auth` that travel through login and consent as hidden fields. */
export interface PortalRequest {
  readonly appId: string;
  readonly state: string;
  readonly redirectUri: string;
}

/** The login form. It posts back to the same address with `step=login`. */
export function renderLogin({
  appName,
  request,
}: {
  readonly appName: string;
  readonly request: PortalRequest;
}): string {
  return portalPage(
    'Log in',
    html`<h1>Log in to continue</h1>
<p class="soft">${appName} would like to connect to your advertisers.</p>
<form method="post" action="/portal/auth">${hidden(request)}<input type="hidden" name="step" value="login">
<label for="email">E-mail</label><input id="email" name="email" type="email" autocomplete="off" value="marketer@example.com" required>
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="off" value="emulator" required>
<div class="actions"><button class="main" type="submit">Log in</button></div></form>`,
  );
}

/** The consent page: advertisers to tick, permissions to tick, Confirm or Cancel. It posts `step=consent`. */
export function renderConsent({
  appName,
  request,
  advertisers,
  problem,
}: {
  readonly appName: string;
  readonly request: PortalRequest;
  readonly advertisers: readonly PortalAdvertiser[];
  /** What was wrong with the form as sent, if it comes back. */
  readonly problem?: string;
}): string {
  return portalPage(
    'Authorize',
    html`<h1>${appName} asks for access</h1>
<p class="soft">Tick the advertisers and the permissions that you grant. You can withdraw both at any time.</p>
${problem ? html`<p class="error" role="alert">${problem}</p>` : undefined}
<form method="post" action="/portal/auth">${hidden(request)}<input type="hidden" name="step" value="consent">
<h2 id="advertisers">Advertisers (${advertisers.length})</h2>
<ul class="ticks" aria-labelledby="advertisers" tabindex="0">${advertisers.map(
      ({
        id,
        name,
        currency,
        timezone,
      }) => html`<li><label><input type="checkbox" name="advertiser_id" value="${id}" checked>
<span>${name}<small>${id} · ${currency} · ${timezone}</small></span></label></li>`,
    )}</ul>
<h2 id="permissions">Permissions</h2>
<ul class="ticks" aria-labelledby="permissions">${PORTAL_PERMISSIONS.map(
      ({ id, name, says }) => html`<li><label><input type="checkbox" name="permission" value="${id}" checked>
<span>${name}<small>${says}</small></span></label></li>`,
    )}</ul>
<div class="actions"><button type="submit" name="decision" value="cancel">Cancel</button>
<button class="main" type="submit" name="decision" value="confirm">Confirm</button></div></form>`,
  );
}

/** What the portal shows when it cannot go on: the browser is not sent back. */
export function renderPortalProblem({ title, says }: { readonly title: string; readonly says: string }): string {
  return portalPage(title, html`<h1>${title}</h1><p class="error" role="alert">${says}</p>`);
}

/** What a form of the portal said. */
export interface PortalForm {
  readonly request: PortalRequest;
  readonly step: 'login' | 'consent';
  readonly confirmed: boolean;
  readonly advertiserIds: readonly string[];
  readonly permissions: readonly number[];
}

/** Reads a posted form (`application/x-www-form-urlencoded`) of the pages above. */
export function readPortalForm(body: string): PortalForm {
  const form = new URLSearchParams(body);
  return {
    request: portalRequest(form),
    step: form.get('step') === 'consent' ? 'consent' : 'login',
    confirmed: form.get('decision') === 'confirm',
    advertiserIds: form.getAll('advertiser_id'),
    permissions: form.getAll('permission').map(Number).filter(Number.isInteger),
  };
}

/** The parameters of `/portal/auth`, from its query or from a form. */
export function portalRequest(parameters: URLSearchParams): PortalRequest {
  return {
    appId: parameters.get('app_id') ?? '',
    state: parameters.get('state') ?? '',
    redirectUri: parameters.get('redirect_uri') ?? '',
  };
}

/** Where the browser goes after consent: `code` repeats `auth_code`, as TikTok does. */
export function grantedRedirect({ redirectUri, state }: PortalRequest, authCode: string): string {
  const url = new URL(redirectUri);
  url.searchParams.set('auth_code', authCode);
  url.searchParams.set('code', authCode);
  url.searchParams.set('state', state);
  return url.href;
}

/** Where the browser goes when consent was declined: no code. What TikTok adds then is not documented. */
export function deniedRedirect({ redirectUri, state }: PortalRequest): string {
  const url = new URL(redirectUri);
  url.searchParams.set('error', 'access_denied');
  url.searchParams.set('state', state);
  return url.href;
}

function hidden({ appId, state, redirectUri }: PortalRequest) {
  return html`<input type="hidden" name="app_id" value="${appId}"><input type="hidden" name="state" value="${state}">
<input type="hidden" name="redirect_uri" value="${redirectUri}">`;
}
