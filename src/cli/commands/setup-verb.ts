import { QUOTA_BY_TIER } from '../../config/quota-limits.ts';
import type { Verb } from '../parse-arguments.ts';

const text = (description: string) => ({ type: 'string', requiresArg: true, description }) as const;
const flag = (description: string) => ({ type: 'boolean', description }) as const;
const number = (description: string) => ({ type: 'number', requiresArg: true, description }) as const;

/** Puts several options of the help under one heading. */
function group(heading: string, options: Verb['options']): Verb['options'] {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, { ...option, group: heading }]));
}

/** Options for scripts: with one of the first two, nothing is asked. */
export const SCRIPT_OPTIONS: Verb['options'] = {
  ...group('For scripts, one of these; nothing is asked then:', {
    'auth-code': text('The code, or the whole address that TikTok sent the browser to; or TIKTOK_AUTH_CODE'),
    'keep-token': flag('With --config: the token it has'),
  }),
  ...group('For scripts, what to collect:', {
    name: text('Collect name'),
    into: text('The folder of the result'),
    'app-id': text('The app; its secret is read from TIKTOK_APP_SECRET'),
    advertisers: text('Ids with commas between, or all'),
    'leave-out': text('Ids to leave out where all are read, with commas between'),
    'start-date': text('The first day'),
    'end-date': text('The last day; it is read once then, without a schedule. none: no last day any more'),
    'lookback-days': number('Days read again by every run'),
    'without-deleted': flag('Leave deleted campaigns out'),
    'advertiser-columns': flag(
      'Add id, name, currency and time zone to every row; the default with several advertisers',
    ),
    'without-advertiser-columns': flag('Add none of these columns'),
    streams: text('Which tables, with commas between; campaign_daily without it'),
    replace: flag('Replace files that are there; copies are kept'),
  }),
  ...group('For scripts, when and where it runs:', {
    time: text('When it runs every day, such as 13:30'),
    zone: text('The time zone of that, such as Europe/Berlin'),
    target: { ...text('Where it runs'), choices: ['machine', 'meltano', 'docker', 'airbyte', 'config'] },
    timer: { ...text('What starts it'), choices: ['systemd', 'cron'] },
  }),
  ...group('For scripts, this machine and Meltano:', {
    store: { ...text('This machine: the database'), choices: ['duckdb', 'postgresql'] },
    loader: { ...text('Meltano: loads into'), choices: ['target-postgres', 'target-jsonl', 'other'] },
    plugin: text('Meltano: the name of another loader'),
    host: text('PostgreSQL: host; the password is read from TARGET_POSTGRES_PASSWORD'),
    'db-port': text('PostgreSQL: port'),
    user: text('PostgreSQL: user'),
    database: text('PostgreSQL: database'),
    schema: text('PostgreSQL: schema'),
  }),
  ...group('For scripts, Airbyte:', {
    'airbyte-url': text('The Airbyte API; its token is read from AIRBYTE_TOKEN'),
    'airbyte-client-id': text('An application in Airbyte; its secret is read from AIRBYTE_CLIENT_SECRET'),
    'workspace-id': text('The Airbyte workspace'),
    'destination-id': text('The Airbyte destination'),
  }),
};

/** The verb `setup`. Secrets are not options, because all users of a machine can read its command lines. */
export const SETUP_VERB: Verb = {
  name: 'setup',
  description: 'Authorize with TikTok and make what runs every day, on a page in the browser',
  options: {
    port: number('Where the page is, on localhost; part of the redirect URL'),
    'no-browser': flag('Print the address of the page only'),
    demo: {
      ...flag('Try it without a TikTok account: TikTok is emulated, app id and secret are filled in'),
      conflicts: ['api-url', 'portal-url', 'config'],
    },
    terminal: flag('Ask in the terminal instead of on a page'),
    config: text('A configuration to change: new token, more advertisers; the rest of it is kept'),
    'api-url': text('An API other than TikTok’s own, such as the emulator’s'),
    'portal-url': text('Another consent page than the one beside the API'),
    'api-tier': {
      ...text('What TikTok grants your app, basic if nothing else is known: the pace of setup and of all runs'),
      choices: Object.keys(QUOTA_BY_TIER),
    },
    image: text('The image of this connector, for docker and Airbyte'),
    debug: flag('Log every request to TikTok on standard error'),
    ...SCRIPT_OPTIONS,
  },
  examples: [
    ['$0 setup', 'The page, in your browser'],
    ['$0 setup --demo', 'See it work, without a TikTok account'],
    ['$0 setup --terminal', 'The same by questions, for instance over ssh'],
    ['$0 setup --config tiktok/config.json', 'Change what is there'],
  ],
};
