import { useState } from "preact/hooks";
import { Markdown } from "../prose/markdown.tsx";
import { Icon } from "../workbench/Icon.tsx";
import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import { useBench } from "../workbench/bench.ts";
import { focusPanel } from "../workbench/panels.ts";
import { API, change, jsonOf, labTime, useLook } from "./looking.ts";
import { pullState, type PullJson } from "./pull.ts";
import { standing, StandingGlyph, standingWord } from "./status.tsx";
import { forgeWord } from "./words.ts";

interface FullPull extends PullJson {
  readonly mergeable: boolean | null;
  readonly mergeable_state: string;
}

interface CommentJson {
  readonly id: number;
  readonly body: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly user: { readonly login: string };
}

interface ReviewJson extends Omit<CommentJson, "created_at" | "updated_at"> {
  readonly state: string;
  readonly submitted_at: string;
}

interface FileJson {
  readonly filename: string;
  readonly status: string;
  readonly additions: number;
  readonly deletions: number;
  readonly patch?: string;
}

export interface CheckJson {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly html_url: string | null;
  readonly details_url?: string | null;
}

export function PullPage({ number }: { readonly number: number }) {
  const bench = useBench();
  const t = useText();
  const { repository, pull: place } = bench.place;
  const at = `${API}/repos/${repository.value}`;
  const looks =
    useLook([
      `${at}/pulls/${number}`,
      `${at}/issues/${number}/comments?per_page=100`,
      `${at}/pulls/${number}/reviews?per_page=100`,
      `${at}/pulls/${number}/files?per_page=100`,
    ]) ?? [];
  const pull = jsonOf<FullPull>(looks[0]);
  const comments = jsonOf<CommentJson[]>(looks[1]) ?? [];
  const reviews = jsonOf<ReviewJson[]>(looks[2]) ?? [];
  const files = jsonOf<FileJson[]>(looks[3]) ?? [];
  if (!pull) return null;
  return (
    <article class="pull" aria-label={t("Pull request {n}", { n: number })}>
      <button type="button" class="link-button" onClick={() => (place.value = null)}>
        <Icon name="chevronLeft" /> {t("All pull requests")}
      </button>
      <h4 class="pull-title">
        {pull.title} <span class="pull-number">#{number}</span>
      </h4>
      <p class="small-line">
        {t(pullState(pull))};{" "}
        {pull.state === "open"
          ? t("{who} wants to merge", { who: pull.user.login })
          : t("{who} wanted to merge", { who: pull.user.login })}{" "}
        <code>{pull.head.ref}</code> {t("into")} <code>{pull.base.ref}</code>
      </p>
      <Said by={pull.user.login} at={pull.created_at} text={pull.body ?? ""} />
      {comments.map((it) => (
        <Said
          key={it.id}
          by={it.user.login}
          at={it.created_at}
          edited={it.updated_at !== it.created_at}
          text={it.body}
        />
      ))}
      {reviews.map((it) => (
        <Said
          key={`r${it.id}`}
          by={it.user.login}
          at={it.submitted_at}
          what={forgeWord(t, it.state)}
          text={it.body}
        />
      ))}
      <Checks sha={pull.head.sha} />
      {pull.state === "open" && <Merging pull={pull} at={at} />}
      <Reply at={at} number={number} />
      <h5>{t("Files, {n}", { n: files.length })}</h5>
      {files.map((file) => (
        <details class="pull-file" key={file.filename}>
          <summary>
            <code>{file.filename}</code> {forgeWord(t, file.status)}, +{file.additions} −{file.deletions}
          </summary>
          <pre class="patch-text">{file.patch ?? t("No text to show.")}</pre>
        </details>
      ))}
    </article>
  );
}

interface SaidProps {
  readonly by: string;
  readonly at: string;
  readonly text: string;
  readonly what?: string;
  readonly edited?: boolean;
}

function Said({ by, at, text, what, edited = false }: SaidProps) {
  const bench = useBench();
  const t = useText();
  return (
    <section class="said">
      <p class="small-line">
        <strong>{by}</strong> {what ? `${what}, ` : ""}
        {labTime(bench, at)}
        {edited && `, ${t("edited")}`}
      </p>
      {text !== "" && (
        <div class="prose">
          <Markdown text={text} top={5} />
        </div>
      )}
    </section>
  );
}

function Checks({ sha }: { readonly sha: string }) {
  const bench = useBench();
  const t = useText();
  const [look] =
    useLook([`${API}/repos/${bench.place.repository.value}/commits/${sha}/check-runs?per_page=100`]) ?? [];
  const checks = jsonOf<{ check_runs: CheckJson[] }>(look)?.check_runs ?? [];
  if (checks.length === 0)
    return <p class="small-line">{t("No check has reported on {commit}.", { commit: sha.slice(0, 7) })}</p>;
  const open = (check: CheckJson) => {
    const [, run, job] =
      /\/runs\/(\d+)(?:\/job\/(\d+))?/.exec(check.details_url ?? check.html_url ?? "") ?? [];
    if (run) bench.place.run.value = Number(run);
    bench.place.job.value = job ? Number(job) : null;
    focusPanel(bench, "pipeline");
  };
  return (
    <>
      <h5>{t("Checks¦on the forge")}</h5>
      <ul class="pull-checks">
        {checks.map((check) => {
          const of = standing(check.status, check.conclusion);
          return (
            <li key={check.id}>
              <StandingGlyph of={of} /> <span>{check.name}</span>{" "}
              <span class="small-line">{t(standingWord(of))}</span>
              <button type="button" class="link-button" onClick={() => open(check)}>
                {t("Details")} <span class="sr-only">{t("of {check}", { check: check.name })}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

const HINDERED: Readonly<Record<string, string>> = {
  blocked: said("Rules of the branch are not met yet."),
  dirty: said("It conflicts with the base branch."),
  draft: said("It is a draft."),
  behind: said("It is behind the base branch."),
  unstable: said("A check that is not required failed."),
};

function Merging({ pull, at }: { readonly pull: FullPull; readonly at: string }) {
  const bench = useBench();
  const t = useText();
  const url = `${at}/pulls/${pull.number}`;
  const hindered = HINDERED[pull.mergeable_state];
  return (
    <>
      {hindered && (
        <p class="small-line">
          <Icon name="warn" size={14} /> {t(hindered)}
        </p>
      )}
      <p class="button-row">
        <button
          type="button"
          class="button"
          disabled={pull.mergeable_state === "blocked" || pull.mergeable_state === "dirty"}
          onClick={() =>
            void change(bench, {
              method: "PUT",
              url: `${url}/merge`,
              body: {},
              done: t("#{n} is merged.", { n: pull.number }),
            })
          }
        >
          {t("Merge")}
        </button>
        <button
          type="button"
          class="button"
          onClick={() =>
            void change(bench, {
              method: "POST",
              url: `${url}/reviews`,
              body: { event: "APPROVE" },
              done: t("Approved."),
            })
          }
        >
          {t("Approve")}
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() =>
            void change(bench, {
              method: "PATCH",
              url,
              body: { state: "closed" },
              done: t("#{n} is closed.", { n: pull.number }),
            })
          }
        >
          {t("Close")}
        </button>
      </p>
    </>
  );
}

function Reply({ at, number }: { readonly at: string; readonly number: number }) {
  const bench = useBench();
  const t = useText();
  const [text, setText] = useState("");
  const send = async (event: Event) => {
    event.preventDefault();
    const url = `${at}/issues/${number}/comments`;
    if (await change(bench, { method: "POST", url, body: { body: text }, done: t("Your comment stands.") }))
      setText("");
  };
  return (
    <form class="reply" onSubmit={(event) => void send(event)}>
      <label>
        {t("Comment")}
        <textarea
          class="panel-field"
          rows={2}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button" disabled={text.trim() === ""}>
        {t("Send comment")}
      </button>
    </form>
  );
}
