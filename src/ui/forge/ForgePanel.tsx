import { ToolPanel } from "../workbench/ToolPanel.tsx";
import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import { useBench } from "../workbench/bench.ts";
import { Alerts } from "./Alerts.tsx";
import { AuditLog } from "./AuditLog.tsx";
import { Overview } from "./Overview.tsx";
import { Pulls } from "./Pulls.tsx";
import { Rules } from "./Rules.tsx";
import { Secrets } from "./Secrets.tsx";
import { Tokens } from "./Tokens.tsx";

const SECTIONS = [
  ["overview", said("Repository")],
  ["pulls", said("Pull requests")],
  ["rules", said("Rules")],
  ["secrets", said("Secrets")],
  ["alerts", said("Alerts")],
  ["audit", said("Audit log")],
  ["tokens", said("Your tokens")],
] as const;

/** The forge's web pages, as far as a lab needs them. */
export function ForgePanel() {
  const bench = useBench();
  const t = useText();
  const { repository, section } = bench.place;
  const at = repository.value;
  return (
    <ToolPanel id="forge">
      <div class="forge-head">
        <RepositoryChoice />
        <nav class="sections" aria-label={t("Pages of the repository")}>
          {SECTIONS.map(([id, label]) => (
            <button
              key={id}
              type="button"
              aria-current={section.value === id ? "page" : undefined}
              onClick={() => {
                section.value = id;
                bench.place.pull.value = null;
              }}
            >
              {t(label)}
            </button>
          ))}
        </nav>
      </div>
      <div
        // Another page begins at its top.
        key={section.value}
        class="scroll forge-body"
        data-focus
        tabIndex={0}
        role="group"
        aria-label={t("{repository} on the forge", { repository: at })}
      >
        {section.value === "overview" && <Overview />}
        {section.value === "pulls" && <Pulls />}
        {section.value === "rules" && <Rules />}
        {section.value === "secrets" && <Secrets />}
        {section.value === "alerts" && <Alerts />}
        {section.value === "audit" && <AuditLog />}
        {section.value === "tokens" && <Tokens />}
      </div>
    </ToolPanel>
  );
}

function RepositoryChoice() {
  const bench = useBench();
  const t = useText();
  const { repository } = bench.place;
  if (bench.page.repositories.length < 2) return <h3 class="repository-name">{repository.value}</h3>;
  return (
    <label class="run-choice">
      <h3 class="sr-only">{repository.value}</h3>
      <span class="sr-only">{t("Repository")}</span>
      <select
        class="panel-field"
        value={repository.value}
        onChange={(event) => (repository.value = event.currentTarget.value)}
      >
        {bench.page.repositories.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}
