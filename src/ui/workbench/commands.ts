/** Everything the page can do by name: the palette lists it, the keyboard reaches it. */
import { attemptFileName } from "../attempt/file.ts";
import { withLearner } from "../attempt/named.ts";
import { readName } from "../progress/name.ts";
import { toast, type Bench, type PanelId } from "./bench.ts";
import { focusPanel, panelInText, panelsInOrder } from "./panels.ts";

export interface Command {
  readonly name: string;
  readonly keys?: string;
  readonly run: () => void;
}

/** Hands a text to the learner as a file. */
export function saveFile(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The one that is played, or the one that is kept and is not played here. */
export function saveAttempt(bench: Bench): void {
  const phase = bench.session.phase.value;
  const file = bench.session.attemptFile("stored" in phase ? phase.stored : undefined);
  if (!file) return;
  const name = readName().trim();
  saveFile(attemptFileName(file.header), withLearner(file.text, name));
  toast(bench, {
    tone: "plain",
    text: name === "" ? bench.t("Saved without a name.") : bench.t("Saved with the name {name}.", { name }),
    action: {
      label: name === "" ? bench.t("Add a name") : bench.t("Change it"),
      run: () => (bench.dialog.value = "settings"),
    },
  });
}

/** What the page runs in, in words that say nothing about who sits there. */
function surroundings(bench: Bench): string {
  const { session, width, look } = bench;
  const facts = [
    navigator.userAgent,
    `window ${innerWidth}x${innerHeight} at ${devicePixelRatio}`,
    `layout ${width.value}, ${look.shown.value}`,
    `phase ${session.phase.value.at}, ${session.access.value}`,
    `storage ${session.storage.value ?? "works"}`,
  ];
  return facts.join("; ");
}

/** The attempt with the digest of its state and the browser's facts: what a maintainer needs to see the same. */
export async function reportProblem(bench: Bench): Promise<void> {
  const seq = bench.session.entries.value.length;
  const failed = bench.session.phase.value.at === "failed" || bench.session.phase.value.at === "diverged";
  const digest = failed ? null : await bench.session.client?.ask({ ask: "digest" }).catch(() => null);
  const file = bench.session.attemptFile(undefined, digest ? [seq, digest] : undefined);
  if (!file) return;
  const text = `${file.text}${JSON.stringify({ remark: surroundings(bench) })}\n`;
  saveFile(`problem-${attemptFileName(file.header)}`, text);
  toast(bench, {
    tone: "plain",
    text: bench.t("Saved the attempt with its digest. Attach it to your report."),
  });
}

export async function runChecks(bench: Bench): Promise<void> {
  const before = bench.session.grade.value;
  const grade = await bench.session.check();
  if (!grade) return;
  // Whoever asks sees the answer, also where brief and checks share one place.
  bench.left.value = "checks";
  bench.reading.value = "checks";
  bench.shown.value = null;
  const passed = grade.checks.filter(({ verdict, required }) => verdict === "pass" && required).length;
  const asked = grade.checks.filter(({ required }) => required).length;
  const changed = grade.checks.filter(
    (check) => before?.checks.find(({ id }) => id === check.id)?.verdict !== check.verdict,
  );
  const news = changed.map(({ title, verdict }) =>
    verdict === "pass"
      ? bench.t("{title}: passes", { title })
      : verdict === "fail"
        ? bench.t("{title}: fails", { title })
        : bench.t("{title}: unconfirmed", { title }),
  );
  bench.said.value = [...news, bench.t("{n} of {all}", { n: passed, all: asked })].join(". ");
  if (grade.passed)
    toast(bench, {
      tone: "pass",
      text: bench.t("All checks pass. The debrief is open."),
      action: { label: bench.t("Read"), run: () => readDebrief(bench) },
    });
}

export function readDebrief(bench: Bench): void {
  bench.story.value = "debrief";
  bench.drawer.value = false;
  bench.toasts.value = [];
}

export async function undo(bench: Bench, count = 1): Promise<void> {
  const answer = await bench.session.undo(count);
  if ("message" in answer) toast(bench, { tone: "notyet", text: answer.message });
  else
    bench.said.value = bench.t.many(count, "The last command is taken back.", "{n} commands are taken back.");
}

function toggleFull(bench: Bench): void {
  bench.full.value = bench.full.value ? null : (bench.active.value ?? "terminal");
}

export function commands(bench: Bench): readonly Command[] {
  const go = (id: PanelId, index: number): Command => ({
    name: bench.t("Go to {panel}", { panel: panelInText(bench.t, id) }),
    ...(id === "terminal" ? { keys: "Ctrl `" } : index < 9 ? { keys: `Ctrl Shift ${index + 1}` } : {}),
    run: () => focusPanel(bench, id),
  });
  return [
    { name: bench.t("Run checks"), keys: "Ctrl Enter", run: () => void runChecks(bench) },
    { name: bench.t("Undo last command"), run: () => void undo(bench) },
    { name: bench.t("Read the debrief"), run: () => readDebrief(bench) },
    { name: bench.t("Open hints"), run: () => (bench.dialog.value = "hints") },
    ...panelsInOrder(bench).map(go),
    {
      name: bench.t("Fill the window with this panel, and back"),
      keys: "Ctrl Shift Enter",
      run: () => toggleFull(bench),
    },
    { name: bench.t("Show the terminal as text"), run: () => (bench.textView.value = !bench.textView.value) },
    { name: bench.t("Save the attempt as a file"), run: () => saveAttempt(bench) },
    { name: bench.t("Report a problem"), run: () => void reportProblem(bench) },
    { name: bench.t("Start this lab again"), run: () => (bench.dialog.value = "reset") },
    { name: bench.t("Tour of 60 seconds"), run: () => bench.tour.start() },
    { name: bench.t("Keys"), run: () => (bench.dialog.value = "keys") },
    { name: bench.t("Settings"), run: () => (bench.dialog.value = "settings") },
  ];
}
