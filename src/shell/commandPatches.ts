/**
 * Where just-bash's own commands differ from those of GNU, jq and bash in ways that learners meet. Part of the patch
 * of bundling.ts, at build time only.
 */
import type { Replacement } from "./replacement.ts";

const SLEEP: readonly Replacement[] = [
  {
    why: "`sleep 24h` waits for a day, not for an hour; the longest is what the clock can be put forward by at once.",
    find: "u2=36e5,aA={",
    replace: "u2=2592e6,aA={",
  },
];

const READ: readonly Replacement[] = [
  {
    why: "`read` takes bytes and gives text: a line…",
    find: "I(R)}x===`\n`&&S.endsWith(`\n`)",
    replace: "I(R)}S=ue(S),x===`\n`&&S.endsWith(`\n`)",
  },
  {
    why: "…up to the first byte of a delimiter…",
    find: 'let x=i===""?"\\0":i,S="",E=0',
    replace: 'let x=i===""?"\\0":Dn(i)[0],S="",E=0',
  },
  {
    why: "…exactly so many characters…",
    find: "let F=Math.min(l,b.length);S=b.substring(0,F)",
    replace: "l=LeakLab.bytesOfCharacters(b,l);let F=Math.min(l,b.length);S=ue(b.substring(0,F))",
  },
  {
    why: "…or at most so many.",
    find: "z<b.length&&F<a;",
    replace: "z<b.length&&(F<a||LeakLab.isContinuation(b[z]));",
  },
  {
    why: "…",
    find: "else A(X),z++,F++,R=z",
    replace: "else A(X),z++,F+=LeakLab.isContinuation(X)?0:1,R=z",
  },
  {
    why: "…and `mapfile` gives text, too.",
    find: "g(S),p++}}break}",
    replace: "g(ue(S)),p++}}break}",
  },
  {
    why: "…",
    find: "g(y),p++}",
    replace: "g(ue(y)),p++}",
  },
];

const SED: readonly Replacement[] = [
  {
    why: "sed looks for the end of a range from the next line on; only `0,/x/` may end on its first.",
    find: "p.active=!0,p.startLine=t,s.set(d,p),ci(a,t,n,r,i)&&(",
    replace:
      'p.active=!0,p.startLine=t,s.set(d,p),(o===0?ci(a,t,n,r,i):typeof a=="number"?t>=a:a==="$"&&t===n)&&(',
  },
  {
    why: "Two commands with equal addresses are in their ranges independently.",
    find: "function pu(e){",
    replace: "function pu(e){return e;",
  },
  {
    why: "`a\\` keeps the spaces that its text begins with, `a` and spaces before the text or the backslash do not.",
    find: 'readTextCommand(t,n,r){let s=!1;this.peek()==="\\\\"&&this.pos+1<this.input.length&&(this.input[this.pos+1]===`\n`||this.input[this.pos+1]===" "||this.input[this.pos+1]==="\t")&&(s=!0,this.advance()),(this.peek()===" "||this.peek()==="\t")&&this.advance(),this.peek()==="\\\\"&&this.pos+1<this.input.length&&(this.input[this.pos+1]===" "||this.input[this.pos+1]==="\t")&&this.advance(),s&&this.peek()===`\n`&&this.advance();',
    replace:
      'readTextCommand(t,n,r){for(;this.peek()===" "||this.peek()==="\t";)this.advance();if(this.peek()==="\\\\"&&this.pos+1<this.input.length){this.advance();if(this.peek()===`\n`)this.advance()}',
  },
  {
    why: "In the text of sed's `a`, `i` and `c` a backslash takes away the meaning of what follows it.",
    find: 'if(o===`\n`){if(i.endsWith("\\\\")){i=`${i.slice(0,-1)}\n`,this.advance();continue}break}if(o==="\\\\"&&this.pos+1<this.input.length){let a=this.input[this.pos+1];',
    replace:
      'if(o===`\n`)break;if(o==="\\\\"&&this.pos+1<this.input.length){let a=this.input[this.pos+1];if(!/[ntr]/.test(a)){this.advance(),i+=this.advance();continue}',
  },
];

const LINES: readonly Replacement[] = [
  {
    why: "`tail -c +N` and `--lines=+N` begin at the place that they name.",
    find: 'else if(c==="-c"&&l+1<e.length)r=parseInt(e[++l],10);else if(c.startsWith("-c"))r=parseInt(c.slice(2),10);else if(c.startsWith("--bytes="))r=parseInt(c.slice(8),10);else if(c.startsWith("--lines="))n=parseInt(c.slice(8),10);',
    replace:
      'else if(/^(?:-c|--bytes=)/.test(c)){let u=c==="-c"&&l+1<e.length?e[++l]:c.replace(/^(?:-c|--bytes=)/,"");r=parseInt(u,10),o=t==="tail"&&u.startsWith("+")}else if(c.startsWith("--lines="))n=parseInt(c.slice(8),10),o=t==="tail"&&c[8]==="+";',
  },
  {
    why: "…",
    find: 'if(n!==null)return n===0?"":e.slice(-n)',
    replace: 'if(n!==null)return r?e.slice(Math.max(0,n-1)):n===0?"":e.slice(-n)',
  },
  {
    why: "`head -n -N` leaves out the last lines; `tail -n -N` is `tail -n N`.",
    find: "return r!==null&&(Number.isNaN(r)||r<0)?",
    replace: 'if(t==="tail")n=Math.abs(n),r!==null&&(r=Math.abs(r));return r!==null&&Number.isNaN(r)?',
  },
  {
    why: "…",
    find: ':Number.isNaN(n)||n<0?{ok:!1,error:{stdout:"",stderr:`${t}: invalid number of lines',
    replace: ':Number.isNaN(n)?{ok:!1,error:{stdout:"",stderr:`${t}: invalid number of lines',
  },
  {
    why: "…",
    find: 'if(n!==null)return e.slice(0,n);if(t===0)return"";',
    replace:
      'if(n!==null)return e.slice(0,n);if(t<0)return(e.match(/[^\\n]*\\n|[^\\n]+$/g)??[]).slice(0,t).join("");if(t===0)return"";',
  },
  {
    why: "`paste` without a file reads standard input.",
    find: 'if(i.length===0)return{stdout:"",stderr:`usage: paste',
    replace: 'if(i.length===0)i.push("-");if(i.length===0)return{stdout:"",stderr:`usage: paste',
  },
  {
    why: "…and its delimiters know `\\n`, `\\t` and `\\\\`.",
    find: "let r=n.result.flags.delimiter,s=n.result.flags.serial",
    replace:
      'let r=n.result.flags.delimiter.replace(/\\\\([nt\\\\])/g,(a,l)=>l==="n"?"\\n":l==="t"?"\\t":l),s=n.result.flags.serial',
  },
];

const JQ: readonly Replacement[] = [
  {
    why: "jq's `{$name}` is `{name: $name}`…",
    find: '(n=s,r=this.parseObjectValue()):(n=s,r={type:"Field",name:s})',
    replace:
      '(n=s,r=this.parseObjectValue()):s.startsWith("$")?(n=s.slice(1),r={type:"VarRef",name:s}):(n=s,r={type:"Field",name:s})',
  },
  {
    why: '…and `{"a b"}` is `{"a b": .["a b"]}`.',
    find: 'else if(this.check("STRING"))n=this.advance().value,this.expect("COLON","Expected \':\'"),r=this.parseObjectValue();',
    replace:
      'else if(this.check("STRING"))n=this.advance().value,r=this.match("COLON")?this.parseObjectValue():{type:"Field",name:n};',
  },
];

export const COMMAND_PATCHES: readonly Replacement[] = [...SLEEP, ...READ, ...SED, ...LINES, ...JQ];
