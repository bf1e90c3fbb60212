import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { loadCourses } from '../../../src/config/course.js';

const root = resolve(import.meta.dirname, '../../..');

describe('a course', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'halab-course-'));
    mkdirSync(join(cwd, 'courses'));
  });
  afterEach(() => rmSync(cwd, { recursive: true }));

  const load = (text: string) => {
    writeFileSync(join(cwd, 'courses', 'mine.yaml'), text);
    return loadCourses({ cwd, root });
  };

  it('lists exercises in chapters, beside the courses of the project', () => {
    const courses = load('id: mine\ntitle: Mine\nchapters:\n  - { title: One, exercises: [read-a-healthy-cluster] }\n');
    expect(courses[0]).to.deep.equal({
      id: 'mine',
      title: { en: 'Mine' },
      chapters: [{ title: { en: 'One' }, exercises: ['read-a-healthy-cluster'] }],
    });
    expect(courses.map(({ id }) => id)).to.include('basics');
  });

  it('is refused where an exercise is not there, is none, or comes twice, each at its place', () => {
    const text = `id: mine
title: Mine
chapters:
  - { title: One, exercises: [read-a-healty-cluster, virtual-ip] }
  - { title: Two, exercises: [read-a-healthy-cluster, read-a-healthy-cluster] }
`;
    expect(() => load(text)).to.throw(
      /4:31: unknown exercise 'read-a-healty-cluster', did you mean 'read-a-healthy-cluster'\?[\s\S]*4:54: 'virtual-ip' is a scenario and no exercise[\s\S]*5:55: 'read-a-healthy-cluster' is in this course already/,
    );
  });
});
