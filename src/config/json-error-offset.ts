const SPACE = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows none of them in a text.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = new RegExp(`${STRING.source}|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null`, 'y');

/**
 * Where a text stops being JSON (RFC 8259): the offset of the first character that cannot stand there, or the length of
 * the text when it is cut off or whole. Node's parser says it only for some mistakes, and quotes the text for others.
 */
export function jsonErrorOffset(text: string): number {
  let offset = 0;
  const take = (expression: RegExp): boolean => {
    expression.lastIndex = offset;
    const found = expression.exec(text)?.[0];
    if (found === undefined) return false;
    offset += found.length;
    return true;
  };
  const next = (): string => {
    take(SPACE);
    return text.charAt(offset);
  };
  const closers: string[] = []; // The brackets that are open; a list instead of recursion, because a file may nest deeply.
  let wanted: 'value' | 'value or ]' | 'key' | 'key or }' | 'end of value' = 'value';
  for (;;) {
    const character = next();
    if (wanted === 'end of value') {
      const closer = closers.at(-1);
      if (closer === undefined) return offset;
      if (character === closer) closers.pop();
      else if (character === ',') wanted = closer === '}' ? 'key' : 'value';
      else return offset;
      offset += 1;
      continue;
    }
    if ((wanted === 'value or ]' && character === ']') || (wanted === 'key or }' && character === '}')) {
      closers.pop();
      offset += 1;
      wanted = 'end of value';
      continue;
    }
    if (wanted === 'key' || wanted === 'key or }') {
      if (!take(STRING) || next() !== ':') return offset;
      offset += 1;
      wanted = 'value';
      continue;
    }
    if (character === '{' || character === '[') {
      closers.push(character === '{' ? '}' : ']');
      offset += 1;
      wanted = character === '{' ? 'key or }' : 'value or ]';
      continue;
    }
    if (!take(SCALAR)) return offset;
    wanted = 'end of value';
  }
}
