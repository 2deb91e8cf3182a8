/** Whether a URL's host is this machine, by its name alone: nothing of what is sent there leaves it. */
export function isLoopback({ hostname }: URL): boolean {
  return /^((.*\.)?localhost\.?|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/.test(hostname);
}
