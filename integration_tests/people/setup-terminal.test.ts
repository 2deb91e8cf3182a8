import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { config, emulator, folder, newForEachTest, PROGRAM, type Run, start } from '../support/run-setup.ts';

newForEachTest();

/** What the keys send. */
const DOWN = '\u001b[B';
const UP = '\u001b[A';
const BACKSPACE = '\u007f';

describe('setup in the terminal', () => {
  /** Answers everything up to the list of advertisers. */
  async function authorized(more: readonly string[] = []): Promise<Run> {
    const run = start(process.execPath, [PROGRAM, 'setup', '--terminal', '--api-url', emulator.apiUrl, ...more]);
    await run.meet('Collect name');
    run.type('My brand\r');
    await run.meet('Folder');
    run.type('\r');
    await run.meet('callback');
    await run.meet('App id');
    run.type(`${emulator.credentials.app_id}\r`);
    await run.meet('Secret');
    run.type(`${emulator.credentials.secret}\r`);
    await run.meet('Click here to authorize');
    // Asked with other words where the port of the way back is in use; lines are broken anywhere.
    await run.meet('aste the address');
    const [link = ''] = /http\S+portal\/auth\?\S+/.exec(run.output()) ?? [];
    const asked = new URL(link).searchParams;
    const code = emulator.issueAuthCode();
    run.type(`${asked.get('redirect_uri')}?auth_code=${code}&code=${code}&state=${asked.get('state')}\r`);
    await run.meet('Collect all 4 advertisers');
    expect(run.output()).not.toContain(code);
    return run;
  }

  it('goes the whole way by Enter, says what the range means, and shows the last days', async () => {
    const run = await authorized();
    run.type('\r');
    await run.meet('Historical range');
    run.type('\r');
    await run.meet('Windows');
    await run.meet('for reports');
    await run.meet('Change details?');
    run.type('\r');
    await run.meet('Runs every day at');
    run.type('\r');
    await run.meet('Where it runs');
    run.type('\r');
    await run.meet('Loads into');
    run.type('\r');
    await run.meet('Started by');
    run.type('\r');
    await run.meet('4 advertisers can be read.');
    await run.meet('systemd does not answer for your user here');
    await run.meet('Not everything that it needs is here');
    run.type(`${DOWN}${DOWN}\r`); // Past “Change where it runs”: all the same.
    await run.meet('spent in the last 14 days');
    await run.meet('█');
    await run.meet('Compare these days with Ads Manager.');
    await run.meet('Write this?');
    run.type('\r');
    await run.meet('Load the history now');
    emulator.arm({ when: { endpoint: 'report/integrated/get/' }, then: { delay_ms: 1_000 } });
    run.type('\r');
    await run.meet('0 rows · 0 of 4 advertisers · 0 of 12 reports · ');
    const { code: exit, output } = await run.ended;
    expect(output).toMatch(/campaign_daily: [\d,]+ rows in the file /);
    expect(output).toContain('The timer could not be started from here');
    expect(output).toMatch(/is loaded\. Nothing starts it every day at .* yet\./);
    expect(exit).toBe(0);
    expect((await readdir(join(folder, 'my-brand'))).sort()).toEqual(
      ['.gitignore', 'config.json', 'run.sh', 'setup.json', 'systemd', 'tiktok-ads.duckdb'].sort(),
    );
    expect(output).not.toContain(emulator.credentials.secret);
    expect(output).not.toContain((await config('my-brand/config.json')).credentials.access_token);
  });

  it('takes last day, lookback, deleted campaigns, columns and tables on demand, and says at once what is wrong', async () => {
    const run = await authorized();
    run.type('\r');
    await run.meet('Historical range');
    run.type(`${UP}\r`);
    await run.meet('First day');
    run.type(`${BACKSPACE.repeat(10)}2026-01-01\r`);
    await run.meet('From 2026-01-01 to today');
    await run.meet('Change details?');
    run.type(`${DOWN}\r`);
    await run.meet('Last day');
    run.type('2025-12-31\r');
    await run.meet('The last day lies before the first.');
    run.type(`${BACKSPACE.repeat(10)}2026-01-31\r`);
    await run.meet('Lookback');
    run.type(`${BACKSPACE}100\r`);
    await run.meet('0 to 90 days');
    run.type(`${BACKSPACE.repeat(3)}28\r`);
    await run.meet('Deleted campaigns');
    run.type('n');
    await run.meet('columns for the advertiser');
    run.type('y');
    await run.meet('Which tables');
    run.type(`${DOWN} \r`);
    await run.meet('2026-01-01 to 2026-01-31; lookback 28 days; without deleted campaigns; columns for the advertiser');
    await run.meet('campaign_daily, adgroup_daily');
    await run.meet('One run, then it is complete.');
    await run.meet('Change details?');
    run.type('\r');
    // No time of day: it stops.
    await run.meet('Where it runs');
    run.type(`${UP}\r`);
    await run.meet('Write this?');
    run.type(`${DOWN}\r`);
    await run.meet('"secret": "***"');
    await run.meet('Write this?');
    run.type('\r');
    expect((await run.ended).code).toBe(0);
    expect(await config('my-brand/config.json')).toMatchObject({
      start_date: '2026-01-01',
      end_date: '2026-01-31',
      lookback_days: 28,
      include_deleted: false,
      advertiser_columns: true,
    });
  });

  it('names an advertiser that cannot be read before it is chosen, and lets a failed check be mended', async () => {
    const [first, second] = emulator.accounts;
    emulator.suspend(first?.id ?? '');
    const run = await authorized();
    expect(run.output()).toContain(`(${first?.id}) cannot be read.`);
    run.type('y');
    await run.meet('Historical range');
    run.type('\r');
    await run.meet('Change details?');
    run.type('\r');
    await run.meet('Runs every day at');
    run.type('\r');
    await run.meet('Where it runs');
    run.type(`${UP}\r`);
    await run.meet('The check did not pass');
    run.type(`${DOWN}\r`);
    await run.meet('Collect all 4 advertisers');
    run.type('n');
    await run.meet('no permission');
    run.type('\r');
    await run.meet('3 advertisers can be read.');
    await run.meet(`the last days of ${second?.name}`);
    await run.meet('Write this?');
    run.type(`${UP}\r`);
    const { code, output } = await run.ended;
    expect(output).toContain('Nothing was written.');
    expect(code).toBe(1);
    expect((await readdir(folder)).filter((name) => name !== '.state')).toEqual([]);
  });

  it('goes on after Ctrl+C with what was answered before', async () => {
    const first = await authorized();
    first.type('\r');
    await first.meet('Historical range');
    first.type('\u0003');
    expect((await first.ended).code).toBe(1);
    const run = start(process.execPath, [PROGRAM, 'setup', '--terminal', '--api-url', emulator.apiUrl]);
    await run.meet('Go on with “My brand”');
    run.type('\r');
    await run.meet('Keep the present authorization?');
    run.type('\r');
    await run.meet('Historical range');
    run.type('\u0003');
    await run.ended;
  });

  it('says so when there is no terminal to answer in', async () => {
    const run = start('/bin/sh', ['-c', `'${process.execPath}' '${PROGRAM}' setup --terminal < /dev/null`]);
    const { code, output } = await run.ended;
    expect(output).toContain('There is no terminal to answer in');
    expect(code).toBe(1);
  });

  it.each([
    { says: 'Ctrl+C', key: '\u0003' },
    { says: 'Escape', key: '\u001b' },
  ])('writes nothing when it is cancelled by $says', async ({ key }) => {
    const run = start(process.execPath, [PROGRAM, 'setup', '--terminal', '--api-url', emulator.apiUrl]);
    await run.meet('Collect name');
    run.type(key);
    const { code, output } = await run.ended;
    expect(output).toContain('Nothing was written.');
    expect(code).toBe(1);
    expect((await readdir(folder)).filter((name) => name !== '.state')).toEqual([]);
  });
});
