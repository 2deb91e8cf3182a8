import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** After a full collection the heap may grow by so much of what is left, percent; V8 lets small heaps grow fourfold. */
const HEAP_GROWTH_PERCENT = 40;

/** Where the space for new objects stops growing; V8 goes on to 32 MB and more. */
const NEW_SPACE_BYTES = 8 * 1024 * 1024;

/**
 * Makes V8 collect earlier. A read keeps 20 MB of rows alive however many there are; what else a process holds is
 * garbage that V8 has not looked at yet, several times that much by default, and in a container it counts.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  const observer = new PerformanceObserver(() => {
    const newSpace = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if (!newSpace || newSpace.space_size < NEW_SPACE_BYTES) return;
    // There is no flag for its largest size that still works in a running process; this one is read at each growth.
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}
