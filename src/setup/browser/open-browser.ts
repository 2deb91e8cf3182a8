import { spawn } from 'node:child_process';

/**
 * Opens an address in the user's browser, if this machine has one; where it has none, nothing happens.
 *
 * @param platform `process.platform`
 */
export function openBrowser(address: string, platform: string): void {
  const [command, ...args] = commandFor(platform);
  if (!command) return;
  const child = spawn(command, [...args, address], { detached: true, stdio: 'ignore' });
  child.on('error', () => {}); // The address was printed, too.
  child.unref();
}

function commandFor(platform: string): readonly string[] {
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      // Not `start`: it is a word of the shell, which would read the address's `&`.
      return ['rundll32', 'url.dll,FileProtocolHandler'];
    default:
      return ['xdg-open'];
  }
}
