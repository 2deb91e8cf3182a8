import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/**
 * Text that may hold colours, broken between words into lines of a terminal; what follows the first is indented.
 *
 * @param columns undefined where there is no terminal: the text stays as it is
 */
export function wrap(text: string, columns: number | undefined): string {
  if (columns === undefined || stringWidth(text) <= columns) return text;
  const indent = text.slice(0, text.length - text.trimStart().length);
  const [first, ...others] = wrapAnsi(text.trimStart(), columns - indent.length - 2).split('\n');
  return [`${indent}${first}`, ...others.map((line) => `${indent}  ${line}`)].join('\n');
}
