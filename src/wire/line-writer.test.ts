import { describe, expect, it } from 'vitest';
import { LineWriter, OutputClosedError } from './line-writer.ts';

/** A reader that takes a chunk only when told to. */
function reader() {
  const chunks: string[] = [];
  const takes: ((error?: Error) => void)[] = [];
  const write = (chunk: string, done: (error?: Error | null) => void) => {
    chunks.push(chunk);
    takes.push(done);
  };
  return { chunks, write, take: (error?: Error) => takes.shift()?.(error) };
}

const immediately = (chunks: string[]) => (chunk: string, done: () => void) => {
  chunks.push(chunk);
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

  it('is full when a chunk of 64 Ki characters has come together', () => {
    const out = new LineWriter(reader().write);
    out.add(`${'x'.repeat(64 * 1024 - 2)}\n`);
    expect(out.isFull).toBe(false);
    out.add('\n');
    expect(out.isFull).toBe(true);
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
        done();
        resolve(chunk);
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
