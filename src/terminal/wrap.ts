import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Text that may hold colours, broken between words into lines of a terminal; what follows the first is indented. */
export function wrap(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  const indent = text.slice(0, text.length - text.trimStart().length);
  const [first, ...others] = wrapAnsi(text.trimStart(), columns - indent.length - 2).split('\n');
  return [`${indent}${first}`, ...others.map((line) => `${indent}  ${line}`)].join('\n');
}
