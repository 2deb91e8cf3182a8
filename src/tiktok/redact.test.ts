import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from './redact.ts';

const TOKEN = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678';

describe('a redacted text', () => {
  it.each([
    { says: 'as it is', secret: TOKEN, text: `Access-Token: ${TOKEN}` },
    { says: 'in a URL', secret: 's3cret/+ =&', text: 'https://x/?secret=s3cret%2F%2B%20%3D%26&page=1' },
    { says: 'in a URL with small hex digits', secret: 's3cret/+ =&', text: '?secret=s3cret%2f%2b%20%3d%26' },
    { says: 'in a form', secret: 's3cret/+ =&', text: 'secret=s3cret%2F%2B+%3D%26' },
    { says: 'percent-encoded twice', secret: 's3cret/+', text: `next=${encodeURIComponent('secret=s3cret%2F%2B')}` },
    { says: 'in JSON', secret: 'quo"te\\back\nline', text: JSON.stringify({ secret: 'quo"te\\back\nline' }) },
    { says: 'in base64', secret: TOKEN, text: `Basic ${Buffer.from(TOKEN).toString('base64')}` },
    {
      says: 'in base64 with its own signs',
      secret: '???>>>~~~???',
      text: Buffer.from('???>>>~~~???').toString('base64'),
    },
    { says: 'in base64url', secret: '???>>>~~~???', text: Buffer.from('???>>>~~~???').toString('base64url') },
    { says: 'several times', secret: TOKEN, text: `${TOKEN}${TOKEN} and ${TOKEN}` },
  ])('has no secret $says', ({ secret, text }) => {
    const redacted = createRedactor([secret])(text);
    expect(redacted).toContain('***');
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
      expect(redacted.toLowerCase()).not.toContain(form.toLowerCase());
    }
  });

  it('has the longer of two secrets replaced whole when one contains the other', () => {
    expect(createRedactor(['12345678', '1234567890'])('x 1234567890 y')).toBe('x *** y');
  });

  it('keeps dates and ids when a short secret is a part of them', () => {
    const redact = createRedactor(['2026']);
    expect(redact('app_id=2026, advertiser 7202600000, day 2026_x')).toBe(
      'app_id=***, advertiser 7202600000, day 2026_x',
    );
  });

  it('is the text itself when there are no secrets', () => {
    expect(createRedactor([])('a text')).toBe('a text');
    expect(createRedactor([''])('a text')).toBe('a text');
  });

  it('never contains a secret of eight characters or more, wherever it stands and whatever it is made of', () => {
    const secret = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 40 }).filter((text) => !text.includes('*'));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
        const redact = createRedactor([hidden]);
        expect(redact(before + hidden + after)).not.toContain(hidden);
        expect(redact(`?secret=${encodeURIComponent(hidden)}&`)).toBe('?secret=***&');
        expect(redact(JSON.stringify({ hidden }))).toBe('{"hidden":"***"}');
      }),
    );
  });
});
