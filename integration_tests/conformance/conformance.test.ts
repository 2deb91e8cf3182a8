import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { Session } from './session.ts';
import { CHAPTERS, obstacleTo, writtenList } from './suite.ts';
import { commandTarget, imageTarget } from './target.ts';

// `npm run test:docker` names the image to be tried instead of the program.
const image = process.env.CONFORMANCE_IMAGE;
const program = resolve(import.meta.dirname, '../../dist/source-tiktok-ads.js');
const target = image === undefined ? commandTarget([program]) : imageTarget(image);

let emulator: Emulator;
let session: Session;

beforeAll(async () => {
  emulator = await startEmulator();
  session = new Session(target, emulator.config());
});
afterAll(() => emulator.close());

const triable = CHAPTERS.map(({ title, requirements }) => ({
  title,
  requirements: requirements.filter((one) => !obstacleTo(one, { kind: target.kind, hasEmulator: true })),
})).filter(({ requirements }) => requirements.length > 0);

describe.each(triable)('$title', ({ requirements }) => {
  it.each(requirements)('$number $says', async (requirement) => {
    await expect(requirement.test(session)).resolves.toBeUndefined();
  });
});

describe('the written list', () => {
  it('is what the suite tries', () => {
    expect(readFileSync(resolve(import.meta.dirname, 'REQUIREMENTS.md'), 'utf8')).toBe(writtenList());
  });

  it('gives each number once', () => {
    const numbers = CHAPTERS.flatMap(({ requirements }) => requirements.map(({ number }) => number));
    expect(numbers.length).toBe(new Set(numbers).size);
  });
});
