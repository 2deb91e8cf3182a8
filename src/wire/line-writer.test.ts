import { describe, expect, it } from 'vitest';
import { LineWriter, OutputClosedError } from './line-writer.ts';

/** A reader that takes a chunk only when told to. */
function reader() {
  const chunks: string[] = [];
  const takes: ((error?: Error) => void)[] = [];
  const write = (chunk: Buffer, done: (error?: Error | null) => void) => {
    chunks.push(chunk.toString());
    takes.push(done);
  };
  return { chunks, write, take: (error?: Error) => takes.shift()?.(error) };
}

const immediately = (chunks: string[]) => (chunk: Buffer, done: () => void) => {
  chunks.push(chunk.toString());
  done();
};

/** Whether a promise has settled, once everything that could settle it has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  promise.then(settle, settle);
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

describe('LineWriter', () => {
  it('hands lines on in the order in which they came, in one write', async () => {
    const chunks: string[] = [];
    const out = new LineWriter(immediately(chunks));
    out.add('{"a":1}\n');
    out.add('{"a":2}\n');
    await out.drain();
    expect(chunks).toEqual(['{"a":1}\n{"a":2}\n']);
  });

  it('is full when a chunk of about 64 KiB has come together, which goes into a pipe with one more line', async () => {
    const chunks: string[] = [];
    const out = new LineWriter(immediately(chunks));
    const line = `${'é'.repeat(500)}\n`;
    while (!out.isFull) out.add(line);
    await out.handOver();
    expect(chunks).toHaveLength(1);
    expect(Buffer.byteLength(chunks.join())).toBeGreaterThan(60 * 1024);
    expect(Buffer.byteLength(chunks.join())).toBeLessThanOrEqual(64 * 1024);
  });

  it('takes a line in three parts of bytes between lines of text', async () => {
    const chunks: string[] = [];
    const out = new LineWriter(immediately(chunks));
    const bytes = Buffer.from('no{"a":"é🎉"}no');
    out.add('{"b":"é"}\n');
    out.addFramed(Buffer.from('{"r":'), { bytes, start: 2, end: bytes.length - 2 }, Buffer.from('}\n'));
    out.add('{"c":1}\n');
    await out.drain();
    expect(chunks).toEqual(['{"b":"é"}\n{"r":{"a":"é🎉"}}\n{"c":1}\n']);
  });

  it('writes no line around a text that was freed', () => {
    const out = new LineWriter(immediately([]));
    const freed = { bytes: Buffer.alloc(0), start: 0, end: 7 };
    expect(() => out.addFramed(Buffer.from('<'), freed, Buffer.from('>\n'))).toThrow('freed before it was written');
  });

  it('takes a line that is longer than a chunk, and goes on with chunks of the usual size', async () => {
    const chunks: string[] = [];
    const out = new LineWriter(immediately(chunks));
    const long = `${'é'.repeat(200_000)}\n`;
    const text = Buffer.from(long);
    for (let round = 0; round < 3; round++) {
      out.add('1\n');
      out.add(long);
      out.addFramed(Buffer.from('<'), { bytes: text, start: 0, end: text.length - 1 }, Buffer.from('>\n'));
      await out.handOver();
      out.add('2\n');
      await out.handOver();
    }
    const first = `1\n${long}<${long.trimEnd()}>\n`;
    expect(chunks).toEqual([first, '2\n', first, '2\n', first, '2\n']);
  });

  it('leaves a chunk alone that is still being read', async () => {
    const seen: Buffer[] = [];
    const takes: (() => void)[] = [];
    const out = new LineWriter((chunk, done) => {
      seen.push(chunk);
      takes.push(done);
    });
    out.add('first\n');
    await out.handOver();
    out.add('second\n');
    const second = out.handOver();
    expect(seen.map(String)).toEqual(['first\n']);
    takes[0]?.();
    await second;
    out.add('third\n');
    expect(String(seen[1])).toBe('second\n');
  });

  it('lets one chunk be made while another is read, and no third', async () => {
    const { chunks, write, take } = reader();
    const out = new LineWriter(write);
    out.add('1\n');
    await out.handOver();
    out.add('2\n');
    const second = out.handOver();
    expect(await isSettled(second)).toBe(false);
    expect(chunks).toEqual(['1\n']);
    take();
    await second;
    expect(chunks).toEqual(['1\n', '2\n']);
  });

  it('is drained only when the last chunk has been taken', async () => {
    const { write, take } = reader();
    const out = new LineWriter(write);
    out.add('1\n');
    const drained = out.drain();
    expect(await isSettled(drained)).toBe(false);
    take();
    expect(await isSettled(drained)).toBe(true);
  });

  it('hands a lone line on by itself before long', async () => {
    const arrived = new Promise<string>((resolve) => {
      const out = new LineWriter((chunk, done) => {
        resolve(chunk.toString());
        done();
      });
      out.add('{"type":"STATE"}\n');
    });
    // Nothing else keeps a test's process alive while the writer's own timer runs.
    const alive = setInterval(() => {}, 1000);
    expect(await arrived).toBe('{"type":"STATE"}\n');
    clearInterval(alive);
  });

  it('tells once that the reader has gone, and refuses everything after', async () => {
    const { write, take } = reader();
    const told: OutputClosedError[] = [];
    const out = new LineWriter(write, (error) => told.push(error));
    out.add('1\n');
    const drained = out.drain();
    const refused = expect(drained).rejects.toThrow(OutputClosedError);
    await new Promise((resolve) => setImmediate(resolve));
    take(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    await refused;
    out.add('2\n');
    await expect(out.handOver()).rejects.toThrow(OutputClosedError);
    expect(told.map((error) => error.byReader)).toEqual([true]);
  });

  it('reports a full disk, which is nobody’s right, as such', async () => {
    const out = new LineWriter(() => {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    });
    out.add('1\n');
    await expect(out.drain()).rejects.toMatchObject({
      byReader: false,
      message: 'Standard output takes no more: ENOSPC: no space left on device, write',
    });
  });
});
