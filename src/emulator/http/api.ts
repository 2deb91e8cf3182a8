import { messageFor } from '../faults/fault-messages.ts';
import type { AppliedFaults, Faults } from '../faults/faults.ts';
import { SANDBOX_PATHS } from '../world/sandbox.ts';
import type { ScheduledEvents } from '../world/scheduled-events.ts';
import { checkScope, type Grant, grantOf, type World } from '../world/world.ts';
import { type Answer, clientWaits, neverAnswer, type Outcome, sendAnswer } from './answer.ts';
import type { Arrivals } from './arrivals.ts';
import type { Call, Endpoint, Reply } from './call.ts';
import { type CallFacts, factsOf } from './call-facts.ts';
import type { Exchange } from './exchange.ts';
import type { Parameters } from './parameters.ts';
import type { AppQuota } from './quota.ts';
import { Refusal } from './refusal.ts';
import type { RequestLog } from './request-log.ts';

export const API_PREFIX = '/open_api/v1.3/';

/** How an endpoint is reached. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** False for the calls that make or end tokens. */
  readonly needsToken: boolean;
  /** The token needs one of these scopes; empty: none. */
  readonly scopes: readonly number[];
  readonly endpoint: Endpoint;
}

/** What happens to each call beside its answer. */
interface ApiParts {
  readonly faults: Faults;
  readonly events: ScheduledEvents;
  /** Undefined: none is enforced. */
  readonly quota: AppQuota | undefined;
  readonly log: RequestLog;
  readonly arrivals: Arrivals;
  readonly latencyMs: () => number;
}

/** One call of an endpoint. */
interface Asked {
  readonly route: Route;
  readonly exchange: Exchange;
  readonly parameters: Parameters;
  /** False when its body was no JSON object. */
  readonly parsed: boolean;
  readonly facts: CallFacts;
  readonly applied: AppliedFaults;
  /** When it came, by the emulator's clock. */
  readonly at: Date;
}

const NO_GRANT: Grant = { advertiserIds: [], scope: [], revoked: false };

/** Everything under `/open_api/v1.3/`: the checks that all endpoints share, in TikTok's order, and the envelope. */
export class Api {
  readonly #world: World;
  readonly #routes: ReadonlyMap<string, Route>;
  readonly #parts: ApiParts;
  #count = 0;

  constructor(world: World, routes: ReadonlyMap<string, Route>, parts: ApiParts) {
    this.#world = world;
    this.#routes = routes;
    this.#parts = parts;
  }

  async handle(exchange: Exchange): Promise<void> {
    const { faults, events, log, latencyMs, quota, arrivals } = this.#parts;
    const { method, path, query, body, client, arrivedMs } = exchange;
    arrivals.note(client, arrivedMs);
    const endpoint = path.slice(API_PREFIX.length);
    // One path is known to work without its final slash.
    const route = this.#routes.get(endpoint === 'user/info' ? 'user/info/' : endpoint);
    if (route) events.arrived(endpoint);
    const at = this.#world.clock.now();
    if (route?.method !== method) {
      const status = route ? 405 : 404;
      const text = route ? '405 method not allowed' : '404 page not found';
      await sendAnswer(exchange, { status, headers: { 'Content-Type': 'text/plain' }, body: text, now: at });
      log.add({ at, client, arrivedMs, method, path, parameters: parametersOfQuery(query), httpStatus: status });
      return;
    }
    const parsed = method === 'POST' ? parametersOfBody(body) : parametersOfQuery(query);
    const parameters = parsed ?? {};
    const facts = factsOf(endpoint, parameters, `${method} ${path}?${query}${body}`);
    const applied = faults.apply(facts, at);
    const finish = (outcome: Outcome): void => {
      if (outcome.httpStatus === 0 && endpoint.startsWith('report/')) quota?.noteTimeout(facts.signature);
      log.add({
        at,
        client,
        arrivedMs,
        method,
        path,
        parameters,
        facts,
        ...outcome,
        fault: applied.names.join('; '),
      });
    };
    const { effect } = applied;
    const delayMs = latencyMs() + (effect.delay_ms ?? 0);
    if (effect.hang) return finish(await neverAnswer(exchange));
    // Counted and made when it arrives, as at TikTok: the latency is all that an answer takes.
    const isWaiting = delayMs > 0 ? clientWaits(exchange, delayMs) : true;
    const made =
      effect.disconnect === 'before_answer'
        ? undefined
        : this.#make({ route, exchange, parameters, parsed: parsed !== undefined, facts, applied, at });
    if (!(await isWaiting)) return finish({ httpStatus: 0 });
    if (!made) {
      exchange.request.socket.resetAndDestroy();
      return finish({ httpStatus: 0 });
    }
    const { code, answer } = made;
    finish({ ...(await sendAnswer(exchange, answer, effect)), ...(code !== undefined && { code }) });
  }

  /** The answer, and the code of its envelope unless that has none. */
  #make(asked: Asked): { readonly answer: Answer; readonly code?: number } {
    const { at: now, applied } = asked;
    const { effect } = applied;
    const requestId = this.#requestId(now);
    const headers = { 'Content-Type': 'application/json', 'X-Tt-Logid': requestId };
    if (effect.http_status !== undefined) {
      const body = `<html>\r\n<head><title>${effect.http_status} Error</title></head>\r\n<body>\r\n<center><h1>${effect.http_status} Error</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
      return {
        answer: { status: effect.http_status, headers: { ...headers, 'Content-Type': 'text/html' }, body, now },
      };
    }
    const { code, reply, message } = this.#decide(asked);
    if (reply?.raw) {
      const rawHeaders = { ...headers, ...reply.headers, 'Content-Type': reply.raw.type };
      return { answer: { status: 200, headers: rawHeaders, body: reply.raw.body, now }, code: 0 };
    }
    if (reply?.whole) return { answer: { status: 200, headers, body: reply.whole, now }, code: 0 };
    const codeText = effect.without_code ? '' : `"code":${code},`;
    const data = reply?.data ?? '{}';
    const said = effect.ids_as_numbers ? data.replaceAll(/("[a-z_]+_id":)"(\d+)"/g, '$1$2') : data;
    const body = `{${codeText}"message":${JSON.stringify(message)},"request_id":"${requestId}","data":${said}}`;
    return { answer: { status: 200, headers: { ...headers, ...reply?.headers }, body, now }, code };
  }

  #decide(asked: Asked): { code: number; message: string; reply?: Reply } {
    const world = this.#world;
    const { route, facts, applied, at } = asked;
    const token = String(asked.exchange.request.headers['access-token'] ?? '');
    try {
      const grant = route.needsToken ? grantOf(world, token) : NO_GRANT;
      this.#parts.quota?.take({
        now: at,
        path: facts.endpoint,
        advertiserId: facts.advertiserIds[0],
        signature: facts.signature,
      });
      const { code, message } = applied.effect;
      if (code !== undefined) {
        const about = { advertiserId: facts.advertiserIds[0], appId: world.app.id };
        throw new Refusal(code, messageFor(code, message, about));
      }
      if (world.sandbox && !SANDBOX_PATHS.has(facts.endpoint.replace(/\/?$/, '/'))) {
        throw new Refusal(40009, `Unsupported path in sandbox environment: /v1.3/${facts.endpoint}`);
      }
      if (!asked.parsed) throw new Refusal(40002, 'Request body is not a valid JSON object.');
      checkScope(grant, route.scopes);
      const call: Call = { parameters: asked.parameters, grant, token, effect: applied.effect };
      return { code: 0, message: 'OK', reply: route.endpoint(call) };
    } catch (error) {
      if (error instanceof Refusal) return { code: error.code, message: error.message };
      // A defect of the emulator. It must not look like an answer of TikTok, which a client would try again.
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { code: 40008, message: `The emulator failed: ${text}` };
    }
  }

  #requestId(at: Date): string {
    const time = at.toISOString().replaceAll(/\D/g, '').slice(0, 14);
    return `${time}${(++this.#count).toString(16).toUpperCase().padStart(18, '0')}`;
  }
}

/** A key given twice is no list: the first one counts. */
function parametersOfQuery(query: string): Parameters {
  const parameters: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(query)) parameters[name] ??= value;
  return parameters;
}

function parametersOfBody(body: string): Parameters | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Parameters) : undefined;
  } catch {
    return undefined;
  }
}
