import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { withoutTimers } from '../support/without-timers.ts';
import { accessibilityFaults } from './axe.ts';
import { startBrowser } from './browser.ts';
import { type SetupProgram, startSetupProgram } from './setup-program.ts';

/** Where the pictures of the documentation go; absent: none are taken. */
const PICTURES = process.env.SCREENSHOTS;

/** The screens that the documentation shows. */
const SHOWN = new Set([
  ...['a-name', 'b-authorize', 'tiktok-consent', 'c-advertisers', 'd-range', 'e-schedule', 'f-finish'],
  ...['g-loading', 'g-done', 'b-declined', 'c-refused', 'f-airbyte', 'd-range-dark', 'c-advertisers-phone'],
]);

/** What every test of the page has: a browser, an emulated TikTok, an empty folder and the program, waiting. */
export interface SetupScene {
  readonly browser: Browser;
  readonly emulator: Emulator;
  readonly folder: string;
  readonly setup: SetupProgram;
  /** Ends the program as Ctrl+C does, or by another signal, and starts it again in the same folder, on the same port. */
  restart(args?: readonly string[], signal?: NodeJS.Signals): Promise<void>;
  /** The files that hold what was entered and is not finished. */
  drafts(): Promise<string[]>;
  /** A page of a browser profile of its own. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** The page that setup opens. */
  openSetup(options?: BrowserContextOptions): Promise<Page>;
  /**
   * What is wrong with the screen, with its name before it: what axe finds, and what goes over the edge, on a phone and on
   * a wide screen, in the dark and in the light. Takes a picture for the documentation when asked to.
   */
  look(page: Page, name: string): Promise<string[]>;
}

/**
 * Makes a scene before each test of a file and clears it away afterwards.
 *
 * @param options of the emulated TikTok
 * @param args    of the program's first start
 */
export function useSetup(options: EmulatorOptions = {}, args: readonly string[] = []): SetupScene {
  let browser: Browser | undefined;
  let emulator: Emulator | undefined;
  let folder = '';
  let setup: SetupProgram | undefined;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    emulator = await startEmulator(options);
    // Pictures show a folder that a reader may have.
    folder = PICTURES ? await emptyFolder('/srv/marketing') : await mkdtemp(join(tmpdir(), 'setup-'));
    setup = await startSetupProgram({
      folder,
      apiUrl: emulator.apiUrl,
      path: await commandsIn(folder),
      port: PICTURES ? 8789 : 0,
      args,
    });
  });
  afterEach(async () => {
    await setup?.stop();
    await emulator?.close();
    await rm(folder, { recursive: true });
  });

  const scene: SetupScene = {
    get browser() {
      return there(browser);
    },
    get emulator() {
      return there(emulator);
    },
    get folder() {
      return folder;
    },
    get setup() {
      return there(setup);
    },
    async restart(args = [], signal = 'SIGINT') {
      const port = Number(new URL(there(setup).origin).port);
      await there(setup).stop(signal);
      const path = join(folder, '.bin') + delimiter + (process.env.PATH ?? '');
      setup = await startSetupProgram({ folder, apiUrl: there(emulator).apiUrl, path, port, args });
    },
    async drafts() {
      const states = join(folder, '.state/source-tiktok-ads');
      return (await readdir(states)).filter((name) => name.endsWith('.json')).map((name) => join(states, name));
    },
    async newPage(options) {
      const context = await there(browser).newContext({ viewport: { width: 1180, height: 860 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      return page;
    },
    async openSetup(options) {
      const page = await scene.newPage(options);
      await page.goto(there(setup).startUrl);
      return page;
    },
    async look(page, name) {
      if (PICTURES) await takePictures(page, name, resolve(PICTURES));
      return (await faultsOfAllLooks(page)).map((fault) => `${name}, ${fault}`);
    },
  };
  return scene;
}

interface Look {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

/** Calls back with the page looking so, one look after the other, and leaves it as it was. */
async function inLooks<L extends Look>(
  page: Page,
  looks: readonly L[],
  then: (look: L) => Promise<void>,
): Promise<void> {
  const before = page.viewportSize() ?? { width: 1180, height: 860 };
  for (const look of looks) {
    await page.setViewportSize({ width: look.width, height: before.height });
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await then(look);
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
}

async function takePictures(page: Page, name: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const all = [
    { suffix: '', width: 1180, colorScheme: 'light' },
    { suffix: '-dark', width: 1180, colorScheme: 'dark' },
    { suffix: '-phone', width: 390, colorScheme: 'light' },
    { suffix: '-phone-dark', width: 390, colorScheme: 'dark' },
  ] as const;
  const wanted = all.filter(({ suffix }) => SHOWN.has(name + suffix) || process.env.ALL_PICTURES);
  await inLooks(page, wanted, async ({ suffix }) => {
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({
      path: join(folder, `${name}${suffix}.png`),
      fullPage: true,
      animations: 'disabled',
      caret: 'hide',
    });
  });
}

async function faultsOfAllLooks(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const looks = [390, 1400].flatMap((width) => [
    { width, colorScheme: 'light' } as const,
    { width, colorScheme: 'dark' } as const,
  ]);
  await inLooks(page, looks, async ({ width, colorScheme }) => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) faults.push(`${width} px: goes on to ${wide} px`);
    faults.push(...(await accessibilityFaults(page)).map((fault) => `${width} px, ${colorScheme}: ${fault}`));
  });
  return faults;
}

async function emptyFolder(path: string): Promise<string> {
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true });
  return path;
}

/** The two programs as commands, as an installation has them. */
async function commandsIn(folder: string): Promise<string> {
  const bin = join(folder, '.bin');
  await withoutTimers(bin);
  for (const name of ['source-tiktok-ads', 'tap-tiktok-ads']) {
    await symlink(resolve(import.meta.dirname, `../../dist/${name}.js`), join(bin, name));
  }
  return bin + delimiter + (process.env.PATH ?? '');
}

function there<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The scene has not been set: did a hook fail?');
  return value;
}
