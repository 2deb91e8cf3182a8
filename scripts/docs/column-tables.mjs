import { table } from './markdown.mjs';

// To which day a figure belongs, and when it stops to move. Sources: TikTok's "Basic reports" (metric tables) and
// "Data latency".
const DELIVERY = { day: 'when it happened', settles: '12:00 UTC of the next day' };
const PEOPLE = { day: 'when it happened', settles: 'about 16 hours later' };
const ATTRIBUTED = { day: 'of the impression or click', settles: 'with the attribution window' };
const REAL_TIME = { day: 'of the conversion', settles: '12:00 UTC of the next day' };
const FIXED = { day: '–', settles: '–' };

const NEVER = 'never';
const NOT_SEEN = 'not seen';
const MIXED = 'not seen; possible where a campaign mixes goals';
const NO_SECONDARY = 'the campaign has no secondary goal';

/** What the schema does not say of a column: unit, day, when it is settled, when TikTok writes `-` for it. */
const FACTS = {
  date: ['day', FIXED, NEVER],
  campaign_id: ['id', FIXED, NEVER],
  campaign_name: ['text', FIXED, NOT_SEEN],
  cost_per_conversion: ['money', ATTRIBUTED, NOT_SEEN],
  real_time_conversion: ['count', REAL_TIME, NOT_SEEN],
  cpc: ['money', DELIVERY, NOT_SEEN],
  conversion_rate: ['percent', ATTRIBUTED, NOT_SEEN],
  frequency: ['ratio', PEOPLE, NOT_SEEN],
  real_time_conversion_rate: ['percent', REAL_TIME, NOT_SEEN],
  impressions: ['count', DELIVERY, NOT_SEEN],
  real_time_cost_per_result: ['money', REAL_TIME, MIXED],
  conversion: ['count', ATTRIBUTED, NOT_SEEN],
  real_time_result: ['count', REAL_TIME, MIXED],
  cost_per_secondary_goal_result: ['money, as text', ATTRIBUTED, NO_SECONDARY],
  secondary_goal_result_rate: ['percent, as text', ATTRIBUTED, NO_SECONDARY],
  clicks: ['count', DELIVERY, NOT_SEEN],
  cost_per_1000_reached: ['money', PEOPLE, NOT_SEEN],
  reach: ['people', PEOPLE, NOT_SEEN],
  real_time_cost_per_conversion: ['money', REAL_TIME, NOT_SEEN],
  cpm: ['money', DELIVERY, NOT_SEEN],
  ctr: ['percent', DELIVERY, NOT_SEEN],
  result_rate: ['percent', ATTRIBUTED, MIXED],
  secondary_goal_result: ['count, as text', ATTRIBUTED, NO_SECONDARY],
  cost_per_result: ['money', ATTRIBUTED, MIXED],
  real_time_result_rate: ['percent', REAL_TIME, MIXED],
  spend: ['money', DELIVERY, NOT_SEEN],
  result: ['count', ATTRIBUTED, MIXED],
};

/**
 * The columns of `campaign_daily` in their order, with the facts above (`columns`), the four of the advertiser, the columns
 * that each other stream has beside the figures (`stream-columns`), and the metrics by choice (`additional-metrics`).
 */
export function columnTables(columns, advertiserColumns, streams, { offered, metrics }) {
  const strangers = Object.keys(FACTS).filter((name) => !(name in columns));
  if (strangers.length > 0)
    throw new Error(`scripts/docs/column-tables.mjs knows columns that the schema has not: ${strangers}.`);
  const rows = Object.entries(columns).map(([name, { type, description }]) => {
    if (!(name in FACTS)) throw new Error(`scripts/docs/column-tables.mjs says nothing of the column ${name}.`);
    const [unit, { day, settles }, dash] = FACTS[name];
    return [`\`${name}\``, typeOf(type), description, unit, day, settles, dash];
  });
  // The figures that all basic streams have; a report of GMV Max campaigns has no impressions.
  const basic = streams.filter(({ properties }) => 'impressions' in properties);
  const figures = Object.keys(columns).filter(
    (name) => !/^date$|_(id|name)$/.test(name) && basic.every(({ properties }) => name in properties),
  );
  return [
    ['columns', table(['column', 'type', 'meaning', 'unit', 'counts on the day', 'settles', '`-` (null) when'], rows)],
    [
      'stream-columns',
      table(
        ['stream', 'key', 'columns', 'one row'],
        streams.map(({ name, primaryKey, properties, description }) => {
          const hasFigures = 'impressions' in properties;
          const own = Object.keys(properties).filter((column) => !hasFigures || !figures.includes(column));
          const all = [
            ...own.map((column) => `\`${column}\``),
            ...(hasFigures ? [`the ${figures.length} figures`] : []),
          ];
          return [`\`${name}\``, primaryKey.map((key) => `\`${key}\``).join(' + '), all.join(', '), description];
        }),
      ),
    ],
    [
      'additional-metrics',
      table(
        ['metric', 'type', 'unit', 'levels', 'meaning'],
        metrics
          .filter(({ name }) => offered.includes(name) && !figures.includes(name))
          .map(({ name, type, unit, levels, meaning }) => [
            `\`${name}\``,
            type,
            unit,
            levels.length === 4 ? 'all' : levels.join(', '),
            meaning,
          ]),
      ),
    ],
    [
      'advertiser-columns',
      table(
        ['column', 'type', 'meaning'],
        Object.entries(advertiserColumns).map(([name, { type, description }]) => [
          `\`${name}\``,
          typeOf(type),
          description,
        ]),
      ),
    ],
  ];
}

function typeOf(types) {
  return types.find((type) => type !== 'null');
}
