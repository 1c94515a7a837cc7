import { count } from "../prose/count.ts";
import { STORAGE_NOTICES } from "../attempt/storage.ts";
import { useBench } from "./bench.ts";
import { reportProblem, saveAttempt } from "./commands.ts";
import { Icon } from "./Icon.tsx";

interface Action {
  readonly label: string;
  readonly run: () => void;
}

function Banner(props: {
  readonly title: string;
  readonly text: string;
  readonly actions: readonly Action[];
  readonly strong?: boolean;
}) {
  return (
    <section class="banner" data-strong={props.strong ?? false} aria-label={props.title}>
      <Icon name="warn" />
      <p>
        <strong>{props.title}</strong> {props.text}
      </p>
      {props.actions.map(({ label, run }) => (
        <button type="button" class="button" onClick={run}>
          {label}
        </button>
      ))}
    </section>
  );
}

function StorageBanner() {
  const bench = useBench();
  const failure = bench.session.storage.value;
  if (!failure) return null;
  return (
    <Banner
      {...STORAGE_NOTICES[failure]}
      actions={[{ label: "Save the attempt as a file", run: () => saveAttempt(bench) }]}
    />
  );
}

function AccessBanner() {
  const { session } = useBench();
  if (session.access.value === "owner") return null;
  return (
    <Banner
      title="Another tab plays this attempt."
      text="Here you can read it."
      actions={[{ label: "Take over here", run: () => void session.takeOver() }]}
    />
  );
}

function PhaseBanner() {
  const bench = useBench();
  const { session } = bench;
  const phase = session.phase.value;
  const again: Action = { label: "Start again", run: () => void session.reset("new") };
  if (phase.at === "other-core" || phase.at === "damaged") {
    const { stored } = phase;
    const inputs = stored.entries.length;
    const title =
      phase.at === "damaged"
        ? "Your saved attempt has a hole."
        : "LeakLab has changed since you began this attempt.";
    const text =
      phase.at === "damaged"
        ? `${inputs} of its ${count(stored.record.last, "input")} can be read. They are not replayed.`
        : `Replaying your ${count(inputs, "input")} here could end differently, so it is not done. The version that made them can still grade the file.`;
    return (
      <Banner
        strong
        title={title}
        text={text}
        actions={[{ label: "Save the attempt as a file", run: () => saveAttempt(bench, stored) }, again]}
      />
    );
  }
  if (phase.at === "diverged") {
    const where = phase.seq === 0 ? "at its start" : `after input ${phase.seq}`;
    return (
      <Banner
        strong
        title="This attempt does not come out as recorded."
        text={`Replayed, its state ${where} is another one. It is not played on; the file keeps all of it.`}
        actions={[
          { label: "Save the attempt as a file", run: () => saveAttempt(bench) },
          { label: "Report a problem", run: () => void reportProblem(bench) },
          again,
        ]}
      />
    );
  }
  if (phase.at !== "failed") return null;
  return (
    <Banner
      strong
      title="The lab stopped."
      text={`Your commands are kept. ${phase.message}`}
      actions={[
        { label: "Try again", run: () => void session.tryAgain() },
        ...(session.acts.value > 0
          ? [{ label: "Try again without the last command", run: () => void session.tryAgain(1) }]
          : []),
        { label: "Report a problem", run: () => void reportProblem(bench) },
      ]}
    />
  );
}

export function Banners() {
  return (
    <div class="banners">
      <PhaseBanner />
      <AccessBanner />
      <StorageBanner />
    </div>
  );
}
