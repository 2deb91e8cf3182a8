import { describe, expect, it } from 'vitest';
import { missingPermission } from './setup-problem.ts';

describe('the permissions that came with a token', () => {
  it.each([
    ['parents', [1, 4]],
    ['children alone', [100, 44]],
    ['nothing said', []],
    ['more than needed', [1, 2, 3, 4, 10, 44, 100]],
  ])('are enough: %s', (_, scope) => {
    expect(missingPermission(scope)).toBeUndefined();
  });

  it.each([
    ['Reporting', [1, 10, 100]],
    ['Ad Account Management', [4, 44]],
  ])('lack %s, and it says which box to tick', (name, scope) => {
    const problem = missingPermission(scope);
    expect(problem?.says).toContain(name);
    expect(problem?.advice).toContain(name);
  });

  it('lack both', () => {
    expect(missingPermission([2])?.says).toMatch(/Reporting.* and Ad Account Management/);
  });
});
