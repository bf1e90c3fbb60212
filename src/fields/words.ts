import { ownDisksOf, sharedDisksOf } from '../model/iscsi.js';
import { clientOf, type Lab, type LabNode } from '../model/lab.js';
import { nearest } from '../model/nearest.js';
import type { Target } from '../model/target.js';
import { readTarget } from './target.js';
import { unknownWord, type ValueProblem } from './value-problem.js';

/** Words in braces that stand for something of the lab. Other braces are left alone: commands are full of them, as ${HOME}. */
const WORDS = ['address', 'prefix', 'cluster', 'disk', 'target'] as const;
const BRACES = /(?<!\$)\{([A-Za-z-]+)((?: +[^\s{}]+)*)\}/g;

/**
 * The text with `{address vip}`, `{prefix vip}`, `{disk shared}`, `{target shared}` and `{cluster}` filled in. Without a name
 * they mean the lab's first address or disk, so that a scenario fits any lab that has one.
 */
export function fillWords(text: string, lab: Lab): string {
  return text.replace(BRACES, (whole, word: string, rest: string) => {
    if (word === 'cluster' && rest === '') return lab.cluster.name;
    if (word === 'disk' || word === 'target') return disksNamed(rest.trim(), lab)[0]?.[word] ?? whole;
    const found = addressOf(rest.trim(), lab);
    if (found === undefined) return whole;
    return word === 'address' ? found.address : word === 'prefix' ? String(found.prefix) : whole;
  });
}

/** By its device on nodes that have it or are logged in, or by the name under which it is exported. */
interface DiskWords {
  readonly id: string;
  readonly disk: string;
  readonly target?: string;
}

/** Those that a name may mean; without a name, the first. */
function disksNamed(name: string, lab: Lab): readonly DiskWords[] {
  const all = allDisks(lab);
  if (name === '') return all.slice(0, 1);
  return all.filter(({ id }) => id === name || id.endsWith(`.${name}`));
}

/** An HA node's own disk has the same device on each node that has one of that name. */
function allDisks(lab: Lab): readonly DiskWords[] {
  const shared = sharedDisksOf(lab).map(({ id, device, target }) => ({ id, disk: device, target }));
  const own = lab.nodes.flatMap(ownDisksOf).map(({ disk, device }) => ({ id: disk.name, disk: device }));
  return [...shared, ...new Map(own.map((each) => [each.id, each])).values()];
}

/** A floating address by its name, or that of the storage node or the client, on its first link. */
function addressOf(name: string, lab: Lab): { readonly address: string; readonly prefix: number } | undefined {
  const floating = lab.addresses.find((each) => name === '' || each.name === name);
  return floating ?? placeNamed(name, lab)?.links[0];
}

const PLACES = ['storage', 'client'];

function placeNamed(name: string, lab: Lab): LabNode | undefined {
  if (name === 'client') return clientOf(lab);
  return name === 'storage' ? lab.nodes.find(({ role }) => role === 'storage') : undefined;
}

/** What in the text cannot be filled in for this lab. */
export function wordsWrong(text: string, lab: Lab, roleWrong = roleRefused): ValueProblem | undefined {
  for (const found of text.matchAll(BRACES)) {
    const [whole, word = '', rest = ''] = found;
    const wrong = wordWrong(whole, word, rest.trim(), lab, roleWrong);
    if (wrong !== undefined) return { ...wrong, offset: found.index };
  }
  return undefined;
}

/** What in a sentence for people cannot be filled in: unlike a command, it has no braces of its own. */
export function textWordsWrong(text: string, lab: Lab): ValueProblem | undefined {
  const wrong = wordsWrong(text, lab);
  if (wrong !== undefined) return wrong;
  for (const { 1: word = '', index: offset } of text.matchAll(BRACES))
    if (!WORDS.some((known) => known === word)) return { ...unknownWord('word in braces', word, WORDS), offset };
  return undefined;
}

/** Without a role it is a value that a step saves. */
type RoleWrong = (role: Target | undefined, whole: string) => ValueProblem | undefined;

function roleRefused(role: Target | undefined, whole: string): ValueProblem | undefined {
  if (role === undefined)
    return { message: `the value ${whole} is not filled in here`, hint: 'saved values stand in commands and scripts' };
  return {
    message: `the role ${whole} is not filled in here`,
    hint: 'roles stand in on, node, from and commands; here write {address NAME}, {prefix NAME}, {disk NAME} or {cluster}',
  };
}

/** The roles in a command, by how they are written there. */
export function rolesIn(argv: readonly string[]): Readonly<Record<string, Target>> {
  const found = argv
    .flatMap((word) => [...word.matchAll(BRACES)])
    .flatMap(([whole]) => {
      const role = readTarget(whole);
      return 'kind' in role ? [[whole, role] as const] : [];
    });
  return Object.fromEntries(found);
}

function wordWrong(
  whole: string,
  word: string,
  name: string,
  lab: Lab,
  roleWrong: RoleWrong,
): ValueProblem | undefined {
  if (word === 'cluster' && name === '') return undefined;
  if (word === 'address' || word === 'prefix') {
    if (addressOf(name, lab) !== undefined) return undefined;
    if (name === '') return { message: `lab ${lab.name} has no floating address`, hint: 'add one under addresses' };
    return unknownWord(`address of lab ${lab.name}`, name, [
      ...lab.addresses.map((address) => address.name),
      ...PLACES,
    ]);
  }
  if (word === 'disk' || word === 'target') {
    return diskWrong(word, name, lab);
  }
  // Whether a step before saves it is judged with the steps.
  if (word === 'value' && name !== '') return roleWrong(undefined, whole);
  const role = readTarget(whole);
  if ('kind' in role) return roleWrong(role, whole);
  // Of one word nothing is said: { a } may be anything, and {holdr of vip} can hardly be anything else.
  if (name !== '' && role.message.includes('did you mean')) return role;
  return nearest(word, WORDS) === undefined ? undefined : unknownWord('word in braces', word, WORDS);
}

function diskWrong(word: 'disk' | 'target', name: string, lab: Lab): ValueProblem | undefined {
  const [found, other] = disksNamed(name, lab);
  if (found !== undefined && other !== undefined) {
    const ids = disksNamed(name, lab).map(({ id }) => id);
    const hint = `write ${ids.map((id) => `{${word} ${id}}`).join(' or ')}`;
    return { message: `several nodes of lab ${lab.name} serve a disk ${name}`, hint };
  }
  if (word === 'target' && found !== undefined && found.target === undefined)
    return { message: `disk ${found.id} is a node's own, and not exported`, hint: `write {disk ${found.id}}` };
  if (found !== undefined) return undefined;
  if (name === '') {
    const hint = 'add disks to a node with role: storage';
    return { message: `lab ${lab.name} serves no disk`, hint };
  }
  return unknownWord(
    `disk of lab ${lab.name}`,
    name,
    allDisks(lab).map(({ id }) => id),
  );
}

/** The words of a shell that do something there: && || ; | & > >> < 2>&1 >/dev/null. */
const OPERATOR = /^(?:&&|\|\||[;|&]|\d?(?:>>|>&|>|<)\S*|&>\S*)$/;
/** What a shell replaces: $HOME, ${HOME}, $(hostname) and `hostname`; and the end of a command: a; b. */
const REPLACED = /\$(?:\w|[({])|`|;$/;

/** Pure. The first word of a command line, outside of quotes, that only a shell would take for more than a word. */
export function shellWordIn(command: string): { readonly word: string; readonly offset: number } | undefined {
  const found = [...command.matchAll(PIECE)].find(([piece]) => {
    const bare = piece.replace(QUOTED, '');
    return OPERATOR.test(piece) || REPLACED.test(bare);
  });
  return found && { word: found[0], offset: found.index };
}

const PIECE = /(?:\{(?:address|prefix|disk|target|was|holder|any|as|value)\s+[^{}]*\}|'[^']*'|"[^"]*"|[^\s'"])+/g;
const QUOTED = /'([^']*)'|"([^"]*)"/g;

/** A command line as an argv: blanks separate, simple quotes of either kind keep together; nothing else is special. */
export function splitCommand(command: string): readonly string[] | ValueProblem {
  const open = command.replace(QUOTED, (whole) => ' '.repeat(whole.length)).search(/['"]/);
  if (open >= 0) return { message: 'a quote is not closed', hint: `add the closing ${command[open]}`, offset: open };
  const pieces = command.match(PIECE);
  if (pieces === null) return { message: 'the command is empty', hint: 'write the command and its arguments' };
  return pieces.map((piece) => piece.replace(QUOTED, (_, single?: string, double?: string) => single ?? double ?? ''));
}
