import { plural } from './grammar.js';

/** What `halab bisect` says. */
export const BISECT = {
  'bisect.found': ({
    scenario,
    name,
    version,
    before,
  }: {
    scenario: string;
    name: string;
    version: string;
    before: string;
  }) => `${name} ${version} is the first with which ${scenario} fails; it passes with ${before}`,
  'bisect.between': ({ scenario, changes }: { scenario: string; changes: readonly string[] }) =>
    `${scenario} began to fail with one of these: ${changes.join(', ')}; what lies between is inconclusive`,
  'bisect.unclear': ({ scenario }: { scenario: string }) =>
    `nothing is named: ${scenario} has no result with the first or the last version`,
  'bisect.always-failed': ({ scenario }: { scenario: string }) =>
    `nothing is named: ${scenario} fails with the first version already`,
  'bisect.never-failed': ({ scenario }: { scenario: string }) =>
    `nothing is named: ${scenario} passes with the last version; --every tries those before it too`,
  'bisect.planned': ({ scenario, count }: { scenario: string; count: number }) =>
    `${scenario} would be run with some of these ${count} ${plural(count, { one: 'state', other: 'states' })}`,
  'bisect.built': ({ packages }: { packages: string }) => `built from it: ${packages}`,
  'bisect.start': 'as in the last green night, or in the image',
  'bisect.not-run': 'not needed',
  'bisect.runs': ({ folder }: { folder: string }) => `the runs are in ${folder}`,
};
