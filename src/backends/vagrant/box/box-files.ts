/** What a machine's disk can grow to; what is not written takes no room. */
export const DISK_GIB = 8;

export const METADATA = `${JSON.stringify({ provider: 'libvirt', format: 'qcow2', virtual_size: DISK_GIB })}\n`;

/** The kernel is started from beside this file: no boot loader, and a machine that says early what it does. */
export const VAGRANTFILE = `Vagrant.configure("2") do |config|
  config.vm.synced_folder ".", "/vagrant", disabled: true
  config.vm.provider :libvirt do |libvirt|
    libvirt.kernel = File.expand_path("vmlinuz", __dir__)
    libvirt.initrd = File.expand_path("initrd.img", __dir__)
    libvirt.cmd_line = "root=/dev/vda rw console=ttyS0 net.ifnames=0 quiet"
  end
end
`;

/** `debian-12`, or `debian-12-bare` for the box without the cluster packages. */
export function variantOf(image: string, cluster: boolean): string {
  return cluster ? image : `${image}-bare`;
}
