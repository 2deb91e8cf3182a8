import { readdirSync, readFileSync } from 'node:fs';

/** Signals a process and all that descend from it: what happens to a machine happens to all of them. */
export function signalTree(root: number, signal: NodeJS.Signals): void {
  for (const pid of processTree(root)) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** A process and all that descend from it, as /proc tells it now. */
function processTree(root: number): number[] {
  const parents: [number, number][] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // proc(5): `pid (name) state parent …`; the name may hold blanks and brackets.
      const [, parent = ''] = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      parents.push([Number(name), Number(parent)]);
    } catch {
      // It has ended meanwhile.
    }
  }
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}
