/** `ha-host1: pcs status says offline, crm_mon says online`. */
export function line(subject: string, text: string, xml: string): string {
  return `${subject}: pcs status says ${text}, crm_mon says ${xml}`;
}
