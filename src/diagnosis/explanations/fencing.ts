import { type Message, message, sentences } from '../../messages/message.js';
import type { Payloads } from '../meaning.js';
import { type ExplanationTable, historyStep, oneOf, step } from './explanation.js';

type FencingCode = 'fencing-failed' | 'fencing-pending' | 'fencing-done';

export const FENCING_EXPLANATIONS: ExplanationTable<FencingCode> = {
  'fencing-failed': ({ subject: { names }, payload }) => ({
    title: message('fencing-failed.title', { action: payload.action, names, times: payload.times, at: payload.at }),
    means: FAILED[payload.target],
    cause: failedCause(payload),
    next:
      payload.target === 'no-node'
        ? [step('crm_node --list', message('fencing-failed.crm-node'))]
        : [
            historyStep(oneOf(names, 'NODE')),
            step('pcs stonith config', message('fencing-failed.pcs-stonith-config')),
            step('fence_AGENT … -o status', message('step.fence-agent')),
            step('journalctl -u pacemaker -g fenc', message('fencing-failed.journalctl-pacemaker-fenc')),
            step(`pcs stonith history cleanup ${oneOf(names, 'NODE')}`, message('fencing-failed.pcs-stonith-history')),
          ],
  }),
  'fencing-pending': ({ subject: { names }, payload: { action, delegate } }) => ({
    title: message('fencing-pending.title', { action, names }),
    means: message('fencing-pending.means'),
    ...(delegate === undefined ? {} : { cause: message('fencing-pending.cause', { delegate }) }),
    next: [historyStep(oneOf(names, 'NODE'))],
  }),
  'fencing-done': ({ subject: { names }, payload: { action, times, at, delegate } }) => ({
    title: message('fencing-done.title', { names, action, times, at, delegate }),
    means: message('fencing-done.means'),
    next: [step('journalctl -u pacemaker -g fenc', message('fencing-done.journalctl-pacemaker-fenc'))],
  }),
};

type Target = Payloads['fencing-failed']['target'];

const FAILED: { readonly [T in Target]: Message } = {
  unclean: message('fencing-failed.means.unclean'),
  offline: message('fencing-failed.means.offline'),
  online: message('fencing-failed.means.online'),
  'no-node': message('fencing-failed.means.no-node'),
  'not-told': message('fencing-failed.means.not-told'),
};

function failedCause({ delegate, reason, target }: Payloads['fencing-failed']): Message {
  const given = reason === undefined ? undefined : message('fencing-failed.reason', { reason });
  if (target === 'no-node') return sentences(given, message('fencing-failed.cause.no-node'));
  const usual = message('fencing-failed.cause');
  return sentences(given, delegate === undefined ? undefined : message('fencing-failed.delegate', { delegate }), usual);
}
