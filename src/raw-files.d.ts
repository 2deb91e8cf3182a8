/** A file's text: vitest reads `?raw` by itself, the bundle through a plugin in `scripts/build.mjs`. */
declare module '*?raw' {
  const text: string;
  export default text;
}
