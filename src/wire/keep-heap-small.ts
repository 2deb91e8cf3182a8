/** After a full collection the heap may grow by so much of what is left, percent; V8 lets small heaps grow fourfold. */
const HEAP_GROWTH_PERCENT = 100;

/** The growth for thousands of advertisers, who keep 15 MB more alive; their reads wait for the quota, and have the time. */
const HEAP_GROWTH_PERCENT_OF_MANY = 25;
const MANY_ADVERTISERS = 5_000;

/** How large the space for new objects is. A read is no faster with twice of it, and a twentieth slower with half. */
const NEW_SPACE_BYTES = 8 * 1024 * 1024;

/** More than enough objects to make V8 grow that space, should a later V8 count differently. */
const BATCHES_MAX = 300;

/**
 * Makes V8 collect earlier. A read keeps 20 MB alive however many rows there are; what else a process holds is garbage
 * that V8 has not looked at yet, several times that much by default, and in a container it counts. Takes 20 ms, which a
 * read has when its first request is on its way.
 * To be called when the modules are loaded: compiled code that Node kept is of use only under the flags it was made with.
 */
export function keepHeapSmall(): void {
  v8().setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  // No flag for the largest size still works in a running process, but the factor of growth is read at each growth: the
  // space is filled until it has the wanted size, and told to keep it.
  const kept: number[][] = [];
  for (let batch = 0; batch < BATCHES_MAX && newSpaceBytes() < NEW_SPACE_BYTES; batch++) {
    for (let count = 0; count < 8; count++) kept.push(new Array(1_000).fill(0.5));
  }
  v8().setFlagsFromString('--semi-space-growth-factor=1');
}

/** To be called when the number of advertisers is known: see {@link keepHeapSmall}. */
export function keepHeapSmallFor(advertisers: number): void {
  if (advertisers > MANY_ADVERTISERS) v8().setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT_OF_MANY}`);
}

function newSpaceBytes(): number {
  const newSpace = v8()
    .getHeapSpaceStatistics()
    .find(({ space_name }) => space_name === 'new_space');
  return newSpace?.space_size ?? NEW_SPACE_BYTES;
}

/** Not loaded before it is used: the first request goes out earlier by a millisecond. */
const v8 = () => process.getBuiltinModule('node:v8');
