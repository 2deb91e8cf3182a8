import { describe, expect, it } from 'vitest';
import { jsonErrorOffset } from './json-error-offset.ts';

describe('jsonErrorOffset', () => {
  it.each([
    { says: 'a comma before a closing brace', text: '{"a": 1,|}' },
    { says: 'a comma before a closing bracket', text: '[1, |]' },
    { says: 'a key without quotes', text: '{|a: 1}' },
    { says: 'single quotes', text: "{|'a': 1}" },
    { says: 'a missing comma', text: '{"a": 1 |"b": 2}' },
    { says: 'a missing colon', text: '{"a" |1}' },
    { says: 'a value that is no JSON', text: '{"a": |undefined}' },
    { says: 'a number with a leading zero', text: '{"a": 0|1}' },
    { says: 'a line break inside a text', text: '{"a": |"b\n"}' },
    { says: 'a comment', text: '{"a": 1} |// why' },
    { says: 'the end of a file that was cut', text: '{"a": [1, {"b": "c"}|' },
    { says: 'a closing bracket of the wrong kind', text: '{"a": [1|}}' },
  ])('finds $says', ({ text }) => {
    expect(jsonErrorOffset(text.replace('|', ''))).toBe(text.indexOf('|'));
  });

  it.each(['{"a": [1, -2.5e+3, "x\\u00e9\\n", true, false, null, {}], "b": []}', ' 1 ', '""'])(
    'finds nothing in %s',
    (text) => {
      expect(jsonErrorOffset(text)).toBe(text.length);
    },
  );
});
