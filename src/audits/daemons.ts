import type { Configured } from './configured.js';

/** How to identify the daemon that an agent starts among the processes of a node. */
interface Daemon {
  /** Agents that start the same daemon have the same name here. */
  readonly name: string;
  /** Over a process's whole command line. */
  readonly process: RegExp;
  /** The names of its processes, if they differ from its own and `process` does not match them. */
  readonly runsAs?: readonly string[];
  /** Over the command line of processes that go on to serve without the main one. */
  readonly leftover?: RegExp;
  /** The parameter that names another program than the usual one. */
  readonly program?: string;
  /** Parameters that are options of the command line: if one is given there, it must have the value of its parameter. */
  readonly options: Readonly<Record<string, RegExp>>;
}

/** A command line that begins with the path of one of these programs. */
function running(programs: string): RegExp {
  return new RegExp(`^(?:\\S*/)?(?:${programs})(?:\\s|$)`);
}

const MYSQL: Daemon = {
  name: 'mysql',
  process: running('mysqld|mariadbd'),
  options: { datadir: /\s--datadir=(\S+)/, pid: /\s--pid-file=(\S+)/, config: /\s--defaults-file=(\S+)/ },
};
const PGSQL: Daemon = {
  name: 'pgsql',
  process: /^(?:\S*\/)?(?:postgres|postmaster)\s+(?:.*\s)?-D\s/,
  runsAs: ['postgres', 'postmaster'],
  options: { pgdata: /\s-D\s+(\S+)/ },
};

/** By what the agents of resource-agents run, and what such a daemon makes of its command line. */
const DAEMONS: Readonly<Record<string, Daemon>> = {
  nginx: {
    name: 'nginx',
    process: /^nginx: master process/,
    leftover: /^nginx: worker process/,
    options: { configfile: /\s-c\s+(\S+)/ },
  },
  apache: {
    name: 'apache',
    process: running('httpd2?|apache2?'),
    program: 'httpd',
    options: { configfile: /\s-f\s+(\S+)/ },
  },
  mysql: MYSQL,
  mariadb: MYSQL,
  pgsql: PGSQL,
  pgsqlms: PGSQL,
  redis: { name: 'redis', process: running('redis-server'), program: 'bin', options: {} },
  named: { name: 'named', process: running('named'), program: 'named', options: { named_config: /\s-c\s+(\S+)/ } },
  dhcpd: { name: 'dhcpd', process: running('dhcpd'), program: 'binary', options: { config: /\s-cf\s+(\S+)/ } },
  tomcat: {
    name: 'tomcat',
    process: /\sorg\.apache\.catalina\.startup\.Bootstrap\s.*\bstart$/,
    runsAs: ['java'],
    options: { catalina_base: /\s-Dcatalina\.base=(\S+)/ },
  },
  Squid: {
    name: 'squid',
    process: running('squid'),
    leftover: /^\(squid-\d+\)/,
    program: 'squid_exe',
    options: { squid_conf: /\s-f\s+(\S+)/ },
  },
  dovecot: {
    name: 'dovecot',
    process: running('dovecot'),
    leftover: /^dovecot\//,
    program: 'binary',
    options: { config_file: /\s-c\s+(\S+)/ },
  },
  rsyncd: {
    name: 'rsyncd',
    process: /^(?:\S*\/)?rsync\s.*--daemon\b/,
    options: { conffile: /\s--config[=\s](\S+)/ },
  },
  vsftpd: { name: 'vsftpd', process: running('vsftpd'), options: {} },
};

/** The processes in such containers appear among those of the node. */
const CONTAINERS = /^ocf:heartbeat:(?:docker|docker-compose|podman|lxc|lxd|rkt|ManageVE)$/;

interface KnownDaemon {
  readonly name: string;
  isProcess(args: string): boolean;
  /** One that goes on to serve when the main process has ended. */
  isLeftover(args: string): boolean;
  /** A main process of any configuration. */
  isAnyMain(args: string): boolean;
  isRunAs(process: string): boolean;
}

/** Identifies the processes of a primitive's daemon. `undefined` if they cannot be distinguished from those of others. */
export function daemonOf(configured: Configured, all: readonly Configured[]): KnownDaemon | undefined {
  const daemon = daemonFor(configured);
  if (daemon === undefined) return undefined;
  const sameDaemon = all.filter((each) => daemonFor(each)?.name === daemon.name);
  if (sameDaemon.length > 1 || all.some(({ primitive, bundle }) => bundle || CONTAINERS.test(primitive.agent)))
    return undefined;
  const { parameters } = configured.primitive;
  const program = daemon.program === undefined ? undefined : parameters[daemon.program];
  return {
    name: daemon.name,
    isLeftover: (args) => daemon.leftover?.test(args) === true,
    isAnyMain: (args) => daemon.process.test(args),
    isRunAs: (process) =>
      process === daemon.name ||
      daemon.process.test(process) ||
      (daemon.runsAs ?? []).includes(process) ||
      (program !== undefined && baseName(program) === process),
    isProcess: (args) =>
      (daemon.process.test(args) || (program !== undefined && baseName(args) === baseName(program))) &&
      Object.entries(daemon.options).every(([parameter, pattern]) => {
        const value = parameters[parameter];
        const shown = pattern.exec(args)?.[1];
        return value === undefined || shown === undefined || value === shown;
      }),
  };
}

function daemonFor({ primitive }: Configured): Daemon | undefined {
  const [, agent = ''] = /^ocf:heartbeat:(.+)$/.exec(primitive.agent) ?? [];
  return Object.hasOwn(DAEMONS, agent) ? DAEMONS[agent] : undefined;
}

/** The program's name without its path: `corosync` of `/usr/sbin/corosync -f`. */
export function baseName(args: string): string {
  return args.split(/\s/)[0]?.split('/').at(-1) ?? '';
}
