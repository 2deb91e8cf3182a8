import type { TerminalFace } from './terminal-face.ts';

/**
 * The words for a person at a terminal, beside the protocol's lines. There are none where standard error goes to a
 * program, and where `--quiet`, `NO_COLOR` or a terminal that can do nothing ask for plain lines.
 */
export async function openFace({ quiet }: { readonly quiet: boolean }): Promise<TerminalFace | undefined> {
  const { stderr, stdout, env } = process;
  if (!stderr.isTTY || quiet || env.NO_COLOR || env.TERM === 'dumb') return undefined;
  const { TerminalFace } = await import('./terminal-face.ts');
  // Lines of the protocol on the same terminal would run through a line that changes.
  return new TerminalFace(stderr, { isLive: !stdout.isTTY });
}
