import type { Section } from './draft.js';

/** Each action stands on one line since 2.0.3; before that, its times follow on a second one. */
export const failedActions: Section = {
  title: /^Failed (?:Resource )?Actions:$/i,
  read({ text }, { failedActions: actions }) {
    const last = actions.at(-1);
    if (last !== undefined && /^(?:last-rc-change|last-run|queued|exec)=/.test(text))
      actions[actions.length - 1] = `${last} ${text}`;
    else actions.push(text);
    return true;
  },
};
