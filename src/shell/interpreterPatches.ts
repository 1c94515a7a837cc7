/** Where just-bash's interpreter differs from bash in ways that learners meet. Part of the patch of bundling.ts, at build time only. */
import type { Replacement } from "./replacement.ts";

const REDIRECTS: readonly Replacement[] = [
  {
    why: "`(cd x && command) > file`: the file is where the shell was when it opened it…",
    find: "async function bI(e,t,n,r){let s=new Map,",
    replace: "async function bI(e,t,n,r){let s=Object.assign(new Map,{cwd:e.state.cwd}),",
  },
  {
    why: "…not where the command went.",
    find: "let E=r.get(x);if(E!==void 0)switch(S.operator)",
    replace:
      'let E=r.get(x);if(E!==void 0&&r.cwd!==void 0&&!E.startsWith("/")&&/^(?:>[|>]?|&>>?)$/.test(S.operator))E=e.fs.resolvePath(r.cwd,E);if(E!==void 0)switch(S.operator)',
  },
];

const EXIT_CODES: readonly Replacement[] = [
  {
    why: "`set -e` leaves out what is tested in `a && b`, `a || b` and `! a`, and the body of a function that is tested.",
    find: "let f=await this.executePipeline(c);",
    replace:
      "let Z=this.ctx.state.inCondition,f;if(l<t.pipelines.length-1||c.negated)this.ctx.state.inCondition=!0;try{f=await this.executePipeline(c)}finally{this.ctx.state.inCondition=Z}",
  },
  {
    why: "A script that is run by its name is a process of its own: it inherits neither `set -e` nor the condition around it.",
    find: "r&&(e.state.groupStdin=r),e.state.currentSource=t,",
    replace:
      "r&&(e.state.groupStdin=r),e.state.inCondition=!1,e.state.options={...e.state.options,errexit:!1,nounset:!1,pipefail:!1,xtrace:!1},e.state.currentSource=t,",
  },
  {
    why: "An assignment ends with 0, or with what the last command substitution in it ended with…",
    find: "let s=await t3(this.ctx,t);",
    replace: "let B0=this.ctx.substitutions,s=await t3(this.ctx,t);",
  },
  {
    why: "…",
    find: 'Q("",N,this.ctx.state.lastExitCode)',
    replace: 'Q("",N,this.ctx.substitutions===B0?0:this.ctx.state.lastExitCode)',
  },
  {
    why: "…as does a command that expands to nothing.",
    find: 'Q("","",this.ctx.state.lastExitCode)',
    replace: 'Q("","",this.ctx.substitutions===B0?0:this.ctx.state.lastExitCode)',
  },
  {
    why: "…",
    find: 'case"CommandSubstitution":{let s=B7(',
    replace: 'case"CommandSubstitution":{e.substitutions=(e.substitutions??0)+1;let s=B7(',
  },
];

/** Parses one double-quoted word. */
const WORD = (text: string) => `or('_ "'+${text}+'"').statements[0].pipelines[0].commands[0].args[0]`;

const ARITHMETIC: readonly Replacement[] = [
  {
    why: "`$(( ${v##*.} + 1 ))`: every expansion is possible in arithmetic…",
    find: "async function Gl(e,t){",
    replace: `async function Gl(e,t){if(!/^\\w+$/.test(t))return _e(e,${WORD("'${'+t+'}'")});`,
  },
  {
    why: "…and what comes of it is an expression.",
    find: "let i=await Gl(e,t.content);return Number.parseInt(i,10)||0}",
    replace:
      'let i=(await Gl(e,t.content)).trim();if(i==="")return 0;let{expr:o,pos:a}=$i(new be,i,0);if(a<i.length)throw new Ge(`${i}: syntax error in expression (error token is "${i.slice(a).trim()}")`);return await s(o)}',
  },
  {
    why: "`10#$month`, `16#${hex}`, `10#$(date +%m)`, `0x$byte`.",
    find: "if(s<t.length&&/[a-zA-Z_]/.test(t[s])){let p=c;",
    replace:
      'let Z=LeakLab.basedWord(c,t,s);if(Z)return{expr:{type:"ArithDynamicNumber",base:Z.base,word:Z.word,prefix:"",suffix:""},pos:Z.end};if(s<t.length&&/[a-zA-Z_]/.test(t[s])){let p=c;',
  },
  {
    why: "…",
    find: 'case"ArithDynamicNumber":{let o=await Gl(e,t.prefix)+t.suffix;',
    replace: `case"ArithDynamicNumber":{let o=t.word?t.base+await _e(e,${WORD("t.word")}):await Gl(e,t.prefix)+t.suffix;`,
  },
  {
    why: "…",
    find: 'case"ArithDynamicNumber":return',
    replace: 'case"ArithDynamicNumber":return e.word?e.base+e.word:',
  },
];

const PATTERNS: readonly Replacement[] = [
  {
    why: "`case h in [!a]) …` and `[[ h == []!] ]]`: all but these; a bracket that comes first is one of them.",
    find: 'else if(s==="["){let i=e.indexOf("]",r+1);i!==-1?(n+=e.slice(r,i+1),r=i):n+="\\\\["}else',
    replace:
      'else if(s==="["){let Z=e[r+1]==="!"||e[r+1]==="^"?1:0,B=r+1+Z,i=e.indexOf("]",e[B]==="]"?B+1:B);i!==-1?(n+=(Z?"[^":"[")+e.slice(B,i+1),r=i):n+="\\\\["}else',
  },
];

export const INTERPRETER_PATCHES: readonly Replacement[] = [
  ...REDIRECTS,
  ...EXIT_CODES,
  ...ARITHMETIC,
  ...PATTERNS,
];
