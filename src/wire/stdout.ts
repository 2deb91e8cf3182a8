import { fstatSync, writeSync } from 'node:fs';
import type { WriteChunk } from './line-writer.ts';

/**
 * Takes standard output for protocol lines alone.
 *
 * From now on all other output (`console.log` of a dependency, a stray `process.stdout.write`) goes to standard error: one
 * foreign line ends a Singer target, and Airbyte may take it for a broken record.
 *
 * @returns the only way left to write to standard output
 */
export function takeStdout(): WriteChunk {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  // console.* looks the method up at each call, so this redirects it as well.
  stdout.write = stderr.write.bind(stderr) as typeof stdout.write;
  // The write's callback hears of a failure; without a listener the same failure would end the process with a stack trace.
  stdout.on('error', () => {});
  stderr.on('error', () => {});
  return fstatSync(stdout.fd).isFile() ? writeToFile(stdout.fd) : (chunk, done) => write(chunk, done);
}

/**
 * A file on a disk that is nearly full takes a part of a chunk, and Node’s own stream (`SyncWriteStream`)
 * drops the rest silently. The rest is written again: the disk takes it, or reports an error.
 */
function writeToFile(fd: number): WriteChunk {
  return (chunk, done) => {
    for (let written = 0; written < chunk.length; ) written += writeSync(fd, chunk, written);
    done();
  };
}
