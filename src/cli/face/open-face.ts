import type { TerminalFace } from './terminal-face.ts';

/**
 * Opens the output for a person at a terminal, which is separate from the protocol's lines. There is none when standard
 * error goes to a program, nor with `--quiet`, `NO_COLOR` or a terminal that cannot move its cursor.
 *
 * @param options.isLive whether the last line may be redrawn; by default when no lines of a protocol go to the same
 *   terminal
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
