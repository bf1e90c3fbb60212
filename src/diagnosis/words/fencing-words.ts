import { type Bilingual, both, joined, listed } from '../bilingual.js';
import type { Payloads } from '../meaning.js';
import { historyStep, oneOf, step, type WordTable } from './words-of.js';

type FencingCode = 'fencing-failed' | 'fencing-pending' | 'fencing-done';

const ACTIONS: Readonly<Record<string, Bilingual>> = {
  reboot: both('Rebooting', '重启'),
  off: both('Switching off', '断电'),
  on: both('Unfencing', '解除隔离'),
};

function actionWords(action: string): Bilingual {
  return ACTIONS[action] ?? both(action, action);
}

export const FENCING_WORDS: WordTable<FencingCode> = {
  'fencing-failed': ({ subject: { names }, payload }) => ({
    title: both(
      `${actionWords(payload.action).en} ${listed(names).en} failed${timesOf(payload.times).en}${whenOf(payload.at).en}`,
      `对 ${listed(names).zh} 的隔离（${actionWords(payload.action).zh}）失败${timesOf(payload.times).zh}${whenOf(payload.at).zh}`,
    ),
    means: FAILED[payload.target],
    cause: failedCause(payload),
    next:
      payload.target === 'no-node'
        ? [step('crm_node --list', 'the names of the nodes', '查看节点名称')]
        : [
            historyStep(oneOf(names, 'NODE')),
            step('pcs stonith config', 'address, user and plug of each device', '查看各设备的地址、用户和端口'),
            step('fence_AGENT … -o status', 'by hand, with the same options', '用相同参数手工执行'),
            step('journalctl -u pacemaker -g fenc', 'on the node that tried', '在执行隔离的节点上查看'),
            step(
              `pcs stonith history cleanup ${oneOf(names, 'NODE')}`,
              'forgets the record, once mended',
              '修好之后清除记录',
            ),
          ],
  }),
  'fencing-pending': ({ subject: { names }, payload: { action, delegate } }) => ({
    title: both(
      `${actionWords(action).en} ${listed(names).en} is under way`,
      `正在隔离 ${listed(names).zh}（${actionWords(action).zh}）`,
    ),
    means: both(
      'Resources that may have run there wait for it. It takes as long as the device needs, and stonith-timeout (60 s by default) at most for each device.',
      '可能在它上面运行过的资源都在等待。所需时间取决于设备，每个设备最多 stonith-timeout（默认 60 秒）。',
    ),
    ...(delegate === undefined ? {} : { cause: both(`${delegate} does it.`, `由 ${delegate} 执行。`) }),
    next: [historyStep(oneOf(names, 'NODE'))],
  }),
  'fencing-done': ({ subject: { names }, payload: { action, times, at, delegate } }) => ({
    title: both(
      `${listed(names).en} was ${action === 'on' ? 'unfenced' : `fenced (${action})`}${timesOf(times).en}${whenOf(at).en}${delegate === undefined ? '' : `, by ${delegate}`}`,
      `${listed(names).zh} ${action === 'on' ? '解除过隔离' : `被隔离过（${action}）`}${timesOf(times).zh}${whenOf(at).zh}${delegate === undefined ? '' : `，由 ${delegate} 执行`}`,
    ),
    means: both(
      'Fencing did its work. Why it was needed stands in the log of the DC of that time.',
      '隔离成功完成。为何需要隔离，记录在当时 DC 的日志里。',
    ),
    next: [step('journalctl -u pacemaker -g fenc', 'on the nodes, around that time', '在各节点上查看当时的日志')],
  }),
};

function timesOf(times: number): Bilingual {
  return times === 1 ? both('', '') : both(`, ${times} times`, `，共 ${times} 次`);
}

function whenOf(at: string | undefined): Bilingual {
  return at === undefined ? both('', '') : both(`, last at ${at}`, `，最近一次在 ${at}`);
}

type Target = Payloads['fencing-failed']['target'];

const FAILED: { readonly [T in Target]: Bilingual } = {
  unclean: both(
    'Until it succeeds nothing that may still run there is started elsewhere: better no service than two on the same data. Recovery waits, and pacemaker tries again.',
    '在成功之前，可能仍在它上面运行的资源都不会在别处启动：宁可没有服务，也不能有两份服务操作同一份数据。恢复因此停住，pacemaker 会继续尝试。',
  ),
  offline: both(
    'The node is offline and clean by now, so it was dealt with in another way; the device would fail again next time.',
    '该节点现在已离线且状态明确，说明问题已通过其他方式解决；但下一次该设备仍会失败。',
  ),
  online: both(
    'The node is online again, so this is a record. But the device will be needed, and would fail again.',
    '该节点已重新在线，这只是一条记录。但设备迟早会用到，届时还会失败。',
  ),
  'no-node': both(
    'No node of that name is listed. Fencing takes the name of a node, not of a device.',
    '节点列表中没有这个名称。隔离操作需要的是节点名称，而不是设备名称。',
  ),
  'not-told': both(
    'While a node that must be fenced is not, nothing that may run there is started elsewhere.',
    '需要隔离的节点未被隔离之前，可能在它上面运行的资源不会在别处启动。',
  ),
};

function failedCause({ delegate, reason, target }: Payloads['fencing-failed']): Bilingual {
  const told = reason === undefined ? undefined : both(`It was given as: ${reason}.`, `给出的原因：${reason}。`);
  if (target === 'no-node')
    return joined(told, both('A device was named, or the name is misspelt.', '写成了设备名称，或者名称拼写有误。'));
  const usual = both(
    'The device does not answer (its network is often lost along with the node), credentials or plug are wrong, or no device is allowed to fence this node (pcmk_host_list, pcmk_host_map).',
    '设备没有应答（它的网络常常与节点一起中断）、用户名密码或端口有误，或者没有设备可以隔离该节点（pcmk_host_list、pcmk_host_map）。',
  );
  return joined(
    told,
    delegate === undefined ? undefined : both(`${delegate} tried it.`, `由 ${delegate} 执行。`),
    usual,
  );
}
