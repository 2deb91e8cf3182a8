import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Session } from './session.ts';
import { CHAPTERS, obstacleTo } from './suite.ts';
import { commandTarget } from './target.ts';

// What is never seen to fail proves nothing.
const unmet: string[] = [];

beforeAll(async () => {
  const target = commandTarget([process.execPath, resolve(import.meta.dirname, 'bad-source.mjs')]);
  const session = new Session(target, { access_token: 'f00dfeedf00dfeedf00dfeed' });
  for (const requirement of CHAPTERS.flatMap(({ requirements }) => requirements)) {
    if (obstacleTo(requirement, { kind: 'command', hasEmulator: false })) continue;
    await requirement.test(session).catch(() => unmet.push(requirement.number));
  }
});

describe('a source with faults', () => {
  it.each([
    { number: '1.5', fault: 'writes to standard error' },
    { number: '1.6', fault: 'reads without a catalog' },
    { number: '1.7', fault: 'takes any verb' },
    { number: '2.3', fault: 'lists an enum value twice' },
    { number: '2.6', fault: 'does not mark a secret, and gives it a default' },
    { number: '2.9', fault: 'forbids further keys' },
    { number: '2.10', fault: 'describes nothing' },
    { number: '3.1', fault: 'gives no status' },
    { number: '3.2', fault: 'gives no status for an empty configuration' },
    { number: '4.4', fault: 'has a cursor that is no column' },
    { number: '4.5', fault: 'has a key that is no column' },
    { number: '4.6', fault: 'has a column that cannot be null' },
    { number: '4.7', fault: 'does not say whether it is resumable' },
    { number: '4.9', fault: 'discovers without a configuration' },
    { number: '5.11', fault: 'reads a stream that does not exist' },
    { number: '5.12', fault: 'reads in a sync mode that does not exist' },
    { number: '5.8', fault: 'leaves RUNNING out' },
    { number: '6.2', fault: 'miscounts its records' },
    { number: '6.3', fault: 'says the same state twice' },
    { number: '6.5', fault: 'reads everything again' },
    { number: '6.11', fault: 'takes any state' },
    { number: '7.1', fault: 'reads without a configuration' },
    { number: '10.1', fault: 'prints what is no message' },
    { number: '10.2', fault: 'has a key of its own' },
    { number: '10.3', fault: 'cuts its last line' },
    { number: '10.4', fault: 'prints its token' },
  ])('that $fault does not meet $number', ({ number }) => {
    expect(unmet).toContain(number);
  });
});
