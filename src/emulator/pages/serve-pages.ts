import type { Emulator, PageHandler } from '../emulator.ts';
import type { Exchange } from '../http/exchange.ts';
import { dayInZone, formatDay } from '../world/calendar.ts';
import { FAULT_BUTTONS } from './fault-buttons.ts';
import { PORTAL_CSP } from './layout.ts';
import {
  deniedRedirect,
  grantedRedirect,
  PORTAL_PERMISSIONS,
  type PortalRequest,
  portalRequest,
  readPortalForm,
  renderConsent,
  renderLogin,
  renderPortalProblem,
} from './portal.ts';
import { type EmulatorStatus, STATUS_CSP, STATUS_FILES } from './status.ts';

/** The name under which the consent page speaks of the app. */
const APP_NAME = 'Your app';

/** What the status page shows of long lists. */
const ACCOUNTS_SHOWN = 200;
const REQUESTS_SHOWN = 200;

/** Serves the portal at `/portal/auth` and the status page at `/`. */
export function emulatorPages(emulator: Emulator): PageHandler {
  return (exchange) => {
    const { path, method } = exchange;
    if (path === '/portal/auth') {
      servePortal(emulator, exchange);
      return true;
    }
    const file = Object.hasOwn(STATUS_FILES, path) ? STATUS_FILES[path] : undefined;
    if (file && method === 'GET') {
      send(exchange, { status: 200, type: file.type, body: file.body, csp: STATUS_CSP });
      return true;
    }
    if (path === '/emulator/status.json' && method === 'GET') {
      sendJson(exchange, 200, statusOf(emulator));
      return true;
    }
    if (path === '/emulator/arrivals.json' && method === 'GET') {
      const perSecond = Number(new URLSearchParams(exchange.query).get('per_second') ?? Number.NaN);
      sendJson(exchange, 200, emulator.arrivals(Number.isFinite(perSecond) ? perSecond : undefined));
      return true;
    }
    if (path === '/emulator/clock' && method === 'POST') {
      moveClock(emulator, exchange);
      return true;
    }
    if (path === '/emulator/faults' && method === 'POST') {
      pressButton(emulator, exchange);
      return true;
    }
    return false;
  };
}

function servePortal(emulator: Emulator, exchange: Exchange): undefined {
  const form = exchange.method === 'POST' ? readPortalForm(exchange.body) : undefined;
  const request = form?.request ?? portalRequest(new URLSearchParams(exchange.query));
  const problem = problemOf(emulator, request);
  const page = (body: string, status = 200) =>
    send(exchange, { status, type: 'text/html; charset=utf-8', body, csp: PORTAL_CSP });
  if (problem) return page(renderPortalProblem(problem), 400);
  if (!form) return page(renderLogin({ appName: APP_NAME, request }));
  const advertisers = emulator.accounts.filter(({ granted }) => granted);
  const consent = (said?: string) =>
    page(renderConsent({ appName: APP_NAME, request, advertisers, ...(said ? { problem: said } : {}) }));
  if (form.step === 'login') return consent();
  if (!form.confirmed) return redirect(exchange, deniedRedirect(request));
  const ids = new Set(advertisers.map(({ id }) => id));
  const code = emulator.issueAuthCode(
    form.advertiserIds.filter((id) => ids.has(id)),
    PORTAL_PERMISSIONS.filter(({ id }) => form.permissions.includes(id)).flatMap(({ holds }) => holds),
  );
  return redirect(exchange, grantedRedirect(request, code));
}

/** What the portal says instead of a login, without going back to the app. */
function problemOf(
  emulator: Emulator,
  { appId, redirectUri }: PortalRequest,
): { readonly title: string; readonly says: string } | undefined {
  if (appId !== emulator.credentials.app_id) {
    return {
      title: 'This app does not exist',
      says: `app_id is "${appId}". The emulator's app is ${emulator.credentials.app_id}.`,
    };
  }
  if (!isRegistered(redirectUri)) {
    return {
      title: 'The redirect URL is not registered',
      says: `redirect_uri is "${redirectUri}". The emulator takes any https address, and http on localhost.`,
    };
  }
  return undefined;
}

function isRegistered(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

/** Everything that the status page shows. */
export function statusOf(emulator: Emulator): EmulatorStatus {
  const now = emulator.clock.now();
  const { accounts, requests } = emulator;
  return {
    apiUrl: emulator.apiUrl,
    now: now.toISOString(),
    config: emulator.config(),
    accountCount: accounts.length,
    accounts: accounts.slice(0, ACCOUNTS_SHOWN).map((account) => ({
      id: account.id,
      name: account.name,
      currency: account.currency,
      timezone: account.timezone,
      status: account.granted ? (account.unavailable ?? account.status) : 'not granted',
      today: formatDay(dayInZone(account.timezone, now)),
      campaigns: account.campaigns - account.sales,
    })),
    requestCount: emulator.requestCount,
    requests: requests
      .slice(-REQUESTS_SHOWN)
      .reverse()
      .map(({ number, at, method, path, params, advertiserId, code, httpStatus, fault }) => ({
        number,
        at: at.toISOString(),
        method,
        path,
        ...(advertiserId === undefined ? {} : { advertiserId }),
        httpStatus,
        ...(code === undefined ? {} : { code }),
        note: [
          typeof params.start_date === 'string' ? `${params.start_date} to ${String(params.end_date)}` : '',
          fault ?? '',
        ]
          .filter(Boolean)
          .join(', '),
      })),
    tokenRevoked: emulator.tokenRevoked,
    buttons: FAULT_BUTTONS.map(({ key, label }) => ({ key, label })),
    faults: emulator.faults.map(({ name, fault, hits, left }) => ({
      name,
      says: JSON.stringify(fault.then),
      hits,
      ...(left === undefined ? {} : { left }),
    })),
  };
}

function moveClock(emulator: Emulator, exchange: Exchange): undefined {
  if (!isJson(exchange)) return sendJson(exchange, 415, { says: 'Send JSON: {"days": 1}.' });
  const days = valueIn(exchange.body, 'days');
  if (!isWhole(days)) return sendJson(exchange, 400, { says: 'Send {"days": 1}; days is a whole number.' });
  emulator.clock.advanceDays(days);
  return sendJson(exchange, 200, { now: emulator.clock.now().toISOString() });
}

function pressButton(emulator: Emulator, exchange: Exchange): undefined {
  if (!isJson(exchange)) return sendJson(exchange, 415, { says: 'Send JSON: {"press": "throttle"}.' });
  const wanted = valueIn(exchange.body, 'press');
  const button = FAULT_BUTTONS.find(({ key }) => key === wanted);
  if (!button) {
    const keys = FAULT_BUTTONS.map(({ key }) => key).join(', ');
    return sendJson(exchange, 400, { says: `Send {"press": …} with one of ${keys}.` });
  }
  button.press(emulator);
  return sendJson(exchange, 200, { says: button.says });
}

/** Only a page of ours can post JSON: a foreign one would have to ask first, and gets no answer to that. */
function isJson({ request }: Exchange): boolean {
  return /^application\/json\b/.test(request.headers['content-type'] ?? '');
}

const isWhole = (value: unknown): value is number => Number.isInteger(value);

function valueIn(body: string, key: string): unknown {
  try {
    return (JSON.parse(body) as Readonly<Record<string, unknown>> | null)?.[key];
  } catch {
    return undefined;
  }
}

function send(
  { response }: Exchange,
  {
    status,
    type,
    body,
    csp,
  }: { readonly status: number; readonly type: string; readonly body: string; readonly csp: string },
): undefined {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Security-Policy': csp,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

function sendJson({ response }: Exchange, status: number, body: unknown): undefined {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

function redirect({ response }: Exchange, location: string): undefined {
  response.writeHead(302, { Location: location, 'Cache-Control': 'no-store' }).end();
}
