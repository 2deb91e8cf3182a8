import type { Verb } from './parse-arguments.ts';

const file = (description: string) => ({ type: 'string', requiresArg: true, description }) as const;

/** The one verb of the tap. */
export const TAP: Verb = {
  name: '',
  description: 'Sync TikTok Ads to a Singer target, or tell about it',
  options: {
    config: {
      alias: 'c',
      type: 'string',
      array: true,
      nargs: 1,
      description: 'A JSON file, or ENV for the variables TAP_TIKTOK_ADS_…; may be repeated, later ones win',
    },
    catalog: file('The catalog with what is selected, a JSON file; without it everything is read'),
    properties: { ...file('The former name of --catalog'), alias: 'p' },
    state: { ...file('The value of an earlier STATE message, a JSON file'), alias: 's' },
    shard: file('One part of the advertisers, such as 0/8: instead of the setting shard'),
    discover: { type: 'boolean', alias: 'd', description: 'Print the catalog' },
    about: { type: 'boolean', description: 'Print settings and capabilities' },
    format: file('Of --about: text, json or markdown'),
    test: { type: 'string', description: 'Read one record of each stream (all), or print schemas only (schema)' },
    version: { type: 'boolean', description: 'Print the name and version' },
    debug: { type: 'boolean', description: 'Log every request' },
    quiet: { type: 'boolean', description: 'Write log lines only, in a terminal, too' },
    // singer-python's parser accepts this option; it does nothing here.
    dev: { type: 'boolean', hidden: true },
  },
};
