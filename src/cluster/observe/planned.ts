/**
 * What the scheduler would do next, from `crm_simulate --live-check --simulate`: the actions of the transition it
 * executes in its head. Pseudo actions only tie others together and are left out, as `crm_resource --wait` does
 * (lib/pacemaker/pcmk_resource.c). Empty where it has nothing to do.
 */
export function parsePlanned(stdout: string): readonly string[] {
  const [, transition = ''] =
    /^Executing cluster transition:$([\s\S]*?)(?:^Revised cluster status:$|$(?![\s\S]))/im.exec(stdout) ?? [];
  return transition.split('\n').flatMap((line) => {
    const [, action] = /^\s*\* (.+?)\s*$/.exec(line) ?? [];
    return action === undefined || /^Pseudo action:/.test(action) ? [] : [action.replace(/\s+/g, ' ')];
  });
}
