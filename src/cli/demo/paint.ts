import { styleText } from 'node:util';

/** Colours for a terminal; the text as it is for everything else, and where `NO_COLOR` asks for it. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly accent: (text: string) => string;
}

export function createPaint(isColourful: boolean): Paint {
  const style = (format: 'bold' | 'dim' | 'green' | 'cyan') => (text: string) =>
    isColourful ? styleText(format, text) : text;
  return { bold: style('bold'), dim: style('dim'), good: style('green'), accent: style('cyan') };
}
