import campaignDaily from '../../schemas/campaign_daily.json' with { type: 'json' };
import type { Emulator } from '../emulator/emulator.ts';

/** An answer as a plain HTTP client meets it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The envelope; empty when the text is no JSON. */
  readonly body: Envelope;
}

export interface Envelope {
  readonly code?: number;
  readonly message?: string;
  readonly request_id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly data?: any;
}

type Values = Readonly<Record<string, unknown>>;

/** A GET as TikTok documents it: lists and objects as JSON texts. Used by tests only, and it knows no client of ours. */
export async function get(
  emulator: Emulator,
  path: string,
  parameters: Values = {},
  { token = emulator.credentials.access_token, signal }: { token?: string; signal?: AbortSignal } = {},
): Promise<Answer> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  const url = `${emulator.apiUrl}${path}?${query}`;
  return answerOf(await fetch(url, { headers: { 'Access-Token': token }, ...(signal ? { signal } : {}) }));
}

export async function post(
  emulator: Emulator,
  path: string,
  body: unknown,
  { token = emulator.credentials.access_token }: { token?: string } = {},
): Promise<Answer> {
  return answerOf(
    await fetch(`${emulator.apiUrl}${path}`, {
      method: 'POST',
      headers: { 'Access-Token': token, 'Content-Type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: Envelope = {};
  try {
    body = JSON.parse(text) as Envelope;
  } catch {
    // Some answers are no JSON; tests look at their text.
  }
  return { status: response.status, headers: response.headers, text, body };
}

/** Deleted campaigns too. */
export const STATUS_ALL = { field_name: 'campaign_status', filter_type: 'IN', filter_value: '["STATUS_ALL"]' };

/** The metrics of the table. */
export const METRICS_OF_TABLE = Object.keys(campaignDaily.properties).filter(
  (name) => name !== 'date' && name !== 'campaign_id',
);

/** The parameters of a daily campaign report of the first account, some replaced. */
export function reportParameters(emulator: Emulator, replaced: Values = {}): Values {
  return {
    advertiser_id: emulator.accounts[0]?.id,
    service_type: 'AUCTION',
    report_type: 'BASIC',
    data_level: 'AUCTION_CAMPAIGN',
    dimensions: ['campaign_id', 'stat_time_day'],
    metrics: METRICS_OF_TABLE,
    start_date: '2026-02-10',
    end_date: '2026-03-11',
    filtering: [STATUS_ALL],
    page: 1,
    page_size: 1000,
    ...replaced,
  };
}

export function report(emulator: Emulator, replaced: Values = {}, signal?: AbortSignal): Promise<Answer> {
  return get(emulator, 'report/integrated/get/', reportParameters(emulator, replaced), signal ? { signal } : {});
}
