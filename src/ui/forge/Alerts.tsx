import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { API, change, jsonOf, labTime, useLook } from "./looking.ts";
import { forgeWord } from "./words.ts";

interface AlertJson {
  readonly number: number;
  readonly state: "open" | "resolved";
  readonly resolution: string | null;
  readonly secret_type_display_name: string;
  readonly created_at: string;
  readonly push_protection_bypassed: boolean;
  readonly push_protection_bypassed_by: { readonly login: string } | null;
}

interface LocationJson {
  readonly details: { readonly path: string; readonly start_line: number; readonly commit_sha: string };
}

/** Where the engine saw it first. */
function Place({ of }: { readonly of: LocationJson["details"] }) {
  const t = useText();
  return (
    <p class="small-line">
      <code>
        {of.path}:{of.start_line}
      </code>{" "}
      {t("in commit")} <code>{of.commit_sha.slice(0, 7)}</code>
    </p>
  );
}

export function Alerts() {
  const bench = useBench();
  const t = useText();
  const at = `${API}/repos/${bench.place.repository.value}/secret-scanning/alerts`;
  const [look] = useLook([at]) ?? [];
  const alerts = jsonOf<AlertJson[]>(look);
  const locations = useLook((alerts ?? []).map(({ number }) => `${at}/${number}/locations?per_page=1`)) ?? [];
  if (look === undefined) return null;
  if (alerts === null)
    return <p class="empty">{t("Secret scanning is off, or alerts are not for you to see.")}</p>;
  if (alerts.length === 0)
    return <p class="empty">{t("No alert. It says what the forge's engine found, no more.")}</p>;
  return (
    <ul class="pull-list" aria-label={t("Secret scanning alerts")}>
      {alerts.map((it, i) => (
        <li key={it.number}>
          <strong>
            #{it.number} {it.secret_type_display_name}
          </strong>
          <p class="small-line">
            {it.resolution
              ? `${forgeWord(t, it.state)}: ${forgeWord(t, it.resolution)}, `
              : `${forgeWord(t, it.state)}, `}
            {t("since {time}", { time: labTime(bench, it.created_at) })}
            {it.push_protection_bypassed &&
              `, ${t("push protection bypassed by {who}", { who: it.push_protection_bypassed_by?.login ?? "" })}`}
          </p>
          {jsonOf<LocationJson[]>(locations[i])?.map(({ details }) => (
            <Place key={details.path} of={details} />
          ))}
          {it.state === "open" && (
            <button
              type="button"
              class="button"
              onClick={() =>
                void change(bench, {
                  method: "PATCH",
                  url: `${at}/${it.number}`,
                  body: { state: "resolved", resolution: "revoked" },
                  done: t("Alert {n} is closed as revoked.", { n: it.number }),
                })
              }
            >
              {t("Close as revoked")}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
