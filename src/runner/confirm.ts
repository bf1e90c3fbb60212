import type { StatusReading } from '../model/cluster-state.js';
import type { Expectation } from '../model/scenario.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckContext, CheckTable } from '../ports/check.js';
import type { ClusterPort } from '../ports/cluster.js';
import { judgeOnce } from './judge.js';
import type { Round } from './round.js';

/** An expectation judged once more, by the real `pcs status` text. */
interface Confirmation {
  readonly judgement: Judgement;
  /** The texts it stands on. */
  readonly texts: readonly StatusReading[];
}

/**
 * Judges the expectation again in a context where the text of `pcs status` stands in for crm_mon's XML: on the first
 * node of the view, or on every node where the view is of all of them.
 */
export async function confirmByText(checks: CheckTable, expectation: Expectation, round: Round): Promise<Confirmation> {
  const texts = new Map<string, StatusReading>();
  const textOf = async (node: string): Promise<StatusReading> => {
    const reading = await round.pcsStatusOf(node);
    texts.set(node, reading);
    return reading;
  };
  const context: CheckContext = {
    ...round,
    async readings(seenFrom) {
      const [readings, reportingNode] = await Promise.all([round.readings(seenFrom), round.reportingNode(seenFrom)]);
      const isEveryone = seenFrom.kind === 'target' && seenFrom.target.kind === 'all';
      const reports = (node: string) => isEveryone || node === reportingNode;
      return Promise.all(readings.map(async (each) => (reports(each.node) ? byText(await textOf(each.node)) : each)));
    },
    pcsStatus: async (seenFrom) => textOf(await round.reportingNode(seenFrom)),
  };
  const judgement = await judgeOnce(checks, expectation, context);
  return { judgement, texts: [...texts.values()] };
}

const LINES_SHOWN = 3;

/** Of each node whose two readings in this round do not tell the same cluster: in what, in one line. */
export async function disagreeingNodes(
  cluster: Pick<ClusterPort, 'disagreements'>,
  round: Round,
  texts: readonly StatusReading[],
): Promise<ReadonlyMap<string, string>> {
  const differing = new Map<string, string>();
  for (const text of new Map(texts.map((each) => [each.node, each])).values()) {
    const lines = cluster.disagreements(text, await round.stateOf(text.node));
    if (lines.length > 0) differing.set(text.node, `the readings of ${text.node} disagree: ${shortened(lines)}`);
  }
  return differing;
}

function shortened(lines: readonly string[]): string {
  const more = lines.length - LINES_SHOWN;
  return `${lines.slice(0, LINES_SHOWN).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function byText({ node, at, text, textState, problem }: StatusReading): StatusReading {
  return {
    node,
    at,
    ...(text === undefined ? {} : { text }),
    ...(textState === undefined ? {} : { state: textState, textState }),
    ...(problem === undefined ? {} : { problem }),
  };
}
