import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { accessibilityFaults } from './axe.ts';
import { startBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

describe('the status page of the emulator', () => {
  it.each(['light', 'dark'] as const)(
    'shows accounts, clock, requests and faults as they come, %s',
    async (colorScheme) => {
      const emulator = await startEmulator();
      try {
        const page = await (
          await browser.newContext({ colorScheme, viewport: { width: 1180, height: 860 } })
        ).newPage();
        await page.goto(emulator.origin);
        await page.getByText(emulator.accounts[0]?.name ?? 'none').waitFor();
        await page.getByText('No request yet.').waitFor();
        await page.getByText('2026-03-15 12:00:00 UTC').waitFor();

        emulator.arm({
          name: 'one bad answer',
          when: { endpoint: 'advertiser/info/' },
          times: 1,
          then: { code: 50000 },
        });
        const url = `${emulator.apiUrl}advertiser/info/?advertiser_ids=${encodeURIComponent(`["${emulator.accounts[0]?.id}"]`)}`;
        const headers = { 'Access-Token': emulator.credentials.access_token };
        await fetch(url, { headers });
        await fetch(url, { headers });
        const requests = page.getByRole('region', { name: 'Requests' });
        await requests.getByRole('row', { name: /^2 .*advertiser\/info.* 0/ }).waitFor();
        await requests.getByRole('row', { name: /^1 .*50000 one bad answer/ }).waitFor();
        await page
          .getByRole('region', { name: 'Faults' })
          .getByRole('row', { name: /one bad answer.*1 0$/ })
          .waitFor();

        await page.getByRole('button', { name: 'Move one day on' }).click();
        await page.getByText('The clock moved one day on').waitFor();
        expect(emulator.clock.now().toISOString()).toBe('2026-03-16T12:00:00.000Z');
        await page.getByText('2026-03-16 12:00:00 UTC', { exact: true }).waitFor();
        if (process.env.SCREENSHOTS && colorScheme === 'light')
          await page.screenshot({ path: `${process.env.SCREENSHOTS}/emulator-status.png`, fullPage: true });
        expect(await accessibilityFaults(page)).toEqual([]);
      } finally {
        await emulator.close();
      }
    },
  );

  it('has a bad day at the press of a button, by the keyboard alone, and ends it', async () => {
    const emulator = await startEmulator();
    try {
      const page = await browser.newPage();
      await page.goto(emulator.origin);
      const buttons = page.getByRole('group', { name: 'Have a bad day' }).getByRole('button');
      await buttons.first().waitFor();
      const headers = { 'Access-Token': emulator.credentials.access_token };
      const code = async () =>
        ((await (await fetch(`${emulator.apiUrl}user/info/`, { headers })).json()) as { code: number }).code;
      // Tab reaches every button, in the order in which they stand.
      await buttons.first().focus();
      await page.keyboard.press('Enter');
      await page.getByRole('status').filter({ hasText: 'The next five calls are refused with 40100.' }).waitFor();
      expect(await code()).toBe(40100);
      const names = await buttons.allTextContents();
      for (const name of names.slice(1)) {
        await page.keyboard.press('Tab');
        expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(name);
        if (name === 'End all faults') expect(emulator.tokenRevoked).toBe(true);
        await page.keyboard.press('Space');
        // One row a fault; without any, the row that says so.
        const shown = name === 'End all faults' ? 1 : names.indexOf(name) + 1;
        await page.waitForFunction((count) => document.querySelectorAll('#faults tr').length === count, shown);
      }
      expect(emulator.faults).toEqual([]);
      await page.getByText('No fault is in force.').waitFor();
      expect(await code()).toBe(0);
      for (const width of [390, 1400]) {
        await page.setViewportSize({ width, height: 860 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
        expect(await accessibilityFaults(page)).toEqual([]);
      }
    } finally {
      await emulator.close();
    }
  });

  it('does not let another page move the clock or press a button', async () => {
    const emulator = await startEmulator();
    try {
      const pressed = await fetch(`${emulator.origin}/emulator/faults`, {
        method: 'POST',
        body: '{"press": "revoke"}',
      });
      expect(pressed.status).toBe(415);
      expect(emulator.tokenRevoked).toBe(false);
      const answer = await fetch(`${emulator.origin}/emulator/clock`, { method: 'POST', body: '{"days": 1}' });
      expect(answer.status).toBe(415);
      expect(emulator.clock.now().toISOString()).toBe('2026-03-15T12:00:00.000Z');
    } finally {
      await emulator.close();
    }
  });

  it('does not send a browser to an address that is not registered', async () => {
    const emulator = await startEmulator();
    try {
      const query = new URLSearchParams({
        app_id: emulator.credentials.app_id,
        state: 's',
        redirect_uri: 'http://evil.example/',
      });
      const answer = await fetch(`${emulator.portalUrl}?${query}`, { redirect: 'manual' });
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('The redirect URL is not registered');
    } finally {
      await emulator.close();
    }
  });
});
