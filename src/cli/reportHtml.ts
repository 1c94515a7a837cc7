/** The report as one file for a browser or a printer: no scripts, nothing loaded, every text of a stranger escaped. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cellOf, type Cell, type ClassReport, type LabColumn } from "../report/classReport.ts";
import { refusalSentence } from "../report/refusal.ts";
import { ROOT } from "./coreBuild.ts";
import { besides } from "./reportText.ts";

/** Shapes that survive a copier: a filled disc with a tick, a diamond with a bar, a ring. */
const GLYPHS = {
  passed: '<circle cx="8" cy="8" r="7" fill="currentColor"/><path d="M4.6 8.3l2.4 2.4 4.4-5" class="cut"/>',
  begun: '<path d="M8 1.2L14.8 8 8 14.8 1.2 8zM8 4.9v3.8M8 10.2v1.2"/>',
  none: '<circle cx="8" cy="8" r="6.2"/>',
} as const;

const LAYOUT = `
*{box-sizing:border-box}
body{margin:0 auto;max-width:1152px;padding:32px 24px 48px;background:var(--panel);color:var(--ink);font:400 15px/22px var(--sans)}
h1{margin:0 0 4px;font-size:26px;line-height:32px;letter-spacing:-.01em}
h2{margin:40px 0 0;padding-bottom:8px;border-bottom:2.5px solid var(--ink);font-size:20px;line-height:26px}
h3{margin:24px 0 4px;font-size:15px;line-height:22px}
p{margin:0;color:var(--ink2)}
table{width:100%;margin-top:24px;border-collapse:collapse}
th,td{padding:10px 12px 10px 0;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
thead th{border-bottom:2.5px solid var(--ink)}
th{font-weight:650}
small{display:block;color:var(--ink2);font-size:12px;line-height:16px;font-weight:400}
svg{width:16px;height:16px;margin-right:8px;vertical-align:-3px;fill:none;stroke:currentColor;stroke-width:1.5}
.cut{stroke:var(--panel);stroke-width:2}
.passed{color:var(--pass);font-weight:650}
.begun{color:var(--notyet)}
.none{color:var(--unknown)}
ol,ul{margin:0;padding:0;list-style:none}
li{display:grid;grid-template-columns:112px minmax(0,1fr);gap:16px;padding:10px 0;border-bottom:1px solid var(--rule)}
code{font:450 13px/20px var(--mono);overflow-wrap:anywhere}
@media print{body{padding:0}h2{break-after:avoid}li,tr{break-inside:avoid}}
`;

export function reportHtml(report: ClassReport): string {
  const { learners, labs } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Class report, LeakLab</title>
<style>${tokens()}${LAYOUT}</style>
</head>
<body>
<h1>Class report</h1>
<p>${learners.length} ${learners.length === 1 ? "learner" : "learners"}, ${labs.length} ${labs.length === 1 ? "lab" : "labs"}. Every attempt was played again and graded here.</p>
${matrix(report)}
${wrongWays(labs)}
${notGraded(report)}
</body>
</html>
`;
}

/** The colours of the product, by day and by night, and its fonts' names. */
function tokens(): string {
  const css = readFileSync(join(ROOT, "src/ui/tokens.css"), "utf8");
  const block = (start: string) => {
    const from = css.indexOf(start);
    return from < 0 ? "" : css.slice(from + start.length, css.indexOf("}", from));
  };
  const day = block(":root {");
  const night = block(':root[data-theme="night"] {');
  return `:root{${day}}\n@media (prefers-color-scheme: dark) and (not print){:root{${night}}}`;
}

function matrix({ learners, labs }: ClassReport): string {
  if (learners.length === 0) return "<p>No attempt could be graded.</p>";
  const heads = labs.map(
    ({ title, passed, begun }) =>
      `<th scope="col">${escaped(title)}<small>${passed} of ${begun} passed</small></th>`,
  );
  const rows = learners.map((learner) => {
    const cells = labs.map(({ id }) => `<td>${cellHtml(cellOf(learner, id))}</td>`);
    const unnamed = learner.named ? "" : "<small>no name in the file</small>";
    return `<tr><th scope="row">${escaped(learner.name)}${unnamed}</th>${cells.join("")}</tr>`;
  });
  return `<table><thead><tr><th scope="col">Learner</th>${heads.join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
}

function cellHtml(cell: Cell | undefined): string {
  if (!cell) return said("none", "not begun");
  const result = cell.passed
    ? said("passed", "passed")
    : said("begun", `${cell.passing} of ${cell.asked} checks`);
  const same = cell.sameAs.length > 0 ? [`same inputs as ${cell.sameAs.join(", ")}`] : [];
  return [result, ...[...besides(cell), ...same].map((text) => `<small>${escaped(text)}</small>`)].join("");
}

function said(shown: keyof typeof GLYPHS, words: string): string {
  return `<span class="${shown}"><svg viewBox="0 0 16 16" aria-hidden="true">${GLYPHS[shown]}</svg>${words}</span>`;
}

function wrongWays(labs: readonly LabColumn[]): string {
  const met = labs.filter((lab) => lab.met.length > 0);
  if (met.length === 0) return "";
  const parts = met.map(({ title, met: ways }) => {
    const items = ways.map(
      ({ sentence, learners }) =>
        `<li><span>${learners.length} ${learners.length === 1 ? "learner" : "learners"}</span><span>${withCode(sentence)}<small>${escaped(learners.join(", "))}</small></span></li>`,
    );
    return `<h3>${escaped(title)}</h3><ol>${items.join("\n")}</ol>`;
  });
  return `<h2>Which wrong ways were met</h2>${parts.join("\n")}`;
}

/** What stands between backquotes is code. */
function withCode(sentence: string): string {
  const parts = sentence.split("`").map(escaped);
  return parts.map((part, i) => (i % 2 === 1 ? `<code>${part}</code>` : part)).join("");
}

function notGraded({ refused }: ClassReport): string {
  if (refused.length === 0) return "";
  const items = refused.map(
    (it) =>
      `<li style="grid-template-columns:minmax(0,1fr) minmax(0,2fr)"><code>${escaped(it.path)}</code><span>${escaped(refusalSentence(it))}</span></li>`,
  );
  return `<h2>Could not be graded</h2><ul>${items.join("\n")}</ul>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
}
