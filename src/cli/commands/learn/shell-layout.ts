/** How tmux divides a window between the screen of an exercise and the shells; `main` is for the screen. */
interface ShellLayout {
  readonly name: 'main-vertical' | 'main-horizontal';
  readonly option: 'main-pane-width' | 'main-pane-height';
  readonly main: number;
  /** tmux's flag for how each shell is split off. */
  readonly split: '-v' | '-h';
}

const SCREEN = { columns: 80, rows: 24 } as const;
const SHELL = { columns: 60, rows: 12 } as const;

/** Pure. Shells to the right or below; undefined where the screen and they do not both fit. */
export function layoutFor(columns: number, rows: number): ShellLayout | undefined {
  if (columns >= SCREEN.columns + SHELL.columns + 1)
    return {
      name: 'main-vertical',
      option: 'main-pane-width',
      main: Math.max(SCREEN.columns, Math.floor(columns * 0.55)),
      split: '-v',
    };
  if (rows >= SCREEN.rows + SHELL.rows + 1 && columns >= SCREEN.columns)
    return {
      name: 'main-horizontal',
      option: 'main-pane-height',
      main: Math.max(SCREEN.rows, rows - 2 * SHELL.rows),
      split: '-h',
    };
  return undefined;
}
