import { describe, expect, it } from 'vitest';
import { maskFile } from './mask-file.ts';

const mask = (path: string, content: string) => maskFile({ path, content }, (text) => text.replaceAll('ours', '***'));

describe('a file as the preview shows it', () => {
  it('has the keys of .env and none of the values, also of other programs', () => {
    const content = [
      '# old: AKIA-OLD',
      'AWS_SECRET=AKIA-THEIRS',
      'export  TOKEN="two',
      'LINE=s"',
      "TAP_TIKTOK_ADS_CREDENTIALS_SECRET='ours'",
      '',
    ].join('\n');
    expect(mask('.env', content)).toBe('AWS_SECRET=***\nTAP_TIKTOK_ADS_CREDENTIALS_SECRET=***\nTOKEN=***\n');
  });

  it('has no value of a key that the connector does not know', () => {
    const config = { start_date: '2026-01-01', my_password: 'theirs', __injected: { a: 'theirs' } };
    expect(JSON.parse(mask('tiktok.json', JSON.stringify(config)))).toEqual({
      start_date: '2026-01-01',
      my_password: '***',
      __injected: '***',
    });
  });

  it('has what was given to setup masked in every other file', () => {
    expect(mask('run.sh', 'echo ours')).toBe('echo ***');
  });
});
