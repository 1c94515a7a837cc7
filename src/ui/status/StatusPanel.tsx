/** How the services of the company fare: what was answered, when it failed and why, and what the status page says. */
import { jsonOf, labTime, useLook } from "../forge/looking.ts";
import { useText } from "../text/context.ts";
import { ToolPanel } from "../workbench/ToolPanel.tsx";
import { useBench } from "../workbench/bench.ts";
import { Tag } from "../workbench/EvidenceLink.tsx";
import { STATUS, type Health } from "./health.ts";
import { HealthRow } from "./HealthRow.tsx";
import { useHealth } from "./useHealth.ts";

interface IncidentJson {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly created_at: string;
  readonly incident_updates?: readonly { readonly body: string; readonly created_at: string }[];
}

export function StatusPanel() {
  const t = useText();
  const services = useHealth();
  return (
    <ToolPanel id="status">
      <div class="scroll forge-body" data-focus tabIndex={0} role="group" aria-label={t("Status page")}>
        <h3 class="sr-only">{t("Status page")}</h3>
        {services === null && <p class="empty">{t("Looking…")}</p>}
        {services?.length === 0 && (
          <p class="empty">{t("No service runs yet. Each one stands here once it does.")}</p>
        )}
        {services?.map((health) => (
          <ServiceHealth key={health.name} health={health} />
        ))}
        <Incidents />
      </div>
    </ToolPanel>
  );
}

function ServiceHealth({ health }: { readonly health: Health }) {
  const bench = useBench();
  const t = useText();
  const { shown, shownIn } = bench;
  const item = shownIn.value === "status" ? shown.value : null;
  const mentioned = item?.evidence.at.startsWith(`${health.name}:`) ? item.number : null;
  const { version, versions, load, requests, failed, reason, outages } = health;
  return (
    <section class="status-service" aria-label={health.name} data-shown={mentioned !== null} tabIndex={-1}>
      <HealthRow health={health} width={220} />
      {mentioned !== null && <Tag number={mentioned} />}
      <dl class="status-facts">
        <dt>{t("Version")}</dt>
        <dd>
          {versions.length > 1
            ? t("{versions}, a deploy goes on", { versions: versions.join(", ") })
            : version}
        </dd>
        {load > 0 && (
          <>
            <dt>{t("Requests")}</dt>
            <dd>
              {t("{load} a second, {requests} since the lab began, {failed} failed", {
                load,
                requests,
                failed,
              })}
            </dd>
          </>
        )}
        {reason !== null && (
          <>
            <dt>{t("Says")}</dt>
            <dd>{reason}</dd>
          </>
        )}
      </dl>
      {outages.length > 0 && (
        <table class="rows">
          <caption class="sr-only">{t("Outages of {name}", { name: health.name })}</caption>
          <thead>
            <tr>
              <th scope="col">{t("Failed from")}</th>
              <th scope="col">{t("Until")}</th>
              <th scope="col">{t("Requests")}</th>
              <th scope="col">{t("Reason")}</th>
            </tr>
          </thead>
          <tbody>
            {outages.map((it) => (
              <tr key={it.from}>
                <td class="time">{labTime(bench, it.from)}</td>
                <td class="time">{it.to === null ? t("now") : labTime(bench, it.to)}</td>
                <td class="number">
                  {t("{failed} of {requests}", { failed: it.failed, requests: it.requests })}
                </td>
                <td>{it.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What people of the company wrote there for everybody. */
function Incidents() {
  const bench = useBench();
  const t = useText();
  const [look] = useLook([`${STATUS}/api/v2/incidents.json`]) ?? [];
  const incidents = jsonOf<{ readonly incidents: readonly IncidentJson[] }>(look)?.incidents ?? [];
  if (incidents.length === 0) return null;
  return (
    <>
      <h4>{t("Incidents")}</h4>
      {incidents.map(({ id, name, status, created_at, incident_updates = [] }) => (
        <article key={id} class="status-incident" aria-label={name}>
          <h5>
            {name} <span class="small-line">{status}</span>
          </h5>
          {incident_updates.map((it) => (
            <p key={it.created_at} class="small-line">
              {labTime(bench, it.created_at)}: {it.body}
            </p>
          ))}
          {incident_updates.length === 0 && <p class="small-line">{labTime(bench, created_at)}</p>}
        </article>
      ))}
    </>
  );
}
