import { LabError } from '../../model/errors.js';
import type { Provider } from './options.js';

/** Systems that are provisioned alike. */
export type Family = 'debian' | 'el9' | 'el7';

export interface Box {
  /** As Vagrant's catalogue has it, or as `vagrant box list` prints it. */
  readonly name: string;
  readonly family: Family;
}

interface BoxEntry {
  readonly family: Family;
  readonly boxes: { readonly [P in Provider]: string };
}

/** The same box for both: its publisher offers it for either provider. */
function same(family: Family, box: string): BoxEntry {
  return { family, boxes: { virtualbox: box, libvirt: box } };
}

/**
 * By image, the box of the system's own publisher where there is one: Debian's cloud team
 * (https://wiki.debian.org/Teams/Cloud/VagrantBaseBoxes), the AlmaLinux cloud images
 * (https://github.com/AlmaLinux/cloud-images), the Rocky Linux images
 * (https://download.rockylinux.org/pub/rocky/9/images/x86_64/, `Rocky-9-Vagrant-Vbox` and `-Libvirt`), and the CentOS
 * project, whose last centos/7 is 2004.01. Debian offers debian/trixie64 for libvirt only; bento's is the one for VirtualBox.
 * docs/vagrant.md says which of them have been booted.
 */
const BOXES: Readonly<Record<string, BoxEntry>> = {
  'debian-11': same('debian', 'debian/bullseye64'),
  'debian-12': same('debian', 'debian/bookworm64'),
  'debian-13': { family: 'debian', boxes: { virtualbox: 'bento/debian-13', libvirt: 'debian/trixie64' } },
  'almalinux-9': same('el9', 'almalinux/9'),
  'rocky-9': same('el9', 'rockylinux/9'),
  'centos-7': same('el7', 'centos/7'),
};

/** The box that an image is on a provider; `instead` is the lab file's own. Throws LabError `config-invalid` for an image unknown here. */
export function boxOf(image: string, provider: Provider, instead?: string): Box {
  const entry = Object.hasOwn(BOXES, image) ? BOXES[image] : undefined;
  if (!entry) {
    throw new LabError('config-invalid', `there is no Vagrant box for the image ${JSON.stringify(image)}`, {
      hint: `images with a box: ${Object.keys(BOXES).join(', ')}`,
      data: { image, known: Object.keys(BOXES) },
    });
  }
  return { name: instead ?? entry.boxes[provider], family: entry.family };
}
