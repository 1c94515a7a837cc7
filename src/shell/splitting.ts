/**
 * just-bash in two parts: the shell with the commands that labs begin with, and the others with some builtins, which load
 * when one of them is first called. Its bundle defines each of its modules lazily, so statements can move freely: what only the
 * other commands need moves with them, and shares what it needs of the first part by live bindings.
 *
 * This file runs at build time only; nothing of it is in a bundle.
 */
import { parseAst } from "vite";
import { packTables } from "./packing.ts";

/** The other commands: what the loader of each is called in the bundle. */
const LATER =
  /^(?:ls|rmdir|touch|ln|readlink|head|tail|tee|which|alias|unalias|clear|date|whoami|hostname|rg|awk2?|sort|uniq|comm|cut|paste|tr|rev|nl|fold|expand|unexpand|strings|split|column|join|tree|du|env|printenv|history|xargs|jq|base64|diff|timeout|time|expr|md5sum|sha1sum|sha256sum|file|htmlToMarkdown|help|tac|od|gzip|gunzip|zcat|curl|find|grep|fgrep|egrep|stat|wc|yq|xan|sqlite3)(?:Command2?)?$/;

const LOADER = /Promise\.resolve\(\)\.then\(\(\)=>\((\w+|[\w$]+)\(\),([\w$]+)\)\)\)\.([\w$]+)/g;

/**
 * Only just-bash's own `ls` asks for it, and LeakLab's stands before that. What minimatch is made of draws chance as it
 * loads, which the second part must not: a world is in force by then.
 */
const MINIMATCH = /import\{minimatch as ([\w$]+)\}from"minimatch";/;

/** Builtins that wait for the second part where they are called: no lab begins with them. */
const LATER_BUILTINS = new Set(
  "getopts compgen complete compopt popd dirs mapfile readarray declare typeset readonly hash help shopt local pushd".split(
    " ",
  ),
);

const BUILTIN = /if\(((?:t==="\w+"(?:\|\|)?)+)\)return (?:await )?([\w$]+)\(([\w$,]*)\);/g;

/** What a module exports: `define(space, { name: () => value, … })`. It goes with its space. */
const NAMESPACE = /^[\w$]+\(([\w$]+),\{(?:"?[\w$]+"?:\(\)=>[\w$]+,?)+\}\);?$/;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A piece of the bundle that can move: a function, a class, one variable. */
interface Piece {
  readonly names: readonly string[];
  readonly text: string;
  readonly uses: ReadonlySet<string>;
  /** Variables of others that it sets: only the part that has a variable can. */
  readonly sets: ReadonlySet<string>;
  /** Runs by itself or exports: never moves. */
  readonly fixed: boolean;
}

export interface Parts {
  readonly first: string;
  readonly later: string;
}

/** `laterId`: what the first part imports the second by; `firstId`: the other way round. */
export function splitJustBash(code: string, firstId: string, laterId: string): Parts {
  const second = (use: string) => `import(${JSON.stringify(laterId)}).then(m=>m.LeakLabParts.${use})`;
  const builtins = new Set<string>();
  if (!MINIMATCH.test(code)) throw new Error("just-bash asks for minimatch in another way.");
  const deferred = packTables(code)
    .replace(MINIMATCH, 'function $1(){throw new Error("LeakLab has an ls of its own")}')
    .replace(LOADER, (whole, init: string, space: string, name: string) =>
      LATER.test(name) ? `${second(`${init}()`)})[${JSON.stringify(name)}]` : whole,
    )
    .replace(BUILTIN, (whole, asked: string, name: string, args: string) => {
      if (![...asked.matchAll(/\w{2,}/g)].every(([it]) => LATER_BUILTINS.has(it))) return whole;
      builtins.add(name);
      return `if(${asked})return ${second(`${name}(${args})`)};`;
    });
  const wanted = [...code.matchAll(LOADER)].filter(([, , , name = ""]) => LATER.test(name));
  const pieces = piecesOf(deferred);
  const top = new Map(pieces.flatMap((piece) => piece.names.map((name) => [name, piece] as const)));
  const kept = reach(pieces, top);
  const moved = pieces.filter((piece) => !kept.has(piece));
  const movedNames = new Set(moved.flatMap(({ names }) => names));
  const shared = [...new Set(moved.flatMap(({ uses }) => [...uses]))].filter(
    (name) => top.has(name) && !movedNames.has(name),
  );
  const stays = [...builtins].filter((name) => !movedNames.has(name));
  if (stays.length > 0) throw new Error(`The first part of just-bash needs ${stays.join(", ")} itself.`);
  const rename = (name: string) => `${name} as LeakLab_${name}`;
  const imports = shared.map((name) => `LeakLab_${name} as ${name}`).join(",");
  const loaders = new Map(wanted.map(([, init = "", space = ""]) => [init, space]));
  const parts = [...loaders].map(([init, space]) => `${init}:()=>(${init}(),${space})`);
  return {
    first: `${pieces
      .filter((piece) => kept.has(piece))
      .map(({ text }) => text)
      .join("\n")}\nexport{${shared.map(rename).join(",")}};`,
    later: `import{${imports}}from${JSON.stringify(firstId)};\n${moved.map(({ text }) => text).join("\n")}\nexport const LeakLabParts={${[...parts, ...builtins].join(",")}};`,
  };
}

/** What has to be in the first part. */
function reach(pieces: readonly Piece[], top: ReadonlyMap<string, Piece>): ReadonlySet<Piece> {
  const setters = Map.groupBy(
    pieces.flatMap((piece) => [...piece.sets].map((name) => ({ name, piece }))),
    ({ name }) => name,
  );
  const seen = new Set(pieces.filter((piece) => piece.fixed));
  for (const piece of seen) {
    for (const name of piece.uses) {
      const next = top.get(name);
      if (next) seen.add(next);
    }
    for (const name of piece.names) for (const setter of setters.get(name) ?? []) seen.add(setter.piece);
  }
  return seen;
}

function piecesOf(code: string): Piece[] {
  const { body } = parseAst(code) as unknown as { body: readonly Node[] };
  return body.flatMap((node): Piece[] => {
    const text = code.slice(node.start, node.end);
    if (node.type === "VariableDeclaration")
      return (node["declarations"] as Node[]).map((it) => ({
        names: namesIn(it["id"] as Node),
        text: `var ${code.slice(it.start, it.end)};`,
        ...freeNames(it),
        fixed: false,
      }));
    const named = node.type === "FunctionDeclaration" || node.type === "ClassDeclaration";
    const names = named
      ? namesIn(node["id"] as Node)
      : node.type === "ImportDeclaration"
        ? (node["specifiers"] as Node[]).flatMap((it) => namesIn(it["local"] as Node))
        : [];
    const space = NAMESPACE.exec(text)?.[1];
    if (space) return [{ names, text, uses: freeNames(node).uses, sets: new Set([space]), fixed: false }];
    const bound = named || node.type === "ImportDeclaration";
    return [{ names, text, ...freeNames(node), fixed: !bound }];
  });
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

function children(node: Node): Node[] {
  return Object.entries(node).flatMap(([key, value]): Node[] =>
    key === "type" ? [] : Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

/** Names that a pattern binds. */
function namesIn(pattern: Node | null): string[] {
  if (!pattern) return [];
  switch (pattern.type) {
    case "Identifier":
      return [pattern["name"] as string];
    case "ObjectPattern":
      return (pattern["properties"] as Node[]).flatMap((it) =>
        namesIn((it.type === "RestElement" ? it["argument"] : it["value"]) as Node),
      );
    case "ArrayPattern":
      return (pattern["elements"] as (Node | null)[]).flatMap(namesIn);
    case "AssignmentPattern":
      return namesIn(pattern["left"] as Node);
    case "RestElement":
      return namesIn(pattern["argument"] as Node);
    default:
      return [];
  }
}

const isFunction = ({ type }: Node): boolean => /Function/.test(type);

/** `var` and functions of a body, down to where the next function begins. */
function hoisted(node: Node): string[] {
  return children(node).flatMap((child) => {
    if (child.type === "FunctionDeclaration") return namesIn(child["id"] as Node);
    if (isFunction(child)) return [];
    const own =
      child.type === "VariableDeclaration"
        ? (child["declarations"] as Node[]).flatMap((it) => namesIn(it["id"] as Node))
        : [];
    return child.type === "VariableDeclaration" && child["kind"] !== "var"
      ? hoisted(child)
      : [...own, ...hoisted(child)];
  });
}

/** `let`, `const` and classes that stand directly in a block. */
function blockNames(node: Node): string[] {
  return children(node).flatMap((child) => {
    if (child.type === "SwitchCase") return blockNames(child);
    if (child.type === "VariableDeclaration")
      return (child["declarations"] as Node[]).flatMap((it) => namesIn(it["id"] as Node));
    return /^(?:Class|Function)Declaration$/.test(child.type) ? namesIn(child["id"] as Node) : [];
  });
}

function scopeOf(node: Node): readonly string[] | null {
  if (isFunction(node))
    return [
      ...(node["params"] as Node[]).flatMap(namesIn),
      ...(node.type === "FunctionExpression" ? namesIn(node["id"] as Node) : []),
      ...hoisted(node),
    ];
  if (node.type === "ClassExpression") return namesIn(node["id"] as Node);
  if (node.type === "CatchClause") return namesIn(node["param"] as Node);
  return /^(?:BlockStatement|SwitchStatement|For(?:In|Of)?Statement|StaticBlock)$/.test(node.type)
    ? blockNames(node)
    : null;
}

/** Names that a piece takes from outside itself, and those of them that it sets. */
function freeNames(root: Node): Pick<Piece, "uses" | "sets"> {
  const found = new Set<string>();
  const sets = new Set<string>();
  const visit = (node: Node, scopes: readonly ReadonlySet<string>[]): void => {
    const own = scopeOf(node);
    const inner = own && own.length > 0 ? [...scopes, new Set(own)] : scopes;
    if (node.type === "Identifier") {
      const name = node["name"] as string;
      if (!scopes.some((scope) => scope.has(name))) found.add(name);
      return;
    }
    const target = (
      node.type === "AssignmentExpression"
        ? node["left"]
        : node.type === "UpdateExpression"
          ? node["argument"]
          : null
    ) as Node | null;
    for (const name of namesIn(target)) if (!inner.some((scope) => scope.has(name))) sets.add(name);
    for (const [key, value] of Object.entries(node)) {
      // Names of members and keys are no references.
      const plain = node["computed"] !== true;
      if (plain && key === "property" && node.type === "MemberExpression") continue;
      if (plain && key === "key" && !(node.type === "Property" && node["shorthand"] === true)) continue;
      if (/^(?:label)$/.test(key)) continue;
      const all = Array.isArray(value) ? value : [value];
      for (const child of all) if (isNode(child)) visit(child, inner);
    }
  };
  visit(root, []);
  return { uses: found, sets };
}
