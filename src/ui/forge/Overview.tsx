import { useBench } from "../workbench/bench.ts";
import { API, change, jsonOf, labTime, useLook } from "./looking.ts";

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
  ["secret_scanning", "Secret scanning", "looks for secrets in everything that was pushed"],
  ["secret_scanning_push_protection", "Push protection", "refuses a push that brings a secret it knows"],
] as const;

export function Overview() {
  const bench = useBench();
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
        {repository.visibility} repository
        {repository.description && `, ${repository.description}`}, last push{" "}
        {labTime(bench, repository.pushed_at) || "never"}
      </p>
      <h4>Branches</h4>
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
                {branch.name === repository.default_branch ? "default" : ""}
                {branch.protected ? " protected" : ""}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {repository.security_and_analysis && (
        <>
          <h4>Code security</h4>
          <ul class="settings">
            {FEATURES.map(([key, title, about]) => (
              <Feature
                key={key}
                name={key}
                title={title}
                about={about}
                on={repository.security_and_analysis?.[key]?.status === "enabled"}
                mayChange={repository.permissions.admin}
              />
            ))}
          </ul>
        </>
      )}
      {workflow && (
        <>
          <h4>Workflows</h4>
          <p class="facts-line">
            A job without a <code>permissions</code> block gets{" "}
            <strong>{workflow.default_workflow_permissions}</strong>. Workflows{" "}
            {workflow.can_approve_pull_request_reviews ? "may" : "may not"} approve pull requests.
          </p>
          {repository.permissions.admin && <WorkflowSettings at={at} workflow={workflow} />}
        </>
      )}
    </>
  );
}

interface FeatureProps {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly on: boolean;
  readonly mayChange: boolean;
}

function Feature({ name, title, about, on, mayChange }: FeatureProps) {
  const bench = useBench();
  const toggle = () =>
    void change(bench, {
      method: "PATCH",
      url: `${API}/repos/${bench.place.repository.value}`,
      body: { security_and_analysis: { [name]: { status: on ? "disabled" : "enabled" } } },
      done: `${title} is ${on ? "off" : "on"}.`,
    });
  return (
    <li>
      <span>
        <strong>{title}</strong> is {on ? "on" : "off"}: {about}.
      </span>
      {mayChange && (
        <button type="button" class="button" aria-pressed={on} onClick={toggle}>
          {on ? `Turn ${title.toLowerCase()} off` : `Turn ${title.toLowerCase()} on`}
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
        onClick={put({ default_workflow_permissions: level }, `The default is ${level} now.`)}
      >
        Make the default {level}
      </button>
      <button
        type="button"
        class="button"
        onClick={put(
          { can_approve_pull_request_reviews: !workflow.can_approve_pull_request_reviews },
          "Approving by workflows is changed.",
        )}
      >
        {workflow.can_approve_pull_request_reviews ? "Forbid" : "Allow"} approving by workflows
      </button>
    </p>
  );
}
