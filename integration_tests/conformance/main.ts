import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import type { JsonObject } from './message.ts';
import { Session } from './session.ts';
import { CHAPTERS, obstacleTo, writtenList } from './suite.ts';
import { commandTarget, imageTarget, type Target } from './target.ts';

const USAGE = `Tries what the Airbyte protocol, and the programs that run sources, ask of a source.

  npm run conformance                                  the program in dist/ against the emulator
  npm run conformance -- --image IMAGE                 an image against the emulator
  npm run conformance -- --image IMAGE --config FILE   an image with a configuration of yours
  npm run conformance -- --command CMD                 any program, e.g. "node dist/source-tiktok-ads.js"
  npm run conformance -- --list                        the requirements, as in REQUIREMENTS.md

With --config the account that it names is read some twenty times: choose one with few rows, or a late start_date. What
needs a TikTok that fails on demand is left out then. Exit code 0: everything that was tried is met.
`;

/** Tries every requirement one after the other and prints a report; returns the exit code. */
export async function runConformance(args: readonly string[], projectRoot: string): Promise<number> {
  const options = {
    image: { type: 'string' },
    command: { type: 'string' },
    config: { type: 'string' },
    list: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const say = (text: string) => process.stdout.write(`${text}\n`);
  if (values.help || values.list) {
    process.stdout.write(values.help ? USAGE : writtenList());
    return 0;
  }
  if (values.image !== undefined && values.command !== undefined)
    throw new Error('Give --image or --command, not both.');
  const target = targetOf(values, projectRoot);
  const emulator = values.config === undefined ? await startEmulator() : undefined;
  const config = emulator?.config() ?? (JSON.parse(readFileSync(values.config ?? '', 'utf8')) as JsonObject);
  try {
    say(`Conformance of ${target.name} ${emulator ? 'against the emulator' : `with ${values.config}`}`);
    return await tryAll(target, config, emulator, say);
  } finally {
    await emulator?.close();
  }
}

function targetOf(
  { image, command }: { image?: string | undefined; command?: string | undefined },
  root: string,
): Target {
  if (image !== undefined) return imageTarget(image);
  if (command === undefined) return commandTarget([resolve(root, 'dist/source-tiktok-ads.js')]);
  const [program, ...before] = command.trim().split(/\s+/);
  if (!program) throw new Error('--command is empty.');
  // The program is started in a folder of its own: a path has to be meant from here.
  const absolute = (word: string) => (word.includes('/') && !word.startsWith('-') ? resolve(word) : word);
  return commandTarget([absolute(program), ...before.map(absolute)]);
}

async function tryAll(
  target: Target,
  config: JsonObject,
  emulator: Emulator | undefined,
  say: (text: string) => void,
): Promise<number> {
  const session = new Session(target, config);
  const counts = { met: 0, failed: 0, 'not tried': 0 };
  for (const { title, requirements } of CHAPTERS) {
    say(`\n${title}`);
    for (const requirement of requirements) {
      const { number, says } = requirement;
      const obstacle = obstacleTo(requirement, { kind: target.kind, hasEmulator: emulator !== undefined });
      if (obstacle !== undefined) {
        counts['not tried'] += 1;
        say(`  -     ${number.padEnd(5)} ${says} [not tried: ${obstacle}]`);
        continue;
      }
      try {
        await requirement.test(session);
        counts.met += 1;
        say(`  ok    ${number.padEnd(5)} ${says}`);
      } catch (error) {
        counts.failed += 1;
        say(`  FAIL  ${number.padEnd(5)} ${says}`);
        const message = error instanceof Error ? error.message : String(error);
        say(
          message
            .trim()
            .split('\n')
            .slice(0, 12)
            .map((line) => `          ${line}`)
            .join('\n'),
        );
        say(`          asked for by: ${requirement.source}`);
      }
    }
  }
  say(`\n${counts.met} met, ${counts.failed} failed, ${counts['not tried']} not tried, in ${session.runs} runs.`);
  return counts.failed === 0 ? 0 : 1;
}
