import module from 'node:module';

/**
 * Keeps the compiled code of the modules that are loaded from now on in the system's temporary folder, where Node can
 * (from 22.1 on); the next start takes it from there. Does nothing where the folder cannot be written. Node's own
 * variables `NODE_COMPILE_CACHE` and `NODE_DISABLE_COMPILE_CACHE` are heeded.
 */
export function enableCompileCache(): void {
  const { enableCompileCache: enable } = module as { enableCompileCache?: () => unknown };
  enable?.();
}
