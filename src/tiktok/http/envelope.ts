import { isUtf8 } from 'node:buffer';
import { isObject } from '../../json/json.ts';
import { CODELESS, entryOfCode, entryOfStatus, metricsNamedIn } from '../error-codes.ts';
import { TikTokError } from '../errors.ts';
import type { RawAnswer } from './transport.ts';

/** What TikTok answered with code 0. */
export interface Answer {
  /** Where its bytes were no UTF-8, its texts have a NUL. */
  readonly data: unknown;
  /** TikTok's id of the request, for its support; empty when it sent none. */
  readonly requestId: string;
  /** TikTok cut the report and rows are missing: its words (header `X-Tt-Ads-Throttle`, or a mark in `data.extra_info`). */
  readonly adsThrottle?: string;
}

export interface AnswerContext {
  readonly path: string;
  readonly advertiserId?: string | undefined;
  /** A faster way than `JSON.parse` for some bodies; undefined for all others. */
  readonly parse?: ((body: Buffer) => unknown) | undefined;
  readonly redact: (text: string) => string;
  /** Says what is wrong with `data`; completes "the answer …". */
  readonly validate?: ((data: unknown) => string | undefined) | undefined;
}

/**
 * The content of an answer with code 0.
 *
 * The return code outranks the HTTP status, an answer without a code is a broken one (docs 1749734684478466).
 *
 * @throws TikTokError for everything else
 */
export function openEnvelope(raw: RawAnswer, context: AnswerContext): Answer {
  const { path, advertiserId, parse, redact, validate } = context;
  let envelope = parse?.(raw.body);
  try {
    envelope ??= JSON.parse(jsonOf(raw.body));
  } catch {
    throw withoutCode(raw, context, 'is no JSON');
  }
  if (!isObject(envelope) || typeof envelope.code !== 'number') throw withoutCode(raw, context, 'has no code');

  const { code } = envelope;
  const requestId = textOf(envelope.request_id) ?? raw.logId ?? '';
  if (code !== 0) {
    const apiMessage = redact(textOf(envelope.message) ?? '');
    const entry = entryOfCode(code, apiMessage);
    throw new TikTokError({
      ...entry,
      advertiserId,
      code,
      apiMessage,
      requestId,
      httpStatus: raw.status,
      metrics: entry.kind === 'metric_withdrawn' ? metricsNamedIn(apiMessage) : undefined,
      retryAfterMs: raw.retryAfterMs,
      message: `TikTok answered ${path} with code ${code}, "${apiMessage}" (request id ${requestId || 'not given'}).`,
    });
  }
  let { data } = envelope;
  if (validate?.(data) !== undefined) data = (JSON.parse(idsAsTexts(jsonOf(raw.body))) as { data: unknown }).data;
  const wrong = validate?.(data);
  if (wrong !== undefined) throw brokenAnswer(redact(wrong), context, requestId);
  const adsThrottle = raw.adsThrottle ?? textOf(throttleMark(data));
  return { data, requestId, ...(adsThrottle === undefined ? {} : { adsThrottle }) };
}

/**
 * Ids should be texts. When one is a number, it has more digits than a JavaScript number can hold, so it is made a text
 * before the answer is parsed. Strings are skipped as a whole: digits inside them are not numbers.
 */
function idsAsTexts(json: string): string {
  return json.replace(STRING_OR_INTEGER, (found, idKey?: string, id?: string) => {
    if (idKey !== undefined) return `${idKey}"${id}"`;
    return found.startsWith('"') ? found : `"${found}"`;
  });
}

const STRING_OR_INTEGER = /("[^"\\]*_id"\s*:\s*)(\d+)(?![\d.eE])|"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])\d{16,}(?![\d.eE])/g;

/** An answer that came with code 0 and still is not what the API promises; `what` completes "the answer …". */
function brokenAnswer(what: string, { path, advertiserId }: AnswerContext, requestId: string): TikTokError {
  const message = `The answer to ${path} ${what} (request id ${requestId || 'not given'}).`;
  return new TikTokError({ ...CODELESS.broken, message, advertiserId, requestId });
}

function withoutCode(raw: RawAnswer, { path, advertiserId, redact }: AnswerContext, what: string): TikTokError {
  const { status, body, logId } = raw;
  const text = decoded(body);
  const begin = redact(text).replace(/\s+/g, ' ').slice(0, 80);
  const log = logId === undefined ? '' : ` (request id ${logId})`;
  return new TikTokError({
    ...entryOfStatus(status, HTML.test(text)),
    message: `The answer to ${path} ${what}: HTTP ${status}, ${text.length} characters${begin && `, "${begin}"`}${log}.`,
    advertiserId,
    httpStatus: status,
    retryAfterMs: raw.retryAfterMs,
  });
}

const HTML = /^\s*<(!doctype\s+html|html)\b/i;

const decoder = new TextDecoder();
/** Without a byte order mark; what is no UTF-8 becomes U+FFFD. */
const decoded = (body: Buffer): string => decoder.decode(body);

/**
 * The JSON text of a body. What is no UTF-8 becomes an escaped NUL: U+FFFD somebody may have in a name, but no table takes
 * a NUL, so whoever writes the text sees that something had to be replaced.
 */
export function jsonOf(body: Buffer): string {
  if (isUtf8(body)) return decoded(body);
  const sent = body.toString('latin1').replaceAll('\xef\xbf\xbd', '\\ufffd');
  return decoded(Buffer.from(sent, 'latin1')).replaceAll('\ufffd', '\\u0000');
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Second-hand only: some clients report `extra_info.search_ads_throttle` where others saw the header. */
function throttleMark(data: unknown): string | undefined {
  if (!isObject(data) || !isObject(data.extra_info)) return undefined;
  const mark = data.extra_info.search_ads_throttle;
  if (mark === undefined || mark === null || mark === false || mark === 0 || mark === '') return undefined;
  return typeof mark === 'string' ? mark : `search_ads_throttle: ${JSON.stringify(mark)}`;
}
