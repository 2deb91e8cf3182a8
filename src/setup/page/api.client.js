// @ts-check
// Calls of the server that this page came from.

/** @typedef {import('../session/setup-view.ts').Problem} Problem */

/** What the server found wrong with an answer, or that it is no longer there. */
export class CallFailed extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(`${problem.says} ${problem.advice}`);
    this.problem = problem;
  }
}

/**
 * Asks the server.
 *
 * @param {string} name
 * @param {Record<string, unknown>} [body]
 * @param {RequestInit} [more]
 * @returns {Promise<any>} the answer's JSON
 */
export async function call(name, body = {}, more = {}) {
  let answer;
  try {
    answer = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...more,
    });
  } catch {
    throw new CallFailed({
      says: 'Setup is no longer running.',
      advice:
        'Start it again in the terminal; it ends by itself after half an hour without use. What you entered is kept.',
    });
  }
  const isJson = answer.headers.get('content-type')?.startsWith('application/json');
  if (answer.ok && isJson) return answer.json();
  if (isJson) throw new CallFailed(await answer.json());
  throw new CallFailed({ says: (await answer.text()).trim(), advice: '' });
}
