import { LabError } from '../../model/errors.js';
import { ownDisksOf, sharedDisksOf } from '../../model/iscsi.js';
import { imageOf, type Lab } from '../../model/lab.js';
import { type Box, boxOf, type Family } from './boxes.js';
import { dataOf, hasOwn, ownOf, type RenderInput } from './render/data.js';
import { fillTemplate, handoutNames, templateText } from './render/templates.js';

/** A file below the folder of the Vagrantfile. */
export interface RenderedFile {
  /** With slashes, e.g. `provision/links.sh`. */
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

/**
 * Vagrantfile, provisioning scripts and hosts file; the Vagrantfile stands first. Pure but for the templates it reads.
 * Throws LabError `config-invalid` for what no Vagrantfile can be made of.
 */
export function renderLab(input: RenderInput): readonly RenderedFile[] {
  const { lab, provider } = input;
  const box = boxOf(lab.image, provider, input.box ?? lab.machines.box);
  if (input.packages !== undefined && box.family !== 'debian') {
    throw new LabError(
      'config-invalid',
      `an archive of packages is for images of Debian, and this lab has ${lab.image}`,
      {
        hint: 'leave --packages out, or take an image of Debian',
        data: { image: lab.image },
      },
    );
  }
  refuseOtherFamily(input, box);
  refuseOwnDisks(input);
  refuseBareHosts(input);
  const data = dataOf(input, box);
  return [
    textFile('Vagrantfile', fillTemplate('Vagrantfile.eta', data)),
    textFile('hosts', hostsFile(lab)),
    ...scriptsOf(box.family, lab).map(scriptFile),
    ...ownFilesOf(lab),
    ...handoutNames().map((name) => textFile(name, fillTemplate(`${name}.eta`, data))),
  ];
}

function scriptsOf(family: Family, lab: Lab): readonly string[] {
  const served = sharedDisksOf(lab).length > 0;
  return [
    'host',
    'links',
    'access',
    `packages-${family}`,
    'cluster',
    ...(served ? ['disks'] : []),
    'firewall',
    ...(hasOwn(lab) ? ['own'] : []),
  ];
}

/** What is installed depends on the family; the releases of one may be mixed. */
function refuseOtherFamily({ lab, provider }: RenderInput, { family }: Box): void {
  const other = lab.nodes.find((node) => boxOf(imageOf(lab, node), provider).family !== family);
  if (other === undefined) return;
  throw new LabError('config-invalid', `${other.name} has the image ${other.image}, and the lab has ${lab.image}`, {
    hint: 'take images of one family for all nodes: Debian, or Enterprise Linux of one release',
    data: { node: other.name, image: other.image },
  });
}

/** VirtualBox gives a disk no serial number by which a machine could tell it from others. */
function refuseOwnDisks({ lab, provider }: RenderInput): void {
  const node = lab.nodes.find((each) => ownDisksOf(each).length > 0);
  if (provider === 'libvirt' || node === undefined) return;
  throw new LabError(
    'config-invalid',
    `${node.name} has disks of its own, which a machine of VirtualBox cannot distinguish`,
    {
      hint: 'take --provider libvirt',
      data: { node: node.name },
    },
  );
}

/** Provisioning installs the cluster's software; a lab without it is for hosts whose image has the packages. */
function refuseBareHosts({ lab }: RenderInput): void {
  if (lab.cluster.software !== 'packages') return;
  throw new LabError('config-invalid', `the hosts of the lab ${lab.name} come without the cluster's software`, {
    hint: 'take --backend embedded, or leave software: packages out of the lab file',
    data: { lab: lab.name },
  });
}

/** The files and scripts that the lab file names, a folder for each node. */
function ownFilesOf({ nodes }: Lab): readonly RenderedFile[] {
  return nodes.flatMap((node) => {
    const { files, scripts } = ownOf(node);
    return [...files, ...scripts].map(({ from, content }) => ({ path: from, content, mode: 0o644 }));
  });
}

function textFile(path: string, content: string): RenderedFile {
  return { path, content, mode: 0o644 };
}

function scriptFile(name: string): RenderedFile {
  const path = `provision/${name}.sh`;
  return { path, content: templateText(path), mode: 0o755 };
}

/** `/etc/hosts` of every node: each is known by its first link, as corosync and pcs are to find it. */
function hostsFile(lab: Lab): string {
  const nodes = lab.nodes.flatMap(({ name, links: [first] }) => [
    ...(first ? [`${first.address} ${name}`] : []),
    ...(first?.ipv6 ? [`${first.ipv6.address} ${name}-v6`] : []),
  ]);
  return ['127.0.0.1 localhost', '::1 localhost ip6-localhost ip6-loopback', ...nodes, ''].join('\n');
}
