import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import { useBench } from "../workbench/bench.ts";
import { API, change, jsonOf, labTime, useLook } from "./looking.ts";
import { forgeWord } from "./words.ts";

interface RepositoryJson {
  readonly full_name: string;
  readonly description: string | null;
  readonly visibility: string;
  readonly default_branch: string;
  readonly pushed_at: string | null;
  readonly permissions: { readonly admin: boolean };
  /** Shown to who administers it. */
  readonly security_and_analysis?: Readonly<Record<string, { readonly status: string } | undefined>>;
}

interface BranchJson {
  readonly name: string;
  readonly protected: boolean;
  readonly commit: { readonly sha: string };
}

const FEATURES = [
  {
    key: "secret_scanning",
    title: said("Secret scanning"),
    about: said("looks for secrets in everything that was pushed"),
    turnOn: said("Turn secret scanning on"),
    turnOff: said("Turn secret scanning off"),
  },
  {
    key: "secret_scanning_push_protection",
    title: said("Push protection"),
    about: said("refuses a push that brings a secret it knows"),
    turnOn: said("Turn push protection on"),
    turnOff: said("Turn push protection off"),
  },
] as const;

export function Overview() {
  const bench = useBench();
  const t = useText();
  const at = `${API}/repos/${bench.place.repository.value}`;
  const [look, branchLook, workflowLook] =
    useLook([at, `${at}/branches?per_page=100`, `${at}/actions/permissions/workflow`]) ?? [];
  const repository = jsonOf<RepositoryJson>(look);
  const branches = jsonOf<BranchJson[]>(branchLook) ?? [];
  const workflow = jsonOf<{
    default_workflow_permissions: string;
    can_approve_pull_request_reviews: boolean;
  }>(workflowLook);
  if (!repository) return null;
  return (
    <>
      <p class="facts-line">
        {t("{visibility} repository", { visibility: forgeWord(t, repository.visibility) })}
        {repository.description && `, ${repository.description}`},{" "}
        {t("last push {time}", { time: labTime(bench, repository.pushed_at) || t("never") })}
      </p>
      <h4>{t("Branches")}</h4>
      <table class="rows">
        <tbody>
          {branches.map((branch) => (
            <tr key={branch.name}>
              <th scope="row">
                <code>{branch.name}</code>
              </th>
              <td>
                <code>{branch.commit.sha.slice(0, 7)}</code>
              </td>
              <td>
                {branch.name === repository.default_branch ? t("default") : ""}
                {branch.protected ? ` ${t("protected")}` : ""}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {repository.security_and_analysis && (
        <>
          <h4>{t("Code security")}</h4>
          <ul class="settings">
            {FEATURES.map((feature) => (
              <Feature
                key={feature.key}
                feature={feature}
                on={repository.security_and_analysis?.[feature.key]?.status === "enabled"}
                mayChange={repository.permissions.admin}
              />
            ))}
          </ul>
        </>
      )}
      {workflow && (
        <>
          <h4>{t("Workflows")}</h4>
          <p class="facts-line">
            {t("What a job without a permissions block gets:")}{" "}
            <strong>{workflow.default_workflow_permissions}</strong>.{" "}
            {workflow.can_approve_pull_request_reviews
              ? t("Workflows may approve pull requests.")
              : t("Workflows may not approve pull requests.")}
          </p>
          {repository.permissions.admin && <WorkflowSettings at={at} workflow={workflow} />}
        </>
      )}
    </>
  );
}

interface FeatureProps {
  readonly feature: (typeof FEATURES)[number];
  readonly on: boolean;
  readonly mayChange: boolean;
}

function Feature({ feature, on, mayChange }: FeatureProps) {
  const bench = useBench();
  const t = useText();
  const toggle = () =>
    void change(bench, {
      method: "PATCH",
      url: `${API}/repos/${bench.place.repository.value}`,
      body: { security_and_analysis: { [feature.key]: { status: on ? "disabled" : "enabled" } } },
      done: t(on ? "{name} is off." : "{name} is on.", { name: t(feature.title) }),
    });
  return (
    <li>
      <span>
        <strong>{t(feature.title)}</strong> {on ? t("is on") : t("is off")}: {t(feature.about)}.
      </span>
      {mayChange && (
        <button type="button" class="button" aria-pressed={on} onClick={toggle}>
          {t(on ? feature.turnOff : feature.turnOn)}
        </button>
      )}
    </li>
  );
}

interface WorkflowSettingsProps {
  readonly at: string;
  readonly workflow: {
    readonly default_workflow_permissions: string;
    readonly can_approve_pull_request_reviews: boolean;
  };
}

function WorkflowSettings({ at, workflow }: WorkflowSettingsProps) {
  const bench = useBench();
  const t = useText();
  const level = workflow.default_workflow_permissions === "read" ? "write" : "read";
  const put = (body: Record<string, unknown>, done: string) => () =>
    void change(bench, {
      method: "PUT",
      url: `${at}/actions/permissions/workflow`,
      body: { ...workflow, ...body },
      done,
    });
  return (
    <p class="button-row">
      <button
        type="button"
        class="button"
        onClick={put({ default_workflow_permissions: level }, t("The default is {level} now.", { level }))}
      >
        {t("Make the default {level}", { level })}
      </button>
      <button
        type="button"
        class="button"
        onClick={put(
          { can_approve_pull_request_reviews: !workflow.can_approve_pull_request_reviews },
          t("Approving by workflows is changed."),
        )}
      >
        {workflow.can_approve_pull_request_reviews
          ? t("Forbid approving by workflows")
          : t("Allow approving by workflows")}
      </button>
    </p>
  );
}
