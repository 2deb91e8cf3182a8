import { Socket } from 'node:net';

interface Writing extends Socket {
  _writeGeneric(...rest: unknown[]): void;
}

/** Milliseconds of the machine's steady clock, the same in all processes. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * Calls back with the port of the server before and after bytes leave this process. The server cannot count a request
 * earlier than the first of these calls.
 */
export function onWrite(before: (port: number) => void, after: (port: number) => void = () => {}): void {
  const prototype = Socket.prototype as Writing;
  const write = prototype._writeGeneric;
  prototype._writeGeneric = function (this: Writing, ...rest: unknown[]) {
    const { connecting, remotePort } = this;
    if (connecting || !remotePort) return write.apply(this, rest); // Node calls this again when the connection is open.
    before(remotePort);
    write.apply(this, rest);
    after(remotePort);
  };
}
