import type { BISECT as EN } from '../en/bisect.js';
import type { Translation } from '../translation.js';

export const BISECT: Translation<typeof EN> = {
  'bisect.found': ({ scenario, name, version, before }) =>
    `${scenario} 从 ${name} ${version} 开始失败；使用 ${before} 时通过`,
  'bisect.between': ({ scenario, changes }) =>
    `${scenario} 从下列之一开始失败：${changes.join('、')}；其间的版本没有结论`,
  'bisect.unclear': ({ scenario }) => `无法指明：${scenario} 在第一个或最后一个版本上没有结果`,
  'bisect.always-failed': ({ scenario }) => `无法指明：${scenario} 在第一个版本上就已失败`,
  'bisect.never-failed': ({ scenario }) => `无法指明：${scenario} 在最后一个版本上通过；--every 会把之前的版本也都运行`,
  'bisect.planned': ({ scenario, count }) => `${scenario} 将在这 ${count} 个状态中的一部分上运行`,
  'bisect.built': ({ packages }) => `由它构建的软件包：${packages}`,
  'bisect.start': '与上次通过的夜间运行或镜像相同',
  'bisect.not-run': '不需要运行',
  'bisect.runs': ({ folder }) => `各次运行在 ${folder} 中`,
};
