// Loaded into a measured program with `node --require`: at its end it tells file descriptor 3 what it has used.
// Node tells no parent what a child used. In CommonJS: it must not make a program start that of ES modules earlier.
const { readFileSync, writeSync } = require('node:fs');

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  let peakKilobytes = maxRSS;
  try {
    // On Linux maxRSS has the parent's size at the fork in it; VmHWM is this program's alone.
    peakKilobytes = Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1'))[1]);
  } catch {
    // No Linux.
  }
  writeSync(3, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakBytes: peakKilobytes * 1024 }));
});
