import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where a program keeps what is this user's alone and outlives a run: `XDG_STATE_HOME`, or what the system has for it.
 */
export function stateFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string {
  const { XDG_STATE_HOME: xdg, LOCALAPPDATA: local } = environment;
  if (xdg) return join(xdg, 'source-tiktok-ads');
  if (platform === 'darwin') return join(homedir(), 'Library/Application Support/source-tiktok-ads');
  if (platform === 'win32' && local) return join(local, 'source-tiktok-ads');
  return join(homedir(), '.local/state/source-tiktok-ads');
}
