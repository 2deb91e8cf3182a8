import type { TerminalFace } from './terminal-face.ts';

/**
 * The words for a person at a terminal, beside the protocol's lines. There are none where standard error goes to a
 * program, and where `--quiet`, `NO_COLOR` or a terminal that can do nothing ask for plain lines.
 *
 * @param options.isLive whether the last line may change; by default where no line of a protocol, on the same terminal,
 *   would run through it
 */
export async function openFace({
  quiet,
  isLive = !process.stdout.isTTY,
}: {
  readonly quiet: boolean;
  readonly isLive?: boolean;
}): Promise<TerminalFace | undefined> {
  const { stderr, env } = process;
  if (!stderr.isTTY || quiet || env.NO_COLOR || env.TERM === 'dumb') return undefined;
  const { TerminalFace } = await import('./terminal-face.ts');
  return new TerminalFace(stderr, { isLive });
}
