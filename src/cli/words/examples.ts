/** Below the help of halab itself. */
export const EXAMPLES = `
A first look:
  halab run scenarios/walkthrough      a lab from nothing, a cluster, a failover, a report; then all is gone again
  halab up && halab ssh ha-host1       a lab to play with; halab down takes it away

Environment: every flag has a variable (HALAB_NAME, HALAB_IMAGE …, shown with each command's --help), and
  HALAB_STATE_DIR, HALAB_CACHE_DIR, HALAB_REPORTS_DIR   where things are kept
  HALAB_APT_MIRROR                                      package source for node images

Exit codes: 0 passed · 1 an expectation or audit failed · 2 usage or configuration · 3 could not tell · 70 a bug of halab · 130 interrupted`;

/** What a first try of each command looks like. */
export const COMMAND_EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  doctor: ['halab doctor', 'halab doctor --fix'],
  up: ['halab up', 'halab up two-node --image debian-13', 'halab up ./my-lab.yaml --name mine'],
  down: ['halab down', 'halab down --all'],
  status: [
    'halab status',
    'halab status --watch',
    'ssh node1 pcs status --full | halab status --from -',
    'halab status --from mail.txt --lang zh',
  ],
  ssh: ['halab ssh ha-host1', 'halab ssh ha-host1 -- pcs status'],
  forward: ['halab forward 2224:ha-host1:2224', 'halab forward vip:80 --via ha-host2'],
  run: [
    'halab run scenarios/walkthrough',
    'halab run interface-down --keep on-failure',
    'halab run scenarios/walkthrough --dry-run',
    'halab run --random 8 --seed 1',
    'halab run scenarios --set ci',
  ],
  scenarios: ['halab scenarios', 'halab scenarios --set ci --json'],
  audit: ['halab audit', 'halab audit --json'],
  heal: ['halab heal', 'halab heal --name mine'],
  list: ['halab fault list', 'halab fault list --json'],
  take: ['halab snapshot take formed', 'halab snapshot take before-the-exercise --name mine'],
  restore: ['halab snapshot restore formed'],
  remove: ['halab snapshot remove formed'],
  show: ['halab snapshot show --json'],
  fencing: ['halab fencing', 'halab fencing --json'],
  vagrantfile: ['halab vagrantfile', 'halab vagrantfile two-node --provider libvirt --out ./two-node'],
  build: ['halab box build', 'halab box build --without-cluster --out ./boxes'],
  inject: [
    'halab fault inject link-down ha-host1 --by carrier',
    'halab fault inject one-way-loss ha-host1 --from ha-host2',
    'halab fault inject daemon-kill ha-host3 --daemon controld',
    'halab fault inject freeze ha-host2',
    'halab fault inject partition --groups ha-host1/rest',
    'halab fault inject start-fail ha-host1 --resource vip',
    'halab fault inject disk-full ha-host1 --path /var/log',
    'halab fault inject controller-fail ha-host2 --how unreachable',
  ],
};
