import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLine } from '../conformance/message.ts';
import { pythonProgram } from './python.ts';

// The schema of the conformance suite was written from the protocol's documents. Here the protocol's own models judge it.

const NAME = { name: 'campaign_daily' };
const AT = 1_773_576_000_000;
const trace = (type: string, payload: object) => ({ type: 'TRACE', trace: { type, emitted_at: AT, ...payload } });

/** One message of every kind, with every key that a source may use. */
const MESSAGES: readonly object[] = [
  {
    type: 'RECORD',
    record: {
      namespace: 'n',
      stream: 'campaign_daily',
      data: { a: 1 },
      emitted_at: AT,
      meta: { changes: [{ field: 'a', change: 'NULLED', reason: 'SOURCE_RETRIEVAL_ERROR' }] },
    },
  },
  {
    type: 'STATE',
    state: {
      type: 'STREAM',
      stream: { stream_descriptor: { ...NAME, namespace: 'n' }, stream_state: { version: 1 } },
      sourceStats: { recordCount: 5 },
    },
  },
  {
    type: 'STATE',
    state: {
      type: 'GLOBAL',
      global: { shared_state: { a: 1 }, stream_states: [{ stream_descriptor: NAME, stream_state: {} }] },
    },
  },
  { type: 'LOG', log: { level: 'INFO', message: 'text', stack_trace: 'text' } },
  {
    type: 'SPEC',
    spec: {
      protocol_version: '0.3.2',
      documentationUrl: 'https://example.com/docs',
      changelogUrl: 'https://example.com/log',
      connectionSpecification: { type: 'object' },
      supportsIncremental: true,
      advanced_auth: {
        auth_flow_type: 'oauth2.0',
        predicate_key: ['credentials', 'auth_type'],
        predicate_value: 'oauth2.0',
        oauth_config_specification: { complete_oauth_output_specification: {} },
      },
    },
  },
  { type: 'CONNECTION_STATUS', connectionStatus: { status: 'FAILED', message: 'text' } },
  {
    type: 'CATALOG',
    catalog: {
      streams: [
        {
          name: 'campaign_daily',
          namespace: 'n',
          json_schema: { type: 'object' },
          supported_sync_modes: ['full_refresh', 'incremental'],
          source_defined_cursor: true,
          default_cursor_field: ['date'],
          source_defined_primary_key: [['date']],
          is_resumable: true,
        },
      ],
    },
  },
  trace('ERROR', {
    error: {
      message: 'text',
      internal_message: 'text',
      stack_trace: 'text',
      failure_type: 'config_error',
      stream_descriptor: NAME,
    },
  }),
  trace('ESTIMATE', { estimate: { name: 'a', namespace: 'n', type: 'STREAM', row_estimate: 1, byte_estimate: 2 } }),
  trace('STREAM_STATUS', {
    stream_status: {
      stream_descriptor: NAME,
      status: 'RUNNING',
      reasons: [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: AT } }],
    },
  }),
  trace('ANALYTICS', { analytics: { type: 'a', value: 'b' } }),
  { type: 'CONTROL', control: { type: 'CONNECTOR_CONFIG', emitted_at: AT, connectorConfig: { config: { a: 1 } } } },
];

const WRONG_VALUES: readonly unknown[] = [undefined, 'NO_SUCH_WORD', 7, 1.5, true, {}, [], [7]];

/** The value with each of its parts, one after the other, left out or replaced by something else. */
function* spoilt(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const others = [...WRONG_VALUES, ...spoilt(part)].filter((wrong) => JSON.stringify(wrong) !== JSON.stringify(part));
    for (const wrong of others) {
      yield Array.isArray(value)
        ? value.map((member, index) => (String(index) === key ? (wrong ?? null) : member))
        : { ...value, [key]: wrong };
    }
  }
}

/** Whether the protocol's models take each of these lines. */
function judged(lines: readonly string[]): boolean[] {
  const program = resolve(import.meta.dirname, 'python/judge_lines.py');
  const { stdout, stderr, status } = spawnSync(pythonProgram('airbyte', 'python'), [program], {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout
    .trim()
    .split('\n')
    .map((word) => word === 'true');
}

const isTakenHere = (line: string) => {
  const { mistakes, unknownKeys } = readLine(line);
  return mistakes.length === 0 && unknownKeys.length === 0;
};

describe('the schema of the conformance suite', () => {
  it('takes every kind of message, as the protocol’s models do', () => {
    const lines = MESSAGES.map((message) => JSON.stringify(message));
    expect(lines.filter((line) => !isTakenHere(line))).toEqual([]);
    const verdicts = judged(lines);
    expect(lines.filter((_line, index) => !verdicts[index])).toEqual([]);
  });

  it('refuses every spoilt message that the protocol’s models refuse', () => {
    const lines = [...new Set(MESSAGES.flatMap((message) => [...spoilt(message)].map((one) => JSON.stringify(one))))];
    expect(lines.length).toBeGreaterThan(500);
    const verdicts = judged(lines);
    expect(verdicts.filter((isTaken) => !isTaken).length).toBeGreaterThan(300);
    expect(lines.filter((line, index) => !verdicts[index] && isTakenHere(line))).toEqual([]);
  });
});
