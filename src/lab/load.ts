/** A lab's folder, as texts by path, becomes a lab; every problem of every file is reported at once. */
import { err, ok, type Result } from "../base/result.ts";
import type { LabBundle } from "./bundle.ts";
import { expectationOf, type Case, type CaseKind } from "./case.ts";
import type { Manifest } from "./manifest.ts";
import { parseManifest } from "./parse.ts";
import type { LabProblem } from "./problem.ts";
import type { LabFiles } from "./files.ts";
import { lintProse, type Prose } from "./prose.ts";
import { languagesOf, translationDrift, translationOf, type Translation } from "./translation.ts";

export interface Lab {
  readonly bundle: LabBundle;
  readonly prose: Prose;
  /** What there is in other languages. */
  readonly translations: readonly Translation[];
  /** Fields whose English changed since they were translated: learners see them, `verify` fails. */
  readonly drift: readonly LabProblem[];
  readonly cases: readonly Case[];
}

const CASE_FOLDERS: Readonly<Record<string, CaseKind>> = {
  solutions: "solution",
  wrong: "wrong",
  adversarial: "adversarial",
};

const KNOWN = [
  /^lab\.yaml$/,
  /^(?:brief|hints|debrief|question)\.md$/,
  /^cards\/[\w.-]+$/,
  /^i18n\/[a-z]{2}(?:-[A-Z]{2})?\/(?:cards\/)?[\w.-]+$/,
  /^start\/setup\.sh$/,
  /^start\/files\/.+$/,
  /^stories\/(?:hostile|honest|audit|event)-[\w-]+\.sh$/,
  /^solutions\/[\w-]+\.sh$/,
  /^wrong\/W\d+[a-z]?-[\w-]+\.sh$/,
  /^adversarial\/[\w-]+\.sh$/,
];

export function loadLab(files: LabFiles): Result<Lab, readonly LabProblem[]> {
  const text = files["lab.yaml"];
  if (text === undefined)
    return err([
      { file: "lab.yaml", path: "", line: 0, message: "is missing; `leaklab new` makes one to start from" },
    ]);
  const parsed = parseManifest(text);
  const { prose, problems: proseProblems } = lintProse(files);
  const { cases, problems: caseProblems } = casesOf(files, parsed.ok ? parsed.value : null);
  const translated = parsed.ok
    ? languagesOf(files).map((language) => translationOf(files, parsed.value, language))
    : [];
  const problems = [
    ...(parsed.ok ? [] : parsed.error),
    ...strayFiles(files),
    ...missingFiles(files),
    ...(parsed.ok ? storyProblems(parsed.value, files) : []),
    ...proseProblems,
    ...translated.flatMap((it) => it.problems),
    ...caseProblems,
  ];
  if (!parsed.ok || problems.length > 0) return err(problems);
  const translations = translated.map(({ translation }) => translation);
  const drift = translationDrift(files, parsed.value);
  return ok({ bundle: bundleOf(parsed.value, files), prose, translations, drift, cases });
}

export function bundleOf(manifest: Manifest, files: LabFiles): LabBundle {
  return {
    manifest,
    start: { setup: files["start/setup.sh"] ?? "", files: below(files, "start/files/") },
    stories: below(files, "stories/"),
  };
}

export function below(files: LabFiles, folder: string): Record<string, string> {
  const paths = Object.keys(files)
    .filter((path) => path.startsWith(folder))
    .sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length), files[path] as string]));
}

function strayFiles(files: LabFiles): LabProblem[] {
  const stray = Object.keys(files).filter((path) => !KNOWN.some((pattern) => pattern.test(path)));
  return stray.map((file) => ({
    file,
    path: "",
    line: 0,
    message: "is no part of a lab; move it or correct its name",
  }));
}

function missingFiles(files: LabFiles): LabProblem[] {
  const missing = ["brief.md", "hints.md", "debrief.md", "question.md", "start/setup.sh"].filter(
    (path) => files[path] === undefined,
  );
  return missing.map((file) => ({ file, path: "", line: 0, message: "is missing; add it" }));
}

/** A script that the manifest names must be there, and one that is there must be named. */
function storyProblems({ stories, timetable, replies }: Manifest, files: LabFiles): LabProblem[] {
  const named = [
    ...stories.map(({ file }, i) => ({ file, path: `stories[${i}].file` })),
    ...timetable.map(({ play }, i) => ({ file: play, path: `timetable[${i}].play` })),
    ...replies.map(({ play }, i) => ({ file: play, path: `replies[${i}].play` })),
  ];
  const missing = named
    .filter(({ file }) => files[`stories/${file}`] === undefined)
    .map(({ file, path }) => ({
      file: "lab.yaml",
      path,
      line: 0,
      message: `stories/${file} is missing; add it`,
    }));
  const names = new Set(named.map(({ file }) => file));
  const unused = Object.keys(below(files, "stories/"))
    .filter((file) => !names.has(file))
    .map((file) => ({
      file: `stories/${file}`,
      path: "",
      line: 0,
      message: "is named nowhere in lab.yaml; list it below stories, timetable or replies",
    }));
  return [...missing, ...unused];
}

/** `manifest` is null where it could not be read: then nobody knows which diagnoses exist. */
function casesOf(files: LabFiles, manifest: Manifest | null): { cases: Case[]; problems: LabProblem[] } {
  const cases: Case[] = [];
  const problems: LabProblem[] = [];
  const known = manifest && new Set(manifest.diagnoses.map((diagnosis) => diagnosis.id));
  for (const path of Object.keys(files).sort()) {
    const [folder, name] = path.split("/") as [string, string | undefined];
    const kind = CASE_FOLDERS[folder];
    if (!kind || name === undefined) continue;
    const script = files[path] as string;
    const expected = expectationOf(script);
    if (!expected)
      problems.push({
        file: path,
        path: "",
        line: 1,
        message: "must begin with a line like `# expect: passed` or `# expect: W1 W3`",
      });
    else cases.push({ name: path, kind, script, expected });
    for (const id of expected?.diagnoses ?? [])
      if (known && !known.has(id))
        problems.push({
          file: path,
          path: "",
          line: 1,
          message: `expects ${id}, which lab.yaml does not define`,
        });
    const own = /^W\d+[a-z]?/.exec(name)?.[0];
    if (kind === "wrong" && expected && !expected.passed && expected.diagnoses[0] !== own)
      problems.push({
        file: path,
        path: "",
        line: 1,
        message: `must expect ${own ?? "its own diagnosis"} first`,
      });
  }
  return { cases, problems };
}
