import type { Requirement } from './requirement.ts';
import { check, discover } from './requirements/check-and-discover.ts';
import { commandLine } from './requirements/command-line.ts';
import { failure } from './requirements/failure.ts';
import { image } from './requirements/image.ts';
import { process } from './requirements/process.ts';
import { read } from './requirements/read.ts';
import { spec } from './requirements/spec.ts';
import { state } from './requirements/state.ts';
import { throughout } from './requirements/throughout.ts';

/** The chapters of the written list, in the order in which they are tried. */
export const CHAPTERS: readonly { readonly title: string; readonly requirements: readonly Requirement[] }[] = [
  { title: '1. Command line', requirements: commandLine },
  { title: '2. Specification', requirements: spec },
  { title: '3. Check', requirements: check },
  { title: '4. Discover', requirements: discover },
  { title: '5. Read', requirements: read },
  { title: '6. State', requirements: state },
  { title: '7. Failures', requirements: failure },
  { title: '8. Processes and pipes', requirements: process },
  { title: '9. Image', requirements: image },
  { title: '10. Throughout', requirements: throughout },
];

/** Why a requirement cannot be tried here; undefined when it can. */
export function obstacleTo(
  { only, needsEmulator }: Requirement,
  { kind, hasEmulator }: { readonly kind: 'command' | 'image'; readonly hasEmulator: boolean },
): string | undefined {
  if (only !== undefined && only !== kind) return `concerns ${only === 'image' ? 'images' : 'programs'} only`;
  if (needsEmulator && !hasEmulator) return 'needs the emulator, leave --config out';
  return undefined;
}

/** The written list, REQUIREMENTS.md. */
export function writtenList(): string {
  return [
    '# What is asked of an Airbyte source',
    '',
    'Written by `npm run conformance -- --list`. Each line is one requirement, with who asks for it; the suite tries all',
    'of them against a program or an image: `npm run conformance -- --help`.',
    ...CHAPTERS.flatMap(({ title, requirements }) => [
      '',
      `## ${title}`,
      '',
      '| number | requirement | asked for by |',
      '| --- | --- | --- |',
      ...requirements.map(({ number, says, source, only, needsEmulator }) => {
        const notes = [only && `${only} only`, needsEmulator && 'with the emulator'].filter(Boolean).join(', ');
        return `| ${number} | ${says}${notes && ` (${notes})`} | ${source} |`;
      }),
    ]),
    '',
  ].join('\n');
}
