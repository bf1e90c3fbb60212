import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { controllersOf } from '../../../model/fencing.js';
import type { LabInstance } from '../../../model/lab.js';
import { locateImage } from '../image/image-store.js';
import type { EmbeddedDirs } from '../names.js';

/** Why a lab has no power controllers; undefined where it has. An image that is not built yet will have what they take. */
export function whyNoControllers(dirs: EmbeddedDirs, { lab }: LabInstance): string | undefined {
  if (controllersOf(lab).length === 0)
    return `the management network ${lab.management.cidr} has no room for the addresses of power controllers`;
  const { built, root } = locateImage(dirs.cache, lab.image);
  if (built && !existsSync(join(root, 'usr/bin/ipmi_sim'))) return `the image ${lab.image} has no ipmi_sim`;
  return undefined;
}
