import { message } from '../../messages/message.js';
import { type ExplanationTable, step } from './explanation.js';

type OptionCode = 'maintenance-mode' | 'stop-all-resources' | 'stonith-disabled' | 'quorum-ignored' | 'asymmetric';

export const OPTION_EXPLANATIONS: ExplanationTable<OptionCode> = {
  'maintenance-mode': () => ({
    title: message('maintenance-mode.title'),
    means: message('maintenance-mode.means'),
    cause: message('maintenance-mode.cause'),
    next: [step('pcs property set maintenance-mode=false', message('step.work-done'))],
  }),
  'stop-all-resources': () => ({
    title: message('stop-all-resources.title'),
    means: message('stop-all-resources.means'),
    cause: message('stop-all-resources.cause'),
    next: [step('pcs property set stop-all-resources=false', message('step.allow-start'))],
  }),
  'stonith-disabled': () => ({
    title: message('stonith-disabled.title'),
    means: message('stonith-disabled.means'),
    next: [
      step('pcs stonith list', message('step.fence-agents')),
      step('pcs property set stonith-enabled=true', message('stonith-disabled.pcs-property-set')),
    ],
  }),
  'quorum-ignored': () => ({
    title: message('quorum-ignored.title'),
    means: message('quorum-ignored.means'),
    cause: message('quorum-ignored.cause'),
    next: [step('pcs property set no-quorum-policy=stop', message('step.default'))],
  }),
  asymmetric: () => ({
    title: message('asymmetric.title'),
    means: message('asymmetric.means'),
    next: [step('pcs constraint location', message('asymmetric.pcs-constraint-location'))],
  }),
};
