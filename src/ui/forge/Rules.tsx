import { inline } from "../prose/markdown.tsx";
import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import type { Text } from "../text/text.ts";
import { useBench } from "../workbench/bench.ts";
import { API, change, jsonOf, useLook } from "./looking.ts";
import { forgeWord } from "./words.ts";

interface Ruleset {
  readonly id: number;
  readonly name: string;
  readonly target: string;
  readonly enforcement: string;
  readonly source: string;
  readonly conditions?: {
    readonly ref_name?: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  };
  readonly bypass_actors?: readonly { readonly actor_type: string; readonly bypass_mode: string }[];
  readonly rules?: readonly {
    readonly type: string;
    readonly parameters?: Readonly<Record<string, unknown>>;
  }[];
}

const WORDS: Readonly<Record<string, string>> = {
  creation: said("only those who may bypass can create it"),
  update: said("only those who may bypass can update it"),
  deletion: said("nobody deletes it"),
  non_fast_forward: said("nobody rewrites its history"),
  required_linear_history: said("no merge commits"),
  required_signatures: said("commits must be signed"),
  pull_request: said("changes come by pull request"),
  required_status_checks: said("checks must succeed"),
  file_path_restriction: said("some paths may not change"),
  max_file_size: said("large files are refused"),
};

const TARGETS: Readonly<Record<string, string>> = {
  branch: said("for branches"),
  tag: said("for tags"),
  push: said("for every push"),
};

const PLACES: Readonly<Record<string, string>> = {
  "~DEFAULT_BRANCH": said("the default branch"),
  "~ALL": said("all of them"),
};

/** "checks must succeed: secrets, test" */
function ruleText(t: Text, { type, parameters }: NonNullable<Ruleset["rules"]>[number]): string {
  const words = t(WORDS[type] ?? type.replaceAll("_", " "));
  const checks = parameters?.["required_status_checks"] as
    readonly { readonly context: string }[] | undefined;
  const reviews = parameters?.["required_approving_review_count"] as number | undefined;
  if (checks) return `${words}: ${checks.map(({ context }) => context).join(", ") || t("none named")}`;
  return reviews ? `${words}, ${t.many(reviews, "with {n} approval", "with {n} approvals")}` : words;
}

export function Rules() {
  const bench = useBench();
  const t = useText();
  const at = `${API}/repos/${bench.place.repository.value}/rulesets`;
  const [listed] = useLook([at]) ?? [];
  const ids = (jsonOf<Ruleset[]>(listed) ?? []).map(({ id }) => id);
  const looks = useLook(ids.map((id) => `${at}/${id}`)) ?? [];
  const rulesets = looks.flatMap((look) => jsonOf<Ruleset>(look) ?? []);
  if (listed === undefined) return null;
  if (ids.length === 0)
    return (
      <p class="empty">
        {inline(
          t("No rules: whoever can push can change every branch. `gh ruleset` and `gh api` make some."),
        )}
      </p>
    );
  return (
    <>
      {rulesets.map((it) => (
        <section class="ruleset" key={it.id}>
          <h4>
            {it.name}{" "}
            <span class="small-line">
              {forgeWord(t, it.enforcement)}, {t(TARGETS[it.target] ?? it.target)}
            </span>
          </h4>
          <p class="small-line">
            {t("Where:")}{" "}
            {(it.conditions?.ref_name?.include ?? []).map((name) => {
              const place = PLACES[name];
              return place ? `${t(place)} ` : <code key={name}>{name} </code>;
            })}
          </p>
          <ul>
            {(it.rules ?? []).map((rule) => (
              <li key={rule.type}>{ruleText(t, rule)}</li>
            ))}
          </ul>
          <p class="small-line">
            {(it.bypass_actors ?? []).length === 0
              ? t("Nobody may bypass it.")
              : t("May bypass: {who}", {
                  who: (it.bypass_actors ?? [])
                    .map(({ actor_type, bypass_mode }) => `${actor_type} (${bypass_mode})`)
                    .join(", "),
                })}
          </p>
          <button
            type="button"
            class="button"
            onClick={() =>
              void change(bench, {
                method: "PUT",
                url: `${at}/${it.id}`,
                body: { enforcement: it.enforcement === "active" ? "disabled" : "active" },
                done: t("{name} is changed.", { name: it.name }),
              })
            }
          >
            {it.enforcement === "active"
              ? t("Turn ruleset {name} off", { name: it.name })
              : t("Turn ruleset {name} on", { name: it.name })}
          </button>
        </section>
      ))}
    </>
  );
}
