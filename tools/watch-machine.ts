import { readFileSync } from 'node:fs';

/** Looks every second at what proc_meminfo(5) and proc_loadavg(5) say. */
export function watchMachine(): { end(): { readonly memoryMiB: number; readonly load: number } } {
  const beforeMiB = availableMiB();
  let leastMiB = beforeMiB;
  let load = 0;
  const timer = setInterval(() => {
    leastMiB = Math.min(leastMiB, availableMiB());
    load = Math.max(load, Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]));
  }, 1_000);
  return {
    end() {
      clearInterval(timer);
      return { memoryMiB: beforeMiB - leastMiB, load };
    },
  };
}

function availableMiB(): number {
  return Math.round(Number(/MemAvailable: +(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) / 1024);
}
