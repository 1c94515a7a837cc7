import { useState } from "preact/hooks";
import { Markdown } from "../prose/markdown.tsx";
import { Icon } from "../workbench/Icon.tsx";
import { useBench } from "../workbench/bench.ts";
import { focusPanel } from "../workbench/panels.ts";
import { API, change, jsonOf, labTime, useLook } from "./looking.ts";
import { pullState, type PullJson } from "./pull.ts";
import { standing, StandingGlyph, standingWord } from "./status.tsx";

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
    <article class="pull" aria-label={`Pull request ${number}`}>
      <button type="button" class="link-button" onClick={() => (place.value = null)}>
        <Icon name="chevronLeft" /> All pull requests
      </button>
      <h4 class="pull-title">
        {pull.title} <span class="pull-number">#{number}</span>
      </h4>
      <p class="small-line">
        {pullState(pull)}; {pull.user.login} wants to merge <code>{pull.head.ref}</code> into{" "}
        <code>{pull.base.ref}</code>
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
          what={it.state.toLowerCase().replaceAll("_", " ")}
          text={it.body}
        />
      ))}
      <Checks sha={pull.head.sha} />
      {pull.state === "open" && <Merging pull={pull} at={at} />}
      <Reply at={at} number={number} />
      <h5>Files, {files.length}</h5>
      {files.map((file) => (
        <details class="pull-file" key={file.filename}>
          <summary>
            <code>{file.filename}</code> {file.status}, +{file.additions} −{file.deletions}
          </summary>
          <pre class="patch-text">{file.patch ?? "No text to show."}</pre>
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
  return (
    <section class="said">
      <p class="small-line">
        <strong>{by}</strong> {what ? `${what}, ` : ""}
        {labTime(bench, at)}
        {edited && ", edited"}
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
  const [look] =
    useLook([`${API}/repos/${bench.place.repository.value}/commits/${sha}/check-runs?per_page=100`]) ?? [];
  const checks = jsonOf<{ check_runs: CheckJson[] }>(look)?.check_runs ?? [];
  if (checks.length === 0) return <p class="small-line">No check has reported on {sha.slice(0, 7)}.</p>;
  const open = (check: CheckJson) => {
    const [, run, job] =
      /\/runs\/(\d+)(?:\/job\/(\d+))?/.exec(check.details_url ?? check.html_url ?? "") ?? [];
    if (run) bench.place.run.value = Number(run);
    bench.place.job.value = job ? Number(job) : null;
    focusPanel(bench, "pipeline");
  };
  return (
    <>
      <h5>Checks</h5>
      <ul class="pull-checks">
        {checks.map((check) => {
          const of = standing(check.status, check.conclusion);
          return (
            <li key={check.id}>
              <StandingGlyph of={of} /> <span>{check.name}</span>{" "}
              <span class="small-line">{standingWord(of)}</span>
              <button type="button" class="link-button" onClick={() => open(check)}>
                Details <span class="sr-only">of {check.name}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

const HINDERED: Readonly<Record<string, string>> = {
  blocked: "Rules of the branch are not met yet.",
  dirty: "It conflicts with the base branch.",
  draft: "It is a draft.",
  behind: "It is behind the base branch.",
  unstable: "A check that is not required failed.",
};

function Merging({ pull, at }: { readonly pull: FullPull; readonly at: string }) {
  const bench = useBench();
  const url = `${at}/pulls/${pull.number}`;
  const hindered = HINDERED[pull.mergeable_state];
  return (
    <>
      {hindered && (
        <p class="small-line">
          <Icon name="warn" size={14} /> {hindered}
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
              done: `#${pull.number} is merged.`,
            })
          }
        >
          Merge
        </button>
        <button
          type="button"
          class="button"
          onClick={() =>
            void change(bench, {
              method: "POST",
              url: `${url}/reviews`,
              body: { event: "APPROVE" },
              done: "Approved.",
            })
          }
        >
          Approve
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() =>
            void change(bench, {
              method: "PATCH",
              url,
              body: { state: "closed" },
              done: `#${pull.number} is closed.`,
            })
          }
        >
          Close
        </button>
      </p>
    </>
  );
}

function Reply({ at, number }: { readonly at: string; readonly number: number }) {
  const bench = useBench();
  const [text, setText] = useState("");
  const send = async (event: Event) => {
    event.preventDefault();
    const url = `${at}/issues/${number}/comments`;
    if (await change(bench, { method: "POST", url, body: { body: text }, done: "Your comment stands." }))
      setText("");
  };
  return (
    <form class="reply" onSubmit={(event) => void send(event)}>
      <label>
        Comment
        <textarea
          class="panel-field"
          rows={2}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button" disabled={text.trim() === ""}>
        Send comment
      </button>
    </form>
  );
}
