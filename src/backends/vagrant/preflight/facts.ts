import type { Kvm } from '../acceleration.js';

/** A program: absent, or what it says of itself. */
export interface Asked {
  /** Where it lies. Undefined where it is not installed. */
  readonly file: string | undefined;
  /** Its version, where it answered. */
  readonly version: string | undefined;
  /** Its last words, where it did not answer well. */
  readonly problem?: string;
}

/** Who else holds the processor on Windows. */
export interface WindowsFacts {
  readonly hypervisorPresent: boolean;
  readonly firmwareVirtualisation: boolean | undefined;
}

/** What was seen on a machine, gathered first and judged after. */
export interface MachineFacts {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly vagrant: Asked;
  /** By name, with versions. */
  readonly plugins: ReadonlyMap<string, string>;
  readonly hypervisor: Asked;
  /** Linux: vmx or svm in /proc/cpuinfo; macOS: kern.hv_support. Undefined where it could not be seen. */
  readonly virtualisation: boolean | undefined;
  /** This machine is itself a guest. */
  readonly isGuest: boolean;
  /** Of Linux with libvirt only. */
  readonly kvm: Kvm | undefined;
  readonly windows: WindowsFacts | undefined;
  /** CIDRs in which VirtualBox takes host-only addresses. `any`: no limit. */
  readonly ranges: readonly string[] | 'any';
  readonly memoryMiB: number;
  readonly disk: { readonly folder: string; readonly freeMiB: number };
  readonly boxes: readonly { readonly name: string; readonly provider: string }[];
}
