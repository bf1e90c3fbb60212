import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const TOP = fileURLToPath(new URL('../', import.meta.url));

const BOTH = {
  absWorkingDir: TOP,
  bundle: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

await Promise.all([bundlePage(), bundleProgram()]);

/**
 * Bundles the programs of report.html, of the page that compares runs, of the site and of a night, and their style sheet, into dist/web. In place of the catalogues of all
 * messages they get those that they show.
 */
async function bundlePage(): Promise<void> {
  await build({
    ...BOTH,
    entryPoints: {
      ...{ report: 'src/web/client/main.ts', compare: 'src/web/client/compare.ts' },
      ...{ site: 'src/web/client/site.ts', night: 'src/web/client/night.ts' },
      style: 'src/web/client/report.css',
    },
    outdir: 'dist/web',
    minify: true,
    format: 'iife',
    target: 'es2023',
    plugins: [
      {
        name: 'page-catalogues',
        setup({ onResolve }) {
          onResolve({ filter: /\/catalogues\.js$/ }, () => ({ path: `${TOP}src/messages/page-catalogues.ts` }));
        },
      },
    ],
  });
}

/**
 * Bundles the command halab and its libraries into dist/program, in parts that are loaded when a command needs them: Node.js
 * takes half as long to start it as from some 400 files. ssh2, pg and node-sqlite3-wasm load files of their own; mocha and
 * tsx load files of users.
 */
async function bundleProgram(): Promise<void> {
  const outdir = 'dist/program';
  const { metafile } = await build({
    ...BOTH,
    entryPoints: { main: 'src/cli/main.ts' },
    outdir,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['ssh2', 'pg', 'node-sqlite3-wasm', 'mocha', 'tsx'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
  });
  const folder = join(TOP, outdir);
  for (const file of readdirSync(folder)) if (!(`${outdir}/${file}` in metafile.outputs)) rmSync(join(folder, file));
}
