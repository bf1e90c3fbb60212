import { baseName } from './command-line.js';
import type { Configured } from './configured.js';

/** How the daemon that an agent starts is told among a node's processes. */
interface Daemon {
  /** Agents that start the same daemon have the same name here. */
  readonly name: string;
  /** Over a process's whole command line. */
  readonly process: RegExp;
  /** The names of its processes, where neither its own nor `process` tells. */
  readonly runsAs?: readonly string[];
  /** The parameter that names another program than the usual one. */
  readonly program?: string;
  /** What of the command line, where it is there, has to be this parameter's value. */
  readonly told: readonly { readonly parameter: string; readonly by: RegExp }[];
}

const MYSQL: Daemon = {
  name: 'mysql',
  process: /^(?:\S*\/)?(?:mysqld|mariadbd)(?:\s|$)/,
  told: [
    { parameter: 'datadir', by: /\s--datadir=(\S+)/ },
    { parameter: 'pid', by: /\s--pid-file=(\S+)/ },
    { parameter: 'config', by: /\s--defaults-file=(\S+)/ },
  ],
};
const PGSQL: Daemon = {
  name: 'pgsql',
  process: /^(?:\S*\/)?(?:postgres|postmaster)\s+(?:.*\s)?-D\s/,
  runsAs: ['postgres', 'postmaster'],
  told: [{ parameter: 'pgdata', by: /\s-D\s+(\S+)/ }],
};

/** By what the agents of resource-agents run, and what such a daemon makes of its command line. */
const DAEMONS: Readonly<Record<string, Daemon>> = {
  nginx: {
    name: 'nginx',
    process: /^nginx: master process/,
    told: [{ parameter: 'configfile', by: /\s-c\s+(\S+)/ }],
  },
  apache: {
    name: 'apache',
    process: /^(?:\S*\/)?(?:httpd2?|apache2?)(?:\s|$)/,
    program: 'httpd',
    told: [{ parameter: 'configfile', by: /\s-f\s+(\S+)/ }],
  },
  mysql: MYSQL,
  mariadb: MYSQL,
  pgsql: PGSQL,
  pgsqlms: { ...PGSQL, told: [{ parameter: 'pgdata', by: /\s-D\s+(\S+)/ }] },
  redis: { name: 'redis', process: /^(?:\S*\/)?redis-server(?:\s|$)/, program: 'bin', told: [] },
  named: {
    name: 'named',
    process: /^(?:\S*\/)?named(?:\s|$)/,
    program: 'named',
    told: [{ parameter: 'named_config', by: /\s-c\s+(\S+)/ }],
  },
  dhcpd: {
    name: 'dhcpd',
    process: /^(?:\S*\/)?dhcpd(?:\s|$)/,
    program: 'binary',
    told: [{ parameter: 'config', by: /\s-cf\s+(\S+)/ }],
  },
  tomcat: {
    name: 'tomcat',
    process: /\sorg\.apache\.catalina\.startup\.Bootstrap\s.*\bstart$/,
    runsAs: ['java'],
    told: [{ parameter: 'catalina_base', by: /\s-Dcatalina\.base=(\S+)/ }],
  },
  Squid: {
    name: 'squid',
    process: /^(?:\S*\/)?squid(?:\s|$)/,
    program: 'squid_exe',
    told: [{ parameter: 'squid_conf', by: /\s-f\s+(\S+)/ }],
  },
  dovecot: {
    name: 'dovecot',
    process: /^(?:\S*\/)?dovecot(?:\s|$)/,
    program: 'binary',
    told: [{ parameter: 'config_file', by: /\s-c\s+(\S+)/ }],
  },
  rsyncd: {
    name: 'rsyncd',
    process: /^(?:\S*\/)?rsync\s.*--daemon\b/,
    told: [{ parameter: 'conffile', by: /\s--config[=\s](\S+)/ }],
  },
  vsftpd: { name: 'vsftpd', process: /^(?:\S*\/)?vsftpd(?:\s|$)/, told: [] },
};

/** What runs containers puts the processes inside them among the node's own. */
const CONTAINERS = /^ocf:heartbeat:(?:docker|docker-compose|podman|lxc|lxd|rkt|ManageVE)$/;

/** Tells the processes of a primitive's daemon. `undefined` where they cannot be told from others'. */
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
      daemon.told.every(({ parameter, by }) => {
        const value = parameters[parameter];
        const shown = by.exec(args)?.[1];
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
