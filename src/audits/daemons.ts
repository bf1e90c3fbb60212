import type { Configured } from './configured.js';

/** How to identify the daemon that an agent starts among the processes of a node. */
interface Daemon {
  /** Agents that start the same daemon have the same name here. */
  readonly name: string;
  /** Over a process's whole command line. */
  readonly process: RegExp;
  /** The names of its processes, if they differ from its own and `process` does not match them. */
  readonly runsAs?: readonly string[];
  /** The parameter that names another program than the usual one. */
  readonly program?: string;
  /** Options of the command line: if one is given, it must have the value of this parameter. */
  readonly options: readonly { readonly parameter: string; readonly pattern: RegExp }[];
}

const MYSQL: Daemon = {
  name: 'mysql',
  process: /^(?:\S*\/)?(?:mysqld|mariadbd)(?:\s|$)/,
  options: [
    { parameter: 'datadir', pattern: /\s--datadir=(\S+)/ },
    { parameter: 'pid', pattern: /\s--pid-file=(\S+)/ },
    { parameter: 'config', pattern: /\s--defaults-file=(\S+)/ },
  ],
};
const PGSQL: Daemon = {
  name: 'pgsql',
  process: /^(?:\S*\/)?(?:postgres|postmaster)\s+(?:.*\s)?-D\s/,
  runsAs: ['postgres', 'postmaster'],
  options: [{ parameter: 'pgdata', pattern: /\s-D\s+(\S+)/ }],
};

/** By what the agents of resource-agents run, and what such a daemon makes of its command line. */
const DAEMONS: Readonly<Record<string, Daemon>> = {
  nginx: {
    name: 'nginx',
    process: /^nginx: master process/,
    options: [{ parameter: 'configfile', pattern: /\s-c\s+(\S+)/ }],
  },
  apache: {
    name: 'apache',
    process: /^(?:\S*\/)?(?:httpd2?|apache2?)(?:\s|$)/,
    program: 'httpd',
    options: [{ parameter: 'configfile', pattern: /\s-f\s+(\S+)/ }],
  },
  mysql: MYSQL,
  mariadb: MYSQL,
  pgsql: PGSQL,
  pgsqlms: { ...PGSQL, options: [{ parameter: 'pgdata', pattern: /\s-D\s+(\S+)/ }] },
  redis: { name: 'redis', process: /^(?:\S*\/)?redis-server(?:\s|$)/, program: 'bin', options: [] },
  named: {
    name: 'named',
    process: /^(?:\S*\/)?named(?:\s|$)/,
    program: 'named',
    options: [{ parameter: 'named_config', pattern: /\s-c\s+(\S+)/ }],
  },
  dhcpd: {
    name: 'dhcpd',
    process: /^(?:\S*\/)?dhcpd(?:\s|$)/,
    program: 'binary',
    options: [{ parameter: 'config', pattern: /\s-cf\s+(\S+)/ }],
  },
  tomcat: {
    name: 'tomcat',
    process: /\sorg\.apache\.catalina\.startup\.Bootstrap\s.*\bstart$/,
    runsAs: ['java'],
    options: [{ parameter: 'catalina_base', pattern: /\s-Dcatalina\.base=(\S+)/ }],
  },
  Squid: {
    name: 'squid',
    process: /^(?:\S*\/)?squid(?:\s|$)/,
    program: 'squid_exe',
    options: [{ parameter: 'squid_conf', pattern: /\s-f\s+(\S+)/ }],
  },
  dovecot: {
    name: 'dovecot',
    process: /^(?:\S*\/)?dovecot(?:\s|$)/,
    program: 'binary',
    options: [{ parameter: 'config_file', pattern: /\s-c\s+(\S+)/ }],
  },
  rsyncd: {
    name: 'rsyncd',
    process: /^(?:\S*\/)?rsync\s.*--daemon\b/,
    options: [{ parameter: 'conffile', pattern: /\s--config[=\s](\S+)/ }],
  },
  vsftpd: { name: 'vsftpd', process: /^(?:\S*\/)?vsftpd(?:\s|$)/, options: [] },
};

/** The processes in such containers appear among those of the node. */
const CONTAINERS = /^ocf:heartbeat:(?:docker|docker-compose|podman|lxc|lxd|rkt|ManageVE)$/;

/** Identifies the processes of a primitive's daemon. `undefined` if they cannot be distinguished from those of others. */
export function daemonOf(
  configured: Configured,
  all: readonly Configured[],
): { readonly name: string; isProcess(args: string): boolean; isRunAs(process: string): boolean } | undefined {
  const daemon = daemonFor(configured);
  if (daemon === undefined) return undefined;
  const sameDaemon = all.filter((each) => daemonFor(each)?.name === daemon.name);
  if (sameDaemon.length > 1 || all.some(({ primitive, bundle }) => bundle || CONTAINERS.test(primitive.agent)))
    return undefined;
  const { parameters } = configured.primitive;
  const program = daemon.program === undefined ? undefined : parameters[daemon.program];
  return {
    name: daemon.name,
    isRunAs: (process) =>
      process === daemon.name ||
      daemon.process.test(process) ||
      (daemon.runsAs ?? []).includes(process) ||
      (program !== undefined && baseName(program) === process),
    isProcess: (args) =>
      (daemon.process.test(args) || (program !== undefined && isRun(program, args))) &&
      daemon.options.every(({ parameter, pattern }) => {
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

function isRun(program: string, args: string): boolean {
  return baseName(args) === baseName(program);
}

/** The program's name without its path: `corosync` of `/usr/sbin/corosync -f`. */
export function baseName(args: string): string {
  return args.split(/\s/)[0]?.split('/').at(-1) ?? '';
}
