import { Socket } from 'node:net';

interface Writing extends Socket {
  _writeGeneric(...rest: unknown[]): void;
}

/** Milliseconds of the machine's steady clock, the same in all processes. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * Calls back with the port of the server before bytes leave this process for it, which is the earliest that the server can
 * count them, and after.
 */
export function onWrite(before: (port: number) => void, after: (port: number) => void = () => {}): void {
  const prototype = Socket.prototype as Writing;
  const write = prototype._writeGeneric;
  prototype._writeGeneric = function (this: Writing, ...rest: unknown[]) {
    const { connecting, remotePort } = this;
    if (connecting || !remotePort) return write.apply(this, rest); // Called again when the connection is there.
    before(remotePort);
    write.apply(this, rest);
    after(remotePort);
  };
}
