/**
 * What just-bash does for each command and need not do here: a script calls hundreds of them. Part of the patch of
 * bundling.ts, at build time only.
 */
import type { Replacement } from "./replacement.ts";

const CONTEXT: readonly Replacement[] = [
  {
    why: "A command gets its own context guarded, and no copy of it: all commands are ours and just-bash's own…",
    find: "let w=c3(m,t),y=$p(w.context,t),x=()=>{w.revoke(),b()};",
    replace: 'let y=m,x=LeakLab.guardContext(m,t,S=>new He("",S));',
  },
  {
    why: "…and the command of just-bash behind one of ours runs in the same one.",
    find: "b=()=>{};if(g){let S=Object.getOwnPropertyDescriptors(m);S.executionScope={value:i.executionScope,enumerable:!0,configurable:!0,writable:!0};let E=Object.defineProperties(Object.create(Object.getPrototypeOf(m)),S),A=c3(E,g.name),O=$p(A.context,g.name);b=A.revoke,m.origCommand=R=>{let N=()=>g.execute(R,O);return g.trusted?St.runTrustedAsync(N):St.runUntrustedAsync(N)}}",
    replace: "E0=g&&(m.origCommand=R=>g.execute(R,m));",
  },
  {
    why: "…which counts its work against the limits of the shell.",
    find: "executionScope:u.internalIsExtension?k6(i.executionScope):i.executionScope,",
    replace: "executionScope:i.executionScope,",
  },
];

const RESULTS: readonly Replacement[] = [
  {
    why: "Nobody reads all variables from the result of a script.",
    find: "return{...r.build(n),env:Ht(this.ctx.state.env)}}async executeUserScript(",
    replace: "return r.build(n)}async executeUserScript(",
  },
];

/** Pure, so that what one shell has prepared serves the next. */
const PREPARED: readonly Replacement[] = [
  {
    why: "A regular expression is compiled once…",
    find: "let s=Rb(t),i=Tb(n);this._re2=Vr.compile(s,i)}catch(s)",
    replace: "this._re2=LeakLabPatterns.of(`${n} ${t}`,()=>Vr.compile(Rb(t),Tb(n)))}catch(s)",
  },
  {
    why: "…and a script parsed once: the interpreter changes no tree.",
    find: "let x=or(g,{maxHeredocSize:this.limits.maxHeredocSize}),S;",
    replace: "let x=LeakLabScripts.of(g,()=>or(g,{maxHeredocSize:this.limits.maxHeredocSize})),S;",
  },
];

const WORDS: readonly Replacement[] = [
  {
    why: "Only words that may turn into several by themselves go through all the ways in which they could…",
    find: "let p=await NN(e,r,a,c,u,n);",
    replace: "if(LeakLab.makesWords(e.state,r)){let p=await NN(e,r,a,c,u,n);",
  },
  {
    why: "…",
    find: "if(g!==null)return Rw(e,g);if((i||o||l)&&",
    replace: "if(g!==null)return Rw(e,g)}if((i||o||l)&&",
  },
];

const REDIRECTS: readonly Replacement[] = [
  {
    why: "A command without redirects has none prepared…",
    find: "function Wi(e,t,n){let r={",
    replace: "function Wi(e,t,n){let Z=LeakLab.withoutRedirects(t,e.state);if(Z)return Z;let r={",
  },
  {
    why: "…and none applied.",
    find: 'async function fs(e,t,n,r,s=new Map,i=new Map,o="bash",a=!1){',
    replace:
      'async function fs(e,t,n,r,s=new Map,i=new Map,o="bash",a=!1){if(LeakLab.staysHere(n,i,e.state))return LeakLab.plainResult(t);',
  },
];

const CALLS: readonly Replacement[] = [
  {
    why: "The box that keeps untrusted code from the host's globals is not there: nobody enters and leaves it.",
    find: 'try{let S=()=>sn(i.requireDefenseContext,"command",`${t} execution`,()=>u.execute(n,y)),E=()=>pO(S,y,x,t,i.executionScope,i.state.signal),A=u.trusted?await St.runTrustedAsync(E):await E();',
    replace: "try{let A=await pO(()=>u.execute(n,y),y,x,t,i.executionScope,i.state.signal);",
  },
];

export const COST_PATCHES: readonly Replacement[] = [
  ...CONTEXT,
  ...CALLS,
  ...WORDS,
  ...REDIRECTS,
  ...RESULTS,
  ...PREPARED,
];

/** What the prepared things are kept in: so many characters of patterns, and of scripts. */
export const PREPARED_IN =
  "var LeakLabPatterns=new LeakLab.Prepared(1<<14),LeakLabScripts=new LeakLab.Prepared(1<<18);\n";
