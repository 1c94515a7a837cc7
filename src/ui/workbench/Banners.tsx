import { useText } from "../text/context.ts";
import { STORAGE_NOTICES } from "../attempt/storage.ts";
import type { ComponentChildren } from "preact";
import { OpenInItsVersion } from "../offline/OpenInItsVersion.tsx";
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
  readonly children?: ComponentChildren;
}) {
  return (
    <section class="banner" data-strong={props.strong ?? false} aria-label={props.title}>
      <Icon name="warn" />
      <p>
        <strong>{props.title}</strong> {props.text}
      </p>
      {props.children}
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
  const t = useText();
  const failure = bench.session.storage.value;
  if (!failure) return null;
  const { title, text } = STORAGE_NOTICES[failure];
  // The notice about the terminal offers the same there.
  const reading = bench.width.value === "reading";
  return (
    <Banner
      title={t(title)}
      text={t(text)}
      actions={reading ? [] : [{ label: t("Save the attempt as a file"), run: () => saveAttempt(bench) }]}
    />
  );
}

function AccessBanner() {
  const { session } = useBench();
  const t = useText();
  if (session.access.value === "owner") return null;
  return (
    <Banner
      title={t("Another tab plays this attempt.")}
      text={t("Here you can read it.")}
      actions={[{ label: t("Take over here"), run: () => void session.takeOver() }]}
    />
  );
}

function PhaseBanner() {
  const bench = useBench();
  const { session } = bench;
  const t = useText();
  const phase = session.phase.value;
  const again: Action = { label: t("Start again"), run: () => void session.reset("new") };
  if (phase.at === "other-core" || phase.at === "damaged") {
    const { stored } = phase;
    const inputs = stored.entries.length;
    const title =
      phase.at === "damaged"
        ? t("Your saved attempt has a hole.")
        : t("LeakLab has changed since you began this attempt.");
    const text =
      phase.at === "damaged"
        ? t("{n} of its {all} inputs can be read. They are not replayed.", {
            n: inputs,
            all: stored.record.last,
          })
        : `${t.many(inputs, "Replaying your {n} input here could end differently, so it is not done.", "Replaying your {n} inputs here could end differently, so it is not done.")} ${t("The version it was played in can still grade the file.")}`;
    return (
      <Banner
        strong
        title={title}
        text={text}
        actions={[{ label: t("Save the attempt as a file"), run: () => saveAttempt(bench) }, again]}
      >
        {phase.at === "other-core" && <OpenInItsVersion played={stored.record.header} />}
      </Banner>
    );
  }
  if (phase.at === "diverged") {
    const text =
      phase.seq === 0
        ? t("Replayed, its state at its start is another one. It is not played on; the file keeps all of it.")
        : t(
            "Replayed, its state after input {n} is another one. It is not played on; the file keeps all of it.",
            { n: phase.seq },
          );
    return (
      <Banner
        strong
        title={t("This attempt does not come out as recorded.")}
        text={text}
        actions={[
          { label: t("Save the attempt as a file"), run: () => saveAttempt(bench) },
          { label: t("Report a problem"), run: () => void reportProblem(bench) },
          again,
        ]}
      />
    );
  }
  if (phase.at !== "failed") return null;
  return (
    <Banner
      strong
      title={t("The lab stopped.")}
      text={`${t("Your commands are kept.")} ${phase.message}`}
      actions={[
        { label: t("Try again"), run: () => void session.tryAgain() },
        ...(session.acts.value > 0
          ? [{ label: t("Try again without the last command"), run: () => void session.tryAgain(1) }]
          : []),
        { label: t("Report a problem"), run: () => void reportProblem(bench) },
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
