import type { LIST as EN } from '../en/list.js';
import type { Translation } from '../translation.js';

export const LIST: Translation<typeof EN> = {
  'list.partly': ({ state, up, all }) => `${state}，${all} 个节点中 ${up} 个在运行`,
  'list.for': ({ age }) => `已有 ${age}`,
  'list.minutes': ({ minutes }) => `${minutes} 分钟`,
  'list.hours': ({ hours }) => `${hours} 小时`,
  'list.days': ({ days }) => `${days} 天`,
  'list.online': ({ online, nodes }) => `${nodes} 个节点中 ${online} 个在线`,
  'list.no-cluster': '没有集群在运行',
  'list.cluster-unknown': '无法看到集群',
  'list.views': ({ views }) => `有 ${views} 种不一致的视图`,
  'list.clusters': ({ clusters }) => `共有 ${clusters} 个各自独立的集群，这是第一个`,
  'list.busy': ({ pid, doing }) => `halab ${doing} 正在使用（进程 ${pid}）`,
  'list.fault': ({ fault }) => `故障生效中：${fault}`,
};
