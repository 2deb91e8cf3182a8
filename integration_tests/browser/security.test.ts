import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { useSetup } from './use-setup.ts';
import { walkToAdvertisers, walkToPortal } from './walk.ts';

const scene = useSetup();

/** A request as no browser would send it. */
function ask(
  path: string,
  { method = 'GET', headers, body = '' }: { method?: string; headers: Record<string, string>; body?: string },
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(scene.setup.origin);
  return new Promise((done, fail) => {
    const sent = request({ hostname, port, path, method, headers, setHost: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => done({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

/** Calls of the token endpoint that the emulated TikTok saw. */
const exchanges = (): number => scene.emulator.requests.filter(({ path }) => path.includes('access_token')).length;

describe('the setup server', () => {
  it('refuses a foreign Host, even with the right cookie', async () => {
    const page = await scene.openSetup();
    const [cookie] = await page.context().cookies();
    const headers = { cookie: `${cookie?.name}=${cookie?.value}` };
    const { host } = new URL(scene.setup.origin);
    expect((await ask('/', { headers: { ...headers, host } })).status).toBe(200);
    expect((await ask('/', { headers: { ...headers, host: 'evil.example' } })).status).toBe(421);
    expect(
      (await ask('/', { headers: { ...headers, host: `evil.example:${new URL(`http://${host}`).port}` } })).status,
    ).toBe(421);
    expect((await ask('/', { headers })).status).toBeGreaterThanOrEqual(400);
  });

  it('refuses a browser that has not opened the printed address', async () => {
    const { host } = new URL(scene.setup.origin);
    const json = { host, origin: scene.setup.origin, 'content-type': 'application/json' };
    expect((await ask('/', { headers: { host } })).status).toBe(403);
    expect((await ask('/api/view', { method: 'POST', headers: json })).status).toBe(403);
    expect((await ask('/start/guess', { headers: { host } })).status).toBe(403);
  });

  it('lets one browser in by the printed address', async () => {
    const page = await scene.openSetup();
    await page.goto(scene.setup.startUrl); // The same one may come again.
    await page.getByLabel('Collect name').waitFor();
    const other = await scene.newPage();
    expect((await other.goto(scene.setup.startUrl))?.status()).toBe(403);
    await other.getByText('has let a browser in already').waitFor();
  });

  it('refuses a page of another origin, whichever way it posts', async () => {
    const page = await scene.openSetup();
    await page.getByLabel('Collect name').fill('Mine');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'Authorize' }).waitFor();

    const hostile = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>hostile</title>');
    });
    await new Promise<void>((done) => hostile.listen(0, '127.0.0.1', done));
    try {
      // Same site, since ports do not count: the cookie travels, and only the other checks are left.
      const other = await page.context().newPage();
      await other.goto(`http://localhost:${(hostile.address() as AddressInfo).port}/`);
      const results = await other.evaluate(async (origin) => {
        const attempt = async (init: RequestInit): Promise<string> => {
          try {
            const answer = await fetch(`${origin}/api/name`, { method: 'POST', credentials: 'include', ...init });
            return `${answer.type} ${answer.status}`;
          } catch {
            return 'blocked';
          }
        };
        const body = JSON.stringify({ name: 'Theirs' });
        return [
          await attempt({ body, headers: { 'content-type': 'application/json' } }),
          await attempt({ body, mode: 'no-cors', headers: { 'content-type': 'text/plain' } }),
          await attempt({ body: new URLSearchParams({ name: 'Theirs' }), mode: 'no-cors' }),
        ];
      }, scene.setup.origin);
      expect(results).toEqual(
        ['blocked', 'blocked', 'blocked'].map((_, index) =>
          index === 0 ? 'blocked' : expect.stringMatching(/^(opaque 0|blocked)$/),
        ),
      );
      const framed = await other.evaluate(async (origin) => {
        const frame = document.createElement('iframe');
        frame.src = origin;
        document.body.append(frame);
        await new Promise((done) => frame.addEventListener('load', done));
        try {
          return frame.contentDocument?.body.textContent ?? 'nothing to see';
        } catch {
          return 'nothing to see';
        }
      }, scene.setup.origin);
      expect(framed).toBe('nothing to see');
    } finally {
      await new Promise((done) => hostile.close(done));
    }
    await page.reload();
    await page.getByRole('button', { name: /Collect name/ }).click();
    expect(await page.getByLabel('Collect name').inputValue()).toBe('Mine');
  });

  it('refuses a way back with a wrong state, and asks TikTok for nothing', async () => {
    const page = await scene.openSetup();
    await walkToPortal(page, scene.emulator);
    const code = scene.emulator.issueAuthCode();
    await page.goto(`${scene.setup.origin}/callback?auth_code=${code}&code=${code}&state=guessed`);
    await page.getByText('does not belong to the authorization that was started here').waitFor();
    expect(exchanges()).toBe(0);
  });

  it('takes a way back once', async () => {
    const page = await scene.openSetup();
    const callbacks: string[] = [];
    page.on('request', (sent) => {
      if (sent.url().includes('/callback?')) callbacks.push(sent.url());
    });
    await walkToAdvertisers(page, scene.emulator);
    expect(callbacks).toHaveLength(1);
    expect(exchanges()).toBe(1);
    await page.goto(callbacks[0] ?? '');
    await page.getByRole('heading', { name: 'Advertisers' }).waitFor();
    expect(exchanges()).toBe(1);
    // And the address that held the code is gone.
    expect(page.url()).not.toContain('auth_code');
  });

  it('hands secret and token to the browser in nothing: no answer, address, storage or page', async () => {
    const { emulator, setup } = scene;
    const page = await scene.openSetup();
    const received: string[] = [];
    page.on('response', async (answer) => {
      if (!answer.url().startsWith(setup.origin)) return;
      received.push(answer.url(), JSON.stringify(await answer.allHeaders()));
      received.push(await answer.text().catch(() => ''));
    });
    await walkToAdvertisers(page, emulator);
    await page.getByLabel('Select all').check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('Configuration only').check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.locator('#main').getByRole('button', { name: 'Finish', exact: true }).click();
    await page.getByRole('button', { name: 'Write 3 files' }).waitFor();
    const storage = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    const all = [...received, storage, await page.content(), setup.output()].join('\n');
    expect(all).toContain('"access_token": "***"'.replaceAll('"', '\\"'));
    expect(all).not.toContain(emulator.credentials.secret);
    const { access_token: token } = emulator.requests.length > 0 ? await writtenToken(page) : { access_token: '' };
    expect(token).toMatch(/^[0-9a-f]{40}$/);
    expect(all).not.toContain(token);
  });

  /** Finishes, and reads the token where it is meant to be. */
  async function writtenToken(page: import('playwright-core').Page): Promise<{ access_token: string }> {
    await page.getByRole('button', { name: 'Write 3 files' }).click();
    await page.getByRole('heading', { name: 'Done' }).waitFor();
    const { readFile } = await import('node:fs/promises');
    const { join } = await import('node:path');
    return JSON.parse(await readFile(join(scene.folder, 'kowhai-friends/config.json'), 'utf8')).credentials;
  }
});
