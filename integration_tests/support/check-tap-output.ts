import { Ajv, type ValidateFunction } from 'ajv';
import type { SingerMessage } from './run-tap.ts';

const RFC_3339_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** What is wrong with a tap's output by the rules of `singer-check-tap` and of strict targets; nothing when it is right. */
export function checkTapOutput(messages: readonly SingerMessage[]): string[] {
  const ajv = new Ajv({ strict: false });
  const streams = new Map<string, { validate: ValidateFunction; keys: readonly string[] }>();
  const problems: string[] = [];
  for (const [index, message] of messages.entries()) {
    const problem = problemOf(message);
    if (problem) problems.push(`Message ${index + 1} (${message.type}): ${problem}`);
  }
  if (messages.at(-1)?.type !== 'STATE') problems.push('The last message is no STATE.');
  return problems;

  function problemOf({ type, stream = '', ...message }: SingerMessage): string | undefined {
    if (type === 'STATE') {
      const { value } = message;
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'value is no object';
    }
    if (stream === '') return 'no stream';
    if (type === 'SCHEMA') {
      const { schema, key_properties: keys } = message;
      if (!schema || !keys) return 'no schema or no key_properties';
      if (keys.some((key) => !(key in schema.properties))) return 'a key is no property';
      streams.set(stream, { validate: ajv.compile({ ...schema, additionalProperties: false }), keys });
      return undefined;
    }
    if (type !== 'RECORD') return 'unknown type';
    const { record, time_extracted: time } = message;
    const known = streams.get(stream);
    if (!known) return 'a RECORD before its SCHEMA';
    if (!record) return 'no record';
    if (!known.validate(record)) return ajv.errorsText(known.validate.errors);
    if (known.keys.some((key) => record[key] === null || record[key] === undefined)) return 'a key without value';
    return time === undefined || RFC_3339_UTC.test(time) ? undefined : `time_extracted is ${time}`;
  }
}
