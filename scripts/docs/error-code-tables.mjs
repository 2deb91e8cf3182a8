import { anchor, table } from './markdown.mjs';

/** The sections of the page, in order, and what the connector does by itself in each. Every kind of error has one. */
const SECTIONS = {
  advertiser_unavailable: {
    heading: 'One advertiser cannot be read',
    text: 'The connector stops reading this advertiser and reads the others to their end, and what was read stays good. By default the run then fails and names the advertiser. With `unavailable_advertisers: warn` it succeeds with a warning, unless no advertiser at all could be read.',
  },
  credentials: {
    heading: 'Token, app or permission',
    text: 'Nothing can be read with this token or app, so the run ends at once. The state is kept: once it is mended, the next run goes on where this one ended.',
  },
  configuration: {
    heading: 'The way to TikTok',
    text: 'Trying again does not help, so the run ends at once and keeps the state. See [proxies and certificates](proxy.md).',
  },
  throttle: {
    heading: 'TikTok is asked too often',
    text: 'All requests of the app wait: one second first, doubling while it goes on, then the pause of five minutes that TikTok asks for (at once, where it says so). A limit of one advertiser (40133) holds up that advertiser only. After three long pauses without one success the run ends.',
  },
  transient: {
    heading: 'TikTok or the network fails for a moment',
    text: 'The same request is sent again after growing, random waits, for up to `patience_seconds` (10 minutes). Then its advertiser fails and the others go on.',
  },
  too_large: {
    heading: 'The report is too large',
    text: 'The window of days is halved, down to one day, and the advertiser keeps the shorter windows for the rest of the run. When one day alone is too large, its advertiser fails.',
  },
  timeout: {
    heading: 'No answer in time',
    text: 'The window is halved as above, because TikTok blocks a request that times out three times. One day alone is asked for at most three times; then its advertiser fails. The bound is `request_timeout_seconds` (60).',
  },
  metric_withdrawn: {
    heading: 'A metric is gone',
    text: 'The metric is left out for the rest of the run: its column is null, each record notes it (`NULLED`, `SOURCE_RETRIEVAL_ERROR`), a warning says so once. The run goes on and succeeds.',
  },
  quota_exhausted: {
    heading: 'The requests of the day are spent',
    text: 'When new ones come within the hour (at 00:00 UTC), the run waits for them. Otherwise it ends and says when to go on.',
  },
  unreachable: {
    heading: 'No advertiser gets an answer',
    text: 'When no advertiser has had an answer for `patience_seconds`, or TikTok still throttles after three long pauses, the run ends instead of trying each advertiser in turn.',
  },
  clock: {
    heading: 'The time is not certain',
    text: "An advertiser's today comes from the dates of TikTok's answers. When they turn out to have been wrong, the run ends, and what it read does not count: its last state is the one that it began with.",
  },
  our_fault: {
    heading: 'TikTok calls the request wrong',
    text: 'That should not happen. The advertiser fails with code, message and request id; the others go on.',
  },
};

/** The table of the code, turned into a page: `error-index` and `error-codes`. */
export function errorCodeTables({ ERROR_CODES, CODELESS, MESSAGE_RULES, UNLISTED, ...source }) {
  const coded = Object.entries(ERROR_CODES).map(([code, entry]) => ({ name: code, entry }));
  const rows = [
    ...coded,
    // TikTok gives some codes two meanings; only its words tell them apart.
    ...MESSAGE_RULES.map(({ codes, example, entry }) => ({
      name: `${codes.join(', ')} with words such as “${example}”`,
      entry,
    })),
    { name: 'any other from 50000 on', entry: UNLISTED.service },
    { name: 'any other', entry: UNLISTED.caller },
    ...Object.entries(CODELESS).map(([key, entry]) => ({
      name: /^http/.test(key) ? key.replace('http', 'HTTP ') : 'no code',
      entry,
    })),
  ];
  const homeless = rows.find(({ entry }) => !(entry.kind in SECTIONS));
  if (homeless) throw new Error(`scripts/docs/error-code-tables.mjs has no section for ${homeless.entry.kind}.`);

  const index = coded.map(({ name, entry }) => `[${name}](#${anchor(SECTIONS[entry.kind].heading)})`).join(' · ');
  const sections = Object.entries(SECTIONS).map(([kind, { heading, text }]) => {
    const own = rows.filter(({ entry }) => entry.kind === kind);
    const advices = new Set(own.map(({ entry }) => entry.advice));
    const shared = advices.size === 1 && own.length > 1 ? [`**What to do.** ${[...advices][0]}`, ''] : [];
    const body =
      shared.length > 0
        ? table(
            ['code', 'what it means'],
            own.map(({ name, entry }) => [name, meaningOf(entry)]),
          )
        : table(
            ['code', 'what it means', 'what to do'],
            own.map(({ name, entry }) => [name, meaningOf(entry), entry.advice]),
          );
    return [
      `### ${heading}`,
      '',
      `**What the connector does.** ${[text, endingOf(kind, source)].join(' ').trim()}`,
      '',
      ...shared,
      body,
    ].join('\n');
  });
  return [
    ['error-index', index],
    ['error-codes', sections.join('\n\n')],
  ];
}

function meaningOf({ meaning, timedOut }) {
  return timedOut ? `${meaning} One more try, then it counts as no answer in time.` : meaning;
}

/** What the code makes of a failure of this kind, in the words of the protocols. */
function endingOf(kind, { TikTokError, failureClassOf, endsRun, FAILURE_TYPE }) {
  if (kind === 'metric_withdrawn') return '';
  const error = new TikTokError({ kind, meaning: '', advice: '', message: '' });
  const type = `\`${FAILURE_TYPE[failureClassOf(error)]}\``;
  return endsRun(error) ? `Airbyte: ${type}.` : `Airbyte, when the run fails because of it: ${type}.`;
}
