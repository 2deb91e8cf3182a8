import { describe, expect, it } from 'vitest';
import { deniedRedirect, grantedRedirect, readPortalForm, renderConsent } from './portal.ts';

const request = { appId: '73', state: 's&"<', redirectUri: 'http://localhost:8789/callback?kept=1' };

describe('the portal', () => {
  it('writes names and parameters as text, whatever is in them', () => {
    const page = renderConsent({
      appName: 'App',
      request,
      advertisers: [{ id: '1', name: '<script>alert("1")</script> & Söhne', currency: 'EUR', timezone: 'UTC' }],
    });
    expect(page).not.toContain('<script');
    expect(page).toContain('&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; Söhne');
    expect(page).toContain('value="s&#38;&#34;&#60;"');
  });

  it('reads what was ticked', () => {
    const form = new URLSearchParams([
      ['app_id', '73'],
      ['state', 's'],
      ['redirect_uri', 'http://localhost/'],
      ['step', 'consent'],
      ['decision', 'confirm'],
      ['advertiser_id', '1'],
      ['advertiser_id', '2'],
      ['permission', '4'],
    ]);
    expect(readPortalForm(form.toString())).toEqual({
      request: { appId: '73', state: 's', redirectUri: 'http://localhost/' },
      step: 'consent',
      confirmed: true,
      advertiserIds: ['1', '2'],
      permissions: [4],
    });
  });

  it('sends the browser back with auth_code, code and state; without a code when consent was declined', () => {
    const granted = new URL(grantedRedirect(request, 'c1')).searchParams;
    expect(Object.fromEntries(granted)).toEqual({ kept: '1', auth_code: 'c1', code: 'c1', state: 's&"<' });
    const denied = new URL(deniedRedirect(request)).searchParams;
    expect([denied.get('state'), denied.get('auth_code')]).toEqual(['s&"<', null]);
  });
});
