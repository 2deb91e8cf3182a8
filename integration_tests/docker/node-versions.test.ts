import { afterAll, describe, expect, it } from 'vitest';
import { SOURCE_PROGRAM } from '../orchestrators/python.ts';
import { describeResult, runProgram, runToSuccess } from '../orchestrators/run-program.ts';
import { buildImage, IMAGE, runContainer } from './image.ts';

const OTHERS = ['20', '22'] as const;

describe.each(OTHERS)('an image on Node %s', (major) => {
  afterAll(async () => {
    await runProgram('docker', ['image', 'rm', '--force', `${IMAGE}-node${major}`]);
  });

  it('is built by the same Dockerfile, and its verbs answer', async () => {
    const image = await buildImage(major);
    const version = await runContainer(['--version'], { image, options: ['--entrypoint', 'node'] });
    expect(version.stdout).toMatch(new RegExp(`^v${major}\\.`));
    const spec = await runContainer(['spec'], { image });
    expect(spec.stdout).toBe(await runToSuccess(SOURCE_PROGRAM, ['spec']));
    // The demo reads an emulator of its own, both in the container.
    const demo = await runContainer(['demo'], { image });
    expect(demo.exitCode, describeResult('demo', demo)).toBe(0);
  });
});
