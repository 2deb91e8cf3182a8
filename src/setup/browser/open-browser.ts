import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A page that was handed to a browser as a file. */
export interface OpenedBrowser {
  /** Takes the file away. */
  forget(): Promise<void>;
}

/**
 * Opens an address in the user's browser, if this machine has one; where it has none, nothing happens.
 *
 * The address lets in the first who asks, and arguments of a program can be read by every user of the machine: the
 * browser is given a file that only this user can read, which leads on.
 *
 * @param folder   where the file may be; made for this user alone if it is not there
 * @param platform `process.platform`
 */
export async function openBrowser(address: string, folder: string, platform: string): Promise<OpenedBrowser> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const own = await mkdtemp(join(folder, 'open-'));
  const file = join(own, 'setup.html');
  const page = `<!doctype html><meta charset="utf-8"><title>TikTok Ads: set up</title><meta http-equiv="refresh" content="0; url=${address}"><p><a href="${address}">Open setup</a>\n`;
  await writeFile(file, page, { mode: 0o600 });
  const [command, ...args] = commandFor(platform);
  const child = spawn(command, [...args, pathToFileURL(file).href], { detached: true, stdio: 'ignore' });
  child.on('error', () => {}); // The address was printed, too.
  child.unref();
  return { forget: () => rm(own, { recursive: true, force: true }) };
}

function commandFor(platform: string): readonly [string, ...string[]] {
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler'];
    default:
      return ['xdg-open'];
  }
}
