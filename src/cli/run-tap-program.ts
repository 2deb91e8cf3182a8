import { runTap } from '../singer/commands.ts';
import { streams } from '../streams/all-streams.ts';
import { openFace } from './face/open-face.ts';
import type { Verb } from './parse-arguments.ts';
import { readArguments } from './read-arguments.ts';
import { version } from './version.ts';

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

/**
 * The program `tap-tiktok-ads`.
 *
 * @param args what follows the program's name
 * @param name how it was called, for its messages
 * @returns the exit code
 */
export async function runTapProgram(args: readonly string[], name: string): Promise<number> {
  const parsed = await readArguments(args, { name, version, verbs: [TAP] });
  switch (parsed.type) {
    case 'text':
      process.stdout.write(`${parsed.text}\n`);
      return 0;
    case 'mistake':
      process.stderr.write(`${parsed.mistake} See \`${name} --help\`.\n`);
      return 2;
    case 'verb': {
      const { dev: _dev, quiet, ...options } = parsed.values;
      const audience = await openFace({ quiet: quiet === true });
      try {
        return await runTap(options, { streams, audience });
      } finally {
        audience?.close();
      }
    }
  }
}
