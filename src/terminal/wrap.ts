import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/**
 * Breaks text, which may contain colours, between words into lines of a terminal. Lines after the first are indented.
 *
 * @param columns undefined without a terminal, and 0 of one that does not know its width: then the text is not changed
 */
export function wrap(text: string, columns: number | undefined): string {
  if (!columns || stringWidth(text) <= columns) return text;
  const indent = text.slice(0, text.length - text.trimStart().length);
  const [first, ...others] = wrapAnsi(text.trimStart(), columns - indent.length - 2).split('\n');
  return [`${indent}${first}`, ...others.map((line) => `${indent}  ${line}`)].join('\n');
}
