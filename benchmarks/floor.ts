import http from 'node:http';
import schema from '../schemas/campaign_daily.json' with { type: 'json' };

/**
 * The floor: the least that a program does which asks for the same pages and prints the same rows. It parses each page,
 * copies the fields into an object, numbers as numbers, and prints that as JSON. It knows no state, checks nothing, sorts
 * nothing, and gives up at the first failure.
 *
 * One argument, JSON: what to read.
 */
export interface FloorPlan {
  readonly apiUrl: string;
  readonly accessToken: string;
  readonly advertiserIds: readonly string[];
  /** Inclusive days of the windows that are asked for of each advertiser. */
  readonly windows: readonly (readonly [from: string, to: string])[];
}

interface Page {
  readonly data: {
    readonly list: readonly {
      readonly dimensions: { readonly campaign_id: string; readonly stat_time_day: string };
      readonly metrics: Readonly<Record<string, string>>;
    }[];
    readonly page_info: { readonly total_page: number };
  };
}

const IN_FLIGHT = 8;

const plan = JSON.parse(process.argv[2] ?? '') as FloorPlan;
const columns = Object.entries(schema.properties)
  .filter(([name]) => name !== 'date' && name !== 'campaign_id')
  .map(([name, { type }]) => ({ name, isText: type.includes('string') }));
const agent = new http.Agent({ keepAlive: true, maxSockets: IN_FLIGHT });

function get(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent, headers: { 'Access-Token': plan.accessToken } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
        response.on('error', reject);
      })
      .on('error', reject);
  });
}

async function readWindow(advertiserId: string, [from, to]: readonly [string, string]): Promise<void> {
  for (let page = 1, pages = 1; page <= pages; page++) {
    const query = new URLSearchParams({
      advertiser_id: advertiserId,
      service_type: 'AUCTION',
      report_type: 'BASIC',
      data_level: 'AUCTION_CAMPAIGN',
      dimensions: '["campaign_id","stat_time_day"]',
      metrics: JSON.stringify(columns.map(({ name }) => name)),
      filtering: '[{"field_name":"campaign_status","filter_type":"IN","filter_value":"[\\"STATUS_ALL\\"]"}]',
      start_date: from,
      end_date: to,
      page: String(page),
      page_size: '1000',
    });
    const { data } = JSON.parse(await get(`${plan.apiUrl}report/integrated/get/?${query}`)) as Page;
    pages = data.page_info.total_page;
    let lines = '';
    for (const { dimensions, metrics } of data.list) {
      const record: Record<string, string | number | null> = {
        date: dimensions.stat_time_day.slice(0, 10),
        campaign_id: dimensions.campaign_id,
      };
      for (const { name, isText } of columns) {
        const value = metrics[name];
        record[name] = value === undefined || value === '-' ? null : isText ? value : Number(value);
      }
      const message = { stream: 'campaign_daily', data: record, emitted_at: Date.now() };
      lines += `${JSON.stringify({ type: 'RECORD', record: message })}\n`;
    }
    if (!process.stdout.write(lines)) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

const jobs = plan.windows.flatMap((window) => plan.advertiserIds.map((id) => [id, window] as const));
await Promise.all(
  Array.from({ length: IN_FLIGHT }, async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await readWindow(...job);
  }),
);
agent.destroy();
