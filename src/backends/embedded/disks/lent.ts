import { join } from 'node:path';

/** What lies in the folder that the machine lends a node; it has the same path on both. */
export function lentDirs(lent: string) {
  return {
    ask: join(lent, 'ask'),
    answer: join(lent, 'answer'),
    /** Block devices by the disks' names. */
    devices: join(lent, 'dev'),
    /** Where what was mounted arrives in the node. */
    mounts: join(lent, 'mnt'),
  };
}
