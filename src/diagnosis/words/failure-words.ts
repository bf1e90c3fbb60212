import { type Bilingual, both, joined, listed } from '../bilingual.js';
import type { FailureFacts, Standing } from '../failure.js';
import { AGENT_WORDS } from './agent-words.js';
import { OUTCOME_WORDS } from './outcome-words.js';
import { argument, type NextStep, step, type Words, type WordTable } from './words-of.js';

type FailureCode =
  | 'failed-monitor'
  | 'failed-probe'
  | 'failed-start'
  | 'failed-stop'
  | 'failed-promote'
  | 'failed-demote'
  | 'failed-migration'
  | 'failed-operation'
  | 'failed-unreadable';

export const FAILURE_WORDS: WordTable<FailureCode> = {
  'failed-monitor': ({ payload }) =>
    failed(
      payload,
      both(
        'Pacemaker counts it, stops what is left of it and starts it again, on the same node at first; when the fail count reaches migration-threshold it goes to another node.',
        'pacemaker 会记一次失败，停止残留部分并重新启动，起初仍在同一节点；失败计数达到 migration-threshold 时换到另一个节点。',
      ),
    ),
  'failed-probe': ({ payload }) =>
    failed(
      payload,
      both(
        'It was only asked whether it runs there already (a probe). Without a clear answer pacemaker does not run it there.',
        '这只是在询问它是否已在那里运行（探测）。没有明确答复时，pacemaker 不会在那里运行它。',
      ),
    ),
  'failed-start': ({ payload }) =>
    failed(
      payload,
      both(
        'One failed start is enough by default (start-failure-is-fatal): the fail count is set to INFINITY, and this node is not tried again until it is cleaned up.',
        '默认情况下一次启动失败就足够了（start-failure-is-fatal）：失败计数设为 INFINITY，清除之前不会再在该节点上尝试。',
      ),
    ),
  'failed-stop': ({ payload }) => failed(payload, joined(STOP_FAILED, STOP_ANSWER[payload.fencing])),
  'failed-promote': ({ payload }) =>
    failed(
      payload,
      both(
        'It did not become Promoted. Pacemaker counts it, restarts the instance, and may promote another.',
        '它没有成为 Promoted。pacemaker 会记一次失败，重启该实例，也可能升级另一个实例。',
      ),
    ),
  'failed-demote': ({ payload }) =>
    failed(
      payload,
      both(
        'It may still be Promoted there. Pacemaker stops it, and promotes no other before that is done; a failed stop is next.',
        '它可能在那里仍是 Promoted。pacemaker 会停止它，在此之前不会升级别的实例；接下来可能就是停止失败。',
      ),
    ),
  'failed-migration': ({ payload }) =>
    failed(
      payload,
      both(
        'It could not be moved while running; pacemaker falls back on a stop here and a start there.',
        '无法在线迁移；pacemaker 会退回到先在这里停止、再在那里启动的方式。',
      ),
    ),
  'failed-operation': ({ payload }) =>
    failed(
      payload,
      both(
        'Pacemaker does what the operation’s on-fail says, by default a restart.',
        'pacemaker 按照该操作的 on-fail 处理，默认是重启。',
      ),
    ),
  'failed-unreadable': ({ payload: { printed } }) => ({
    title: both('A failed action that could not be read', '有一个无法识别的失败操作'),
    means: both('halab takes from it only that something failed.', 'halab 只能得知有操作失败。'),
    lines: printed,
    next: [step('crm_mon -1', 'all failed actions', '查看全部失败的操作')],
  }),
};

const STOP_FAILED = both(
  'A failed stop is the worst of failures: the resource may still run there, so it must not be started elsewhere.',
  '停止失败是最严重的失败：资源可能还在那里运行，因此不能在别处启动。',
);

const STOP_ANSWER: { readonly [F in FailureFacts['fencing']]: Bilingual } = {
  on: both('With fencing on, the node is fenced for it.', '隔离已启用，因此该节点会被隔离。'),
  off: both(
    'With fencing off, the resource is blocked until a person steps in.',
    '隔离已关闭，因此资源会被阻塞，直到人工介入。',
  ),
  'no-device': both(
    'There is no fence device, so nothing can make sure that it is stopped.',
    '没有隔离设备，因此无法确认它已停止。',
  ),
  'not-told': both(
    'With fencing the node is fenced for it; without, the resource is blocked until a person steps in.',
    '有隔离机制时，该节点会被隔离；没有时，资源会被阻塞，直到人工介入。',
  ),
};

function failed(facts: FailureFacts, does: Bilingual): Words {
  return {
    title: titleOf(facts),
    // What pacemaker does about it is over, where the resource runs there again.
    means: joined(NOW[facts.now](facts), ...(facts.now === 'runs' ? [] : [does, takenWords(facts)]), countWords(facts)),
    cause: causeOf(facts),
    next: stepsOf(facts),
  };
}

function titleOf({ resource, operation, node, outcome, at }: FailureFacts): Bilingual {
  const { name } = OUTCOME_WORDS[outcome];
  return both(
    `${operation} of ${resource}${node === undefined ? '' : ` on ${node}`}: ${name.en}${at === undefined ? '' : `, at ${at}`}`,
    `${resource} ${node === undefined ? '' : `在 ${node} 上`}的 ${operation}：${name.zh}${at === undefined ? '' : `，时间 ${at}`}`,
  );
}

const NOW: { readonly [S in Standing]: (facts: FailureFacts) => Bilingual | undefined } = {
  runs: () =>
    both(
      'It runs there again: this is the record of a failure that is over, and stays until cleaned up.',
      '它已在那里重新运行：这只是一条过去的失败记录，清除之前会一直显示。',
    ),
  'runs-elsewhere': ({ runsOn }) =>
    both(`It runs on ${listed(runsOn).en} now.`, `它现在在 ${listed(runsOn).zh} 上运行。`),
  stopped: () => both('It is stopped now.', '它现在已停止。'),
  failed: () => both('It is still shown as failed.', '它目前仍显示为失败。'),
  blocked: () => both('It is blocked now.', '它现在被阻塞。'),
  'not-told': () => undefined,
};

/** Of hard and fatal codes; after a failed stop nothing is tried anywhere. */
function takenWords({ outcome, operation }: FailureFacts): Bilingual | undefined {
  if (operation === 'stop') return undefined;
  const { taken } = OUTCOME_WORDS[outcome];
  if (taken === 'hard')
    return both(
      'By this code pacemaker does not try it on this node again.',
      '对于这个代码，pacemaker 不会再在该节点上尝试。',
    );
  if (taken === 'fatal')
    return both(
      'By this code pacemaker does not try it on any node again.',
      '对于这个代码，pacemaker 不会再在任何节点上尝试。',
    );
  return undefined;
}

function countWords({ failCount, threshold }: FailureFacts): Bilingual | undefined {
  if (failCount === undefined) return undefined;
  const count = inWords(failCount);
  return threshold === undefined
    ? both(`Its fail count there is ${count}.`, `它在那里的失败计数为 ${count}。`)
    : both(
        `Its fail count there is ${count}, migration-threshold ${inWords(threshold)}.`,
        `它在那里的失败计数为 ${count}，migration-threshold 为 ${inWords(threshold)}。`,
      );
}

function inWords(count: number): string {
  return count >= 1_000_000 ? 'INFINITY' : String(count);
}

/** An agent's own reason comes first; it knows best. */
function causeOf({ reason, outcome, operation, agentKind }: FailureFacts): Bilingual {
  const isConnection = agentKind === 'stonith' || agentKind === 'remote';
  const isGeneral = outcome === 'error' || outcome === 'not-executed';
  const isGone = operation === 'monitor' && outcome === 'not-running' && !['lsb', 'systemd'].includes(agentKind);
  return joined(
    reason === undefined ? undefined : both(`The agent says: “${reason}”.`, `代理给出的原因：“${reason}”。`),
    isGeneral && (isConnection || reason !== undefined) ? undefined : OUTCOME_WORDS[outcome].causes,
    isGone ? undefined : AGENT_WORDS[agentKind].usual,
  );
}

function stepsOf({ resource, operation, node, agent, agentKind, now }: FailureFacts): readonly NextStep[] {
  const id = argument(resource, 'RESOURCE');
  const there = node === undefined ? both('on the node', '在该节点上') : both(`on ${node}`, `在 ${node} 上`);
  const isDown = now === 'stopped' || now === 'blocked' || now === 'failed';
  const debug =
    operation === 'stop'
      ? 'debug-stop'
      : operation === 'start' || (isDown && now === 'stopped')
        ? 'debug-start'
        : 'debug-monitor';
  const isDevice = agentKind === 'stonith' || agentKind === 'remote';
  return [
    step('journalctl -u pacemaker', `${there.en}, around that time`, `${there.zh}查看当时的日志`),
    ...AGENT_WORDS[agentKind].look(agent, resource),
    ...(isDevice || now === 'runs'
      ? []
      : [
          step(
            `pcs resource ${debug} ${id}`,
            `${there.en}: runs the agent by hand and shows what it says`,
            `${there.zh}手工运行代理，看它的输出`,
          ),
        ]),
    ...(now === 'runs' ? [] : [step(`pcs resource failcount show ${id}`, 'how often, and where', '看失败次数和位置')]),
    step(
      `pcs ${agentKind === 'stonith' ? 'stonith' : 'resource'} cleanup ${id}`,
      'after mending: forgets the failure, and it is tried again',
      '修好之后执行：清除失败记录并重新尝试',
    ),
  ];
}
