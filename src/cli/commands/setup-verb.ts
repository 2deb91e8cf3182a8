import type { Verb } from '../parse-arguments.ts';

const text = (description: string) => ({ type: 'string', requiresArg: true, description }) as const;
const flag = (description: string) => ({ type: 'boolean', description }) as const;

/** The verb `setup`. Secrets are no options: a command line can be read by everybody on the machine. */
export const SETUP_VERB: Verb = {
  name: 'setup',
  description: 'Authorize with TikTok and make what runs every day, on a page in the browser',
  options: {
    port: {
      type: 'number',
      requiresArg: true,
      description: 'Where the page is, on localhost; part of the redirect URL',
    },
    'no-browser': flag('Print the address of the page only'),
    terminal: flag('Ask in the terminal instead of on a page'),
    config: text('A configuration to change: new token, more advertisers; what it says else is kept'),
    'api-url': text('Another API than TikTok’s own, such as the emulator’s'),
    'portal-url': text('Another consent page than the one beside the API'),
    image: text('The image of this connector, for docker and Airbyte'),
    'auth-code': text('For scripts, asks nothing: the code, or the whole address that TikTok sent the browser to'),
    'keep-token': flag('For scripts, asks nothing: with --config, the token it has'),
    name: text('For scripts: Collect name'),
    into: text('For scripts: the folder of the result'),
    'app-id': text('For scripts: the app; its secret is read from TIKTOK_APP_SECRET'),
    advertisers: text('For scripts: ids with commas between, or all'),
    'start-date': text('For scripts: the first day'),
    'end-date': text('For scripts: the last day, and there is no schedule then; none takes it away'),
    'lookback-days': { type: 'number', requiresArg: true, description: 'For scripts: days read again by every run' },
    'without-deleted': flag('For scripts: leave deleted campaigns out'),
    'advertiser-columns': flag('For scripts: add id, name, currency and time zone of the advertiser to every row'),
    time: text('For scripts: when it runs every day, such as 13:30'),
    zone: text('For scripts: the time zone of that, such as Europe/Berlin'),
    target: { ...text('For scripts: where it runs'), choices: ['meltano', 'docker', 'airbyte', 'config'] },
    loader: { ...text('For scripts, Meltano: loads into'), choices: ['target-postgres', 'target-jsonl', 'other'] },
    plugin: text('For scripts, Meltano: the name of another loader'),
    host: text('For scripts, PostgreSQL: host; the password is read from TARGET_POSTGRES_PASSWORD'),
    'db-port': text('For scripts, PostgreSQL: port'),
    user: text('For scripts, PostgreSQL: user'),
    database: text('For scripts, PostgreSQL: database'),
    schema: text('For scripts, PostgreSQL: schema'),
    timer: { ...text('For scripts: what starts it'), choices: ['systemd', 'cron'] },
    'airbyte-url': text('For scripts: the Airbyte API; its token is read from AIRBYTE_TOKEN'),
    'workspace-id': text('For scripts: the Airbyte workspace'),
    'destination-id': text('For scripts: the Airbyte destination'),
    replace: flag('For scripts: replace files that are there; copies are kept'),
  },
  examples: [
    ['$0 setup', 'The page, in your browser'],
    ['$0 setup --terminal', 'The same by questions, for instance over ssh'],
    ['$0 setup --config tiktok/config.json', 'Change what is there'],
  ],
};
