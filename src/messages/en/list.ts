/** What `halab list` says of each lab. */
export const LIST = {
  'list.partly': ({ state, up, all }: { state: string; up: number; all: number }) =>
    `${state}, ${up} of ${all} nodes run`,
  'list.for': ({ age }: { age: string }) => `for ${age}`,
  'list.minutes': ({ minutes }: { minutes: number }) => `${minutes} min`,
  'list.hours': ({ hours }: { hours: number }) => `${hours} h`,
  'list.days': ({ days }: { days: number }) => `${days} days`,
  'list.online': ({ online, nodes }: { online: number; nodes: number }) => `${online} of ${nodes} online`,
  'list.no-cluster': 'no cluster runs',
  'list.cluster-unknown': 'the cluster cannot be seen',
  'list.views': ({ views }: { views: number }) => `${views} views that differ`,
  'list.clusters': ({ clusters }: { clusters: number }) => `the first of ${clusters} separate clusters`,
  'list.busy': ({ pid, doing }: { pid: number; doing: string }) => `halab ${doing} is at work (process ${pid})`,
  'list.fault': ({ fault }: { fault: string }) => `fault active: ${fault}`,
};
