import { access, constants } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * A real browser of this machine: `CHROMIUM`, or one at the usual places.
 *
 * @throws when there is none, saying what to install: a tier whose tools are missing fails
 */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? (await firstThere());
  if (!executablePath) {
    throw new Error(
      'No Chromium was found. Install it (Debian: apt-get install -y chromium), or set CHROMIUM to its executable.',
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox', // As root, in a container.
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

async function firstThere(): Promise<string | undefined> {
  for (const place of PLACES) {
    try {
      await access(place, constants.X_OK);
      return place;
    } catch {
      // The next one.
    }
  }
  return undefined;
}
