import { describe, expect, it } from 'vitest';
import { campaignDaily } from '../../streams/campaign-daily.ts';
import { runSetup } from '../run-setup.ts';

describe('setup on a page', () => {
  it('ends by itself when it is not used', async () => {
    const printed: string[] = [];
    const code = await runSetup({
      port: 0,
      browser: false,
      idleMs: 1,
      image: 'source-tiktok-ads:test',
      streams: [campaignDaily],
      flags: { fields: {} },
      print: (line) => printed.push(line),
      signal: new AbortController().signal,
    });
    expect(code).toBe(1);
    expect(printed[0]).toMatch(/^Setup is at http:\/\/localhost:\d+\/start\/\S{32}$/);
    expect(printed.at(-1)).toContain('The page was not used');
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    const running = runSetup({
      port: 0,
      browser: false,
      image: 'source-tiktok-ads:test',
      streams: [campaignDaily],
      flags: { fields: {} },
      print: () => stop.abort(),
      signal: stop.signal,
    });
    expect(await running).toBe(1);
  });
});
