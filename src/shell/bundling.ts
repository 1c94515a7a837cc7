/**
 * How the core's libraries are bundled, for the browser, for Node and for unit tests alike: which Node modules
 * they may see, the patch of just-bash that makes an interactive session possible, and a small one of QuickJS.
 *
 * This file runs at build time only; nothing of it is in a bundle.
 */
import { fileURLToPath } from "node:url";
import { COMMAND_PATCHES } from "./commandPatches.ts";
import { COST_PATCHES, PREPARED_IN } from "./costPatches.ts";
import { INTERPRETER_PATCHES } from "./interpreterPatches.ts";
import type { Replacement } from "./replacement.ts";
import { splitJustBash } from "./splitting.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Names that mean the same to everybody who imports them. */
export const coreAliases = [
  { find: /^just-bash$/, replacement: "just-bash/browser" },
  { find: /^buffer$/, replacement: "buffer/" },
];

/** Node modules that libraries ask for, answered by pure code: equal bytes everywhere, and no host file in reach. */
const LIBRARY_MODULES: readonly (readonly [name: RegExp, replacement: string])[] = [
  [/^(?:node:)?zlib$/, at("../realm/zlib.ts")],
  [/^pako$/, at("../realm/pako.ts")],
  [/^(?:node:)?fs(?:\/promises)?$/, at("../realm/noFiles.ts")],
  [/^(?:node:)?path$/, "path-browserify"],
  // Secretlint times itself; a world has no stopwatch.
  [/^@secretlint\/profiler$/, at("../engine/silentProfiler.ts")],
];

/** What an interactive session of a lab needs; what else is mended stands in the files imported above. */
const REPLACEMENTS: readonly Replacement[] = [
  {
    why: "exec() forgets variables, functions and cwd. With `session`, one state object lives on between calls.",
    find: "let m={...this.state,env:h,",
    replace: "let m=u.session?u.session.begin(this.state,{signal:u.signal}):{...this.state,env:h,",
  },
  {
    why: "The interpreter passes the session's callbacks and the statements that count as ticks to its context.",
    find: "invokeTool:this.invokeToolFn},R=await new Yo(E,m)",
    replace: "invokeTool:this.invokeToolFn,session:u.session,top:x},R=await new Yo(E,m)",
  },
  {
    why: "…and the context keeps them.",
    find: "jsBootstrapCode:t.jsBootstrapCode,invokeTool:t.invokeTool}}assertDefenseContext",
    replace:
      "jsBootstrapCode:t.jsBootstrapCode,invokeTool:t.invokeTool,session:t.session,top:t.top}}assertDefenseContext",
  },
  {
    why: "A top-level statement that ended, however it ended, is one tick of virtual time.",
    find: 'n=i.exitCode,this.ctx.state.lastExitCode=n,this.ctx.state.env.set("?",String(n))}catch(i){if(i instanceof he)throw i.prependOutput(r.stdout,r.stderr),i;if(i instanceof dn)return',
    replace:
      'n=i.exitCode,this.ctx.state.lastExitCode=n,this.ctx.state.env.set("?",String(n));if(t===this.ctx.top)await this.ctx.session?.tick()}catch(i){if(i instanceof he)throw i.prependOutput(r.stdout,r.stderr),i;if(i instanceof dn)return',
  },
  {
    why: "Output is shown as each pipeline ends, unless something collects it (pipe, redirect, substitution).",
    find: "let f=await this.executePipeline(c);n.appendResult",
    replace:
      'let f=await this.executePipeline(c);if(this.ctx.session&&!this.ctx.state.collecting&&!this.ctx.state.suppressVerbose){await this.ctx.session.show($c(f),f.stderr);f={...f,stdout:"",stderr:"",internalOutputAccounting:void 0}}n.appendResult',
  },
  {
    why: "A pipe collects the output of its commands.",
    find: "async executePipeline(t){return b3(this.ctx,t,(n,r)=>this.executeCommand(n,r))}",
    replace:
      "async executePipeline(t){let s=this.ctx.state,o=t.commands.length>1?1:0;s.collecting=(s.collecting??0)+o;try{return await b3(this.ctx,t,(n,r)=>this.executeCommand(n,r))}finally{s.collecting-=o}}",
  },
  {
    why: "A redirect of standard output or error collects the output of the command that carries it.",
    find: "async executeCommand(t,n,r=!1){let s=jw(this.ctx),i;try{i=await this.executeCommandInner(t,n,r)}",
    replace:
      'async executeCommand(t,n,r=!1){let s=jw(this.ctx),c=this.ctx.state,q=t.redirections?.some(l=>l.operator.includes(">"))?1:0,i;c.collecting=(c.collecting??0)+q;try{try{i=await this.executeCommandInner(t,n,r)}finally{c.collecting-=q}}',
  },
  {
    why: "`read` waits for the learner where it would read the terminal.",
    find: 'if(t==="read")return Sp(c,n,s,a);',
    replace:
      'if(t==="read"){if(c.session&&!s&&a<0&&c.state.groupStdin===void 0&&!c.state.collecting&&!n.some(w=>/^-[A-Za-z]*u/.test(w)))s=Dn(await c.session.readLine(n));return Sp(c,n,s,a)}',
  },
  {
    why: "A redirect that cannot be opened is an error of the command, with the disk's own reason.",
    find: 'catch(a){if(!s)throw a;return{error:Q("",`bash: ${t}: cannot open redirect target\n`,1)}}',
    replace:
      'catch(a){if(!s&&a?.reason===void 0)throw a;return{error:Q("",`bash: ${t}: ${a?.reason??"cannot open redirect target"}\n`,1)}}',
  },
  {
    why: "…and so is one that cannot be written (full disk, file too large).",
    find: "let E=async(A,O,R)=>{A.append?await e.fs.appendFile(A.path,O,R):await e.fs.writeFile(A.path,O,R)};",
    replace:
      "let E=async(A,O,R)=>{try{A.append?await e.fs.appendFile(A.path,O,R):await e.fs.writeFile(A.path,O,R)}catch(z){if(z?.reason===void 0)throw z;c+=`bash: ${o}: write error: ${z.reason}\n`,u=1}};",
  },
  {
    why: "Builtins that just-bash lacks: trap, umask, and job control without jobs.",
    find: 'if(t==="wait")return Fe;if(t==="type")',
    replace:
      'if(t==="trap")return LeakLab.trap(c.state,n);if(t==="umask")return LeakLab.umask(c.state,n);if(Object.hasOwn(LeakLab.jobBuiltins,t)&&!(t==="kill"&&c.commands?.has("kill")))return LeakLab.jobBuiltins[t](c.state,n);if(t==="wait")return Fe;if(t==="type")',
  },
  {
    why: "Files that a shell creates get its own mask.",
    find: "class{ctx;constructor(t,n){this.ctx={state:n,fs:t.fs,",
    replace: "class{ctx;constructor(t,n){this.ctx={state:n,fs:LeakLab.maskedFs(t.fs,n),",
  },
  {
    why: "…and a script that it starts inherits the mask.",
    find: 'exec:(S,E)=>i.execFn(S,E,!1),execWithInheritedStdin:(S,E)=>i.execFn(S,{...E,stdin:d,stdinKind:"bytes"},!0)',
    replace:
      'exec:(S,E)=>i.execFn(S,{...E,umask:i.state.umask},!1),execWithInheritedStdin:(S,E)=>i.execFn(S,{...E,stdin:d,stdinKind:"bytes",umask:i.state.umask},!0)',
  },
  {
    why: "…through the state that it begins with.",
    find: "groupStdin:XO(u.stdin,u.stdinKind,this.limits.maxInputBytes,this.limits.maxStringLength,r,o),signal:u.signal,",
    replace:
      "groupStdin:XO(u.stdin,u.stdinKind,this.limits.maxInputBytes,this.limits.maxStringLength,r,o),umask:u.umask,signal:u.signal,",
  },
  {
    why: "A subshell and a script file change mask and traps for themselves only, and begin without traps.",
    find: "function _p(e){let t={env:e.env,",
    replace: "function _p(e){let t={umask:e.umask,traps:e.traps,env:e.env,",
  },
  {
    why: "…",
    find: "e.env=new Map(e.env),e.arrays=qn(e.arrays),e.options={...e.options},",
    replace: "e.traps=void 0,e.env=new Map(e.env),e.arrays=qn(e.arrays),e.options={...e.options},",
  },
  {
    why: "The action for EXIT runs where a script ends…",
    find: "R=await new Yo(E,m).executeScript(x)",
    replace:
      "L=new Yo(E,m),R=await LeakLab.withExitTrap(m,()=>L.executeScript(x),N=>L.executeScript(or(N)),!u.session)",
  },
  {
    why: "…a subshell…",
    find: "l=>kO(e,t,l.stdin??n,r,s||l.stdin!==void 0)",
    replace:
      'l=>LeakLab.withExitTrap(e.state,()=>kO(e,t,l.stdin??n,r,s||l.stdin!==void 0),d=>mc(e,["--",d],""),!0)',
  },
  {
    why: "…or a script file.",
    find: "try{let c=new be().parse(i),u=await s(c);return a(),u}",
    replace:
      'try{let c=new be().parse(i),u=await LeakLab.withExitTrap(e.state,()=>s(c),d=>mc(e,["--",d],""),!0);return a(),u}',
  },
  {
    why: "The action for ERR runs where `set -e` would end the shell.",
    find: "if(this.ctx.state.errexitSafe=o||i||a,this.ctx.state.options.errexit&&",
    replace:
      'if(r!==0&&s===t.pipelines.length-1&&!i&&!this.ctx.state.inCondition&&!a){let E=await LeakLab.onError(this.ctx.state,d=>mc(this.ctx,["--",d],""));E&&n.appendResult(E,E.stdout)}if(this.ctx.state.errexitSafe=o||i||a,this.ctx.state.options.errexit&&',
  },
  {
    why: "The first word of a command is expanded and split as every other: `echo${IFS}hi`, `{echo,hi}`, `$command`.",
    find: "let u=await _e(this.ctx,t.name),f=[],d=[],",
    replace:
      'let Z=t.name.parts.some(N=>/^(?:Brace|Parameter|Arithmetic)Expansion$|^CommandSubstitution$/.test(N.type))?await dr(this.ctx,t.name):null,u=Z?Z.values[0]??"":await _e(this.ctx,t.name),f=Z?Z.values.slice(1):[],d=f.map(()=>!1),',
  },
  {
    why: "`select` parses like `for`…",
    find: '["select",v.SELECT]',
    replace: '["select",v.FOR]',
  },
  {
    why: "…and is remembered in the tree.",
    find: "return Y.forNode(s,i,o,a)}",
    replace: 'let l=Y.forNode(s,i,o,a);return n.value==="select"&&(l.select=!0),l}',
  },
  {
    why: "…its words are what the learner chooses. A loop with `< file` reads that file.",
    find: 'async function h3(e,t){return $n(e,t.redirections,"",()=>yO(e,t))}',
    replace:
      'async function h3(e,t){return $n(e,t.redirections,"",async r=>{if(r?.stdin===void 0)return yO(e,t);let s=e.state.groupStdin;e.state.groupStdin=r.stdin;try{return await yO(e,t)}finally{e.state.groupStdin=s}})}',
  },
  {
    why: "…",
    find: "for(let o of i){s++,s>e.limits.maxLoopIterations&&is(`for loop:",
    replace:
      "for await(let o of t.select?LeakLab.choices(e,i,(a,l)=>n.append(a,l)):i){s++,s>e.limits.maxLoopIterations&&is(`for loop:",
  },
  {
    why: "A key with a space (`declare -A m=([a b]=c)`) is one word.",
    find: "for(let A of E)/\\s/.test(A)?(c||d)&&g():h(A)",
    replace: "for(let A of E)/\\s/.test(A)&&!/^\\[[^\\]]*$/.test(c)?(c||d)&&g():h(A)",
  },
  {
    why: "…and so is a value with a space, which is read a second time.",
    find: '/^\\[.+\\]=/.test(E)?A=E:E===""',
    replace:
      "/^\\[.+\\]=/.test(E)?A=E.replace(/^(\\[[^\\]]+\\]=)(.*[\\s'\"\\\\$`].*)$/s,(Z,B,D)=>`${B}'${D.replace(/'/g,\"'\\\\''\")}'`):E===\"\"",
  },
  {
    why: '`"${x-}"` alone is no error under `set -u`.',
    find: 'c=await Cr(e,l),u=await We(e,l),f=u===""',
    replace: 'c=await Cr(e,l),u=await We(e,l,!1),f=u===""',
  },
  {
    why: "`${x@Q}` quotes an apostrophe as bash does.",
    find: "return`${n}'`}return`'${e}'`}",
    replace: "return`${n}'`}return`'${e.replace(/'/g,\"'\\\\''\")}'`}",
  },
  {
    why: "…",
    find: 'function ts(e){if(e==="")return"\'\'";if(/[\\n\\r\\t\\x00-\\x1f\\x7f\']/.test(e))',
    replace: 'function ts(e){if(e==="")return"\'\'";if(/[\\x00-\\x1f\\x7f]/.test(e))',
  },
  {
    why: "A command that a command starts gets the exported variables as exported, and its own options.",
    find: "localScopes:[...this.state.localScopes],options:{...this.state.options},",
    replace:
      "exportedVars:new Set([...u.replaceEnv?[]:this.state.exportedVars??[],...Object.keys(u.env??{})]),shoptOptions:{...this.state.shoptOptions},readonlyVars:new Set(this.state.readonlyVars),localScopes:[...this.state.localScopes],options:{...this.state.options},",
  },
  {
    why: "`[` says what it cannot read, in bash's words.",
    find: "return jo(c,f)}return null}",
    replace: "return LeakLab.testResult(t,f,await jo(c,f))}return null}",
  },
  {
    why: "An unset variable in a subshell under `set -u` is named as elsewhere.",
    find: 'i.append("stderr",`${ht(a)}',
    replace: 'i.append("stderr",`${a?.name==="NounsetError"?a.stderr.trimEnd():ht(a)}',
  },
  {
    why: "`${x?word}` names the variable.",
    find: "let o=n.word?await s(e,n.word.parts,r.inDoubleQuotes):`${t}: parameter null or not set`",
    replace:
      'let o=n.word?`${t}: ${await s(e,n.word.parts,r.inDoubleQuotes)}`:`${t}: parameter ${n.checkEmpty?"null or ":""}not set`',
  },
  {
    why: "`grep -r` reads files and folders whose names start with a dot.",
    find: 'if(Un(o),h.name.startsWith("."))continue;',
    replace: "Un(o);",
  },
  {
    why: "The same on a disk that does not tell the kinds of names.",
    find: 'if(Un(o),h.startsWith("."))continue;',
    replace: "Un(o);",
  },
  {
    why: "`< file` fails with the disk's own reason.",
    find: 'catch{return p(Q("",`bash: ${S}: No such file or directory\n`,1',
    replace: 'catch(z){return p(Q("",`bash: ${S}: ${z?.reason??"No such file or directory"}\n`,1',
  },
];

/** Where the code that the patch calls lives; the bundle sees it as `LeakLab`. */
const BUILTINS = `import * as LeakLab from ${JSON.stringify(at("./builtins/builtins.ts"))};\n`;

/** Applies a patch; throws where a library is not the version that it was made for. */
function replaced(library: string, replacements: readonly Replacement[], code: string): string {
  return replacements.reduce((text, { find, replace, why }) => {
    const parts = text.split(find);
    if (parts.length !== 2)
      throw new Error(`The patch of ${library} does not fit (${parts.length - 1} places for: ${why})`);
    return parts.join(replace);
  }, code);
}

export function patchJustBash(code: string): string {
  const all = [...REPLACEMENTS, ...INTERPRETER_PATCHES, ...COMMAND_PATCHES, ...COST_PATCHES];
  return BUILTINS + PREPARED_IN + replaced("just-bash", all, code);
}

/** QuickJS is compiled once for all its engines, and not for each anew. */
const COMPILED_ONCE: readonly Replacement[] = [
  {
    why: "Bytes are decoded only where they are compiled…",
    find: "H??(H=da(",
    replace: "Compiled??(H=da(",
  },
  {
    why: "…which happens once.",
    find: "return await WebAssembly.instantiate(a,b)",
    replace: "return{instance:await WebAssembly.instantiate(await(Compiled??=WebAssembly.compile(a)),b)}",
  },
];

export function patchQuickJs(code: string): string {
  return `let Compiled;${replaced("QuickJS", COMPILED_ONCE, code)}`;
}

/** What the commands that load later are imported by, after the address of just-bash. */
const LATER = "?later";

/**
 * Vite plugin: what libraries of the core import, and their patches. `split`: commands that labs do not begin with load
 * later (splitting.ts); unit tests import modules in circles badly, so there they do not.
 */
export function justBashPatch({ split }: { readonly split: boolean }) {
  const later = new Map<string, string>();
  return {
    name: "leaklab:core-libraries",
    enforce: "pre" as const,
    /** Only libraries are redirected: hosts and tests of ours see the real modules. */
    async resolveId(this: Resolver, source: string, importer: string | undefined) {
      if (source.endsWith(LATER)) return { id: source };
      if (!importer || !importer.includes("node_modules")) return null;
      const found = LIBRARY_MODULES.find(([name]) => name.test(source));
      return found ? this.resolve(found[1], importer, { skipSelf: true }) : null;
    },
    load(id: string) {
      return id.endsWith(LATER) ? { code: later.get(id) ?? "", map: null } : null;
    },
    transform(code: string, id: string) {
      if (/just-bash[\\/]dist[\\/]bundle[\\/]browser\.js$/.test(id)) {
        if (!split) return { code: patchJustBash(code), map: null };
        const parts = splitJustBash(patchJustBash(code), id, id + LATER);
        later.set(id + LATER, parts.later);
        return { code: parts.first, map: null };
      }
      if (/quickjs-singlefile[^\\/]*[\\/]dist[\\/]emscripten-module\.browser-/.test(id))
        return { code: patchQuickJs(code), map: null };
      return null;
    },
  };
}

/** The part of Vite's plugin context that is used here. */
interface Resolver {
  resolve(source: string, importer: string, options: { skipSelf: boolean }): Promise<{ id: string } | null>;
}
