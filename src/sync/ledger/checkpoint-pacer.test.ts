import { describe, expect, it } from 'vitest';
import { CheckpointPacer } from './checkpoint-pacer.ts';

const paced = () => {
  let now = 0;
  const pacer = new CheckpointPacer(
    () => now,
    () => 5_000,
  );
  return { pacer, wait: (ms: number) => (now += ms) };
};

describe('when a state is written', () => {
  it('keeps the states under a tenth of the bytes of the records, the last one included', () => {
    const { pacer } = paced();
    let states = 0;
    for (let window = 1; window <= 5_000; window++) {
      pacer.addRecords(700);
      pacer.addNews();
      if (!pacer.isDue) continue;
      pacer.written(5_000);
      states += 5_000;
      expect(states + 5_000).toBeLessThan((window * 700) / 10);
    }
    expect(states).toBeGreaterThan(200_000);
  });

  it('waits no longer than 30 s with something new to say', () => {
    const { pacer, wait } = paced();
    pacer.written(100_000);
    pacer.addNews();
    wait(29_999);
    expect(pacer.isDue).toBe(false);
    wait(1);
    expect(pacer.isDue).toBe(true);
  });

  it('breaks a silence of ten minutes, and none before', () => {
    const { pacer, wait } = paced();
    wait(599_999);
    expect(pacer.isDue).toBe(false);
    wait(1);
    expect(pacer.isDue).toBe(true);
    pacer.written(100);
    expect(pacer.isDue).toBe(false);
  });
});
