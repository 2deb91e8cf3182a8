import { styleText } from 'node:util';

/** Colours for a terminal. Other outputs, and terminals with `NO_COLOR` set, get the text without colours. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly accent: (text: string) => string;
}

export function createPaint(stream: NodeJS.WriteStream): Paint {
  const isColourful = stream.isTTY && stream.hasColors() && !process.env.NO_COLOR;
  const style = (format: 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan') => (text: string) =>
    isColourful ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: style('bold'),
    dim: style('dim'),
    good: style('green'),
    bad: style('red'),
    warn: style('yellow'),
    accent: style('cyan'),
  };
}
