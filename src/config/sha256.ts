/** The SHA-256 of a text. Node's crypto is loaded by the first, which takes 10 ms, and most runs need none before a request. */
export function sha256(text: string): Buffer {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest();
}
