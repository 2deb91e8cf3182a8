import type { Effect } from '../faults/scenario.generated.ts';
import type { Exchange } from './exchange.ts';

/** How a request ended, for the log. */
export interface Outcome {
  readonly httpStatus: number;
  readonly code?: number;
}

/** What is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** The time that the Date header says. */
  readonly now: Date;
}

/** Sends an answer with the damage that the effect asks for. */
export async function sendAnswer(exchange: Exchange, answer: Answer, effect: Effect = {}): Promise<Outcome> {
  const { response } = exchange;
  if (response.destroyed) return { httpStatus: 0 };
  const body = typeof answer.body === 'string' ? Buffer.from(damaged(answer.body, effect)) : answer.body;
  const headers: Record<string, string | number> = { ...answer.headers, 'Content-Length': body.length };
  if (effect.retry_after !== undefined) headers['Retry-After'] = effect.retry_after;
  if (!effect.without_date_header) {
    headers.Date = (effect.date_header === undefined ? answer.now : new Date(effect.date_header)).toUTCString();
  }
  response.writeHead(answer.status, headers);
  if (effect.disconnect === 'within_answer') {
    response.write(body.subarray(0, body.length >> 1), () => exchange.request.socket.destroy());
    return { httpStatus: 0 };
  }
  response.end(body);
  return { httpStatus: answer.status };
}

function damaged(body: string, effect: Effect): string {
  if (effect.broken_json) return `${body.slice(0, -2)}]`;
  if (effect.cut_body !== undefined) return body.slice(0, Math.floor(body.length * effect.cut_body));
  return body;
}

/** Never answers; ends when the client gives up. */
export function neverAnswer({ response }: Exchange): Promise<Outcome> {
  if (response.destroyed) return Promise.resolve({ httpStatus: 0 });
  return new Promise((resolve) => response.once('close', () => resolve({ httpStatus: 0 })));
}

/** Waits; false when the client gives up meanwhile. */
export function clientWaits({ response }: Exchange, delayMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      response.off('close', gone);
      resolve(true);
    }, delayMs);
    const gone = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    response.once('close', gone);
  });
}
