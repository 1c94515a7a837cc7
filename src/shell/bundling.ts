/**
 * How the core's libraries are bundled, for the browser, for Node and for unit tests alike: which Node modules
 * they may see, and the patch of just-bash that makes an interactive session possible.
 *
 * This file runs at build time only; nothing of it is in a bundle.
 */
import { fileURLToPath } from "node:url";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Node modules that libraries ask for, answered by pure code: equal bytes everywhere, and no host file in reach. */
export const coreAliases = [
  { find: /^just-bash$/, replacement: "just-bash/browser" },
  { find: /^(node:)?zlib$/, replacement: at("../realm/zlib.ts") },
  { find: /^(node:)?fs$/, replacement: at("../realm/noFiles.ts") },
  { find: /^(node:)?fs\/promises$/, replacement: at("../realm/noFiles.ts") },
  { find: /^(node:)?path$/, replacement: "path-browserify" },
  { find: /^buffer$/, replacement: "buffer/" },
];

/** One exact replacement in the bundle of just-bash 3.4.2. `find` must occur exactly `times` times. */
interface Replacement {
  readonly why: string;
  readonly find: string;
  readonly replace: string;
}

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
    replace: "jsBootstrapCode:t.jsBootstrapCode,invokeTool:t.invokeTool,session:t.session,top:t.top}}assertDefenseContext",
  },
  {
    why: "A top-level statement that ended, however it ended, is one tick of virtual time.",
    find: "n=i.exitCode,this.ctx.state.lastExitCode=n,this.ctx.state.env.set(\"?\",String(n))}catch(i){if(i instanceof he)throw i.prependOutput(r.stdout,r.stderr),i;if(i instanceof dn)return",
    replace:
      "n=i.exitCode,this.ctx.state.lastExitCode=n,this.ctx.state.env.set(\"?\",String(n));if(t===this.ctx.top)await this.ctx.session?.tick()}catch(i){if(i instanceof he)throw i.prependOutput(r.stdout,r.stderr),i;if(i instanceof dn)return",
  },
  {
    why: "Output is shown as each pipeline ends, unless something collects it (pipe, redirect, substitution).",
    find: "let f=await this.executePipeline(c);n.appendResult",
    replace:
      "let f=await this.executePipeline(c);if(this.ctx.session&&!this.ctx.state.collecting&&!this.ctx.state.suppressVerbose){await this.ctx.session.show($c(f),f.stderr);f={...f,stdout:\"\",stderr:\"\",internalOutputAccounting:void 0}}n.appendResult",
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
      "async executeCommand(t,n,r=!1){let s=jw(this.ctx),c=this.ctx.state,q=t.redirections?.some(l=>l.operator.includes(\">\"))?1:0,i;c.collecting=(c.collecting??0)+q;try{try{i=await this.executeCommandInner(t,n,r)}finally{c.collecting-=q}}",
  },
  {
    why: "`read` waits for the learner where it would read the terminal.",
    find: "if(t===\"read\")return Sp(c,n,s,a);",
    replace:
      "if(t===\"read\"){if(c.session&&!s&&a<0&&c.state.groupStdin===void 0&&!c.state.collecting)s=await c.session.readLine(n);return Sp(c,n,s,a)}",
  },
];

/** Applies the patch; throws where just-bash is not the version that it was made for. */
export function patchJustBash(code: string): string {
  return REPLACEMENTS.reduce((text, { find, replace, why }) => {
    const parts = text.split(find);
    if (parts.length !== 2) {
      throw new Error(`The patch of just-bash does not fit (${parts.length - 1} places for: ${why})`);
    }
    return parts.join(replace);
  }, code);
}

/** Vite plugin: patches `just-bash/browser` while bundling. */
export function justBashPatch() {
  return {
    name: "leaklab:just-bash-patch",
    enforce: "pre" as const,
    transform(code: string, id: string) {
      if (!/just-bash[\\/]dist[\\/]bundle[\\/]browser\.js/.test(id)) return null;
      return { code: patchJustBash(code), map: null };
    },
  };
}
