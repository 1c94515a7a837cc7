import { useState } from "preact/hooks";
import { useText } from "../text/context.ts";
import { Breakable } from "../workbench/Breakable.tsx";
import { useBench } from "../workbench/bench.ts";
import { API, jsonOf, labTime, useLook } from "./looking.ts";

interface AuditJson {
  readonly "@timestamp": number;
  readonly action: string;
  readonly actor: string;
  readonly actor_ip?: string;
  readonly repo?: string;
  readonly token_id?: string | number | null;
  readonly result?: string;
}

/** Who, what, when, from where. The filter is the forge's own: `action:`, `actor:`, `created:`. */
export function AuditLog() {
  const bench = useBench();
  const t = useText();
  const [phrase, setPhrase] = useState("");
  const organisation = bench.place.repository.value.split("/")[0];
  const query = phrase.trim() === "" ? "" : `&phrase=${encodeURIComponent(phrase.trim())}`;
  const [look] = useLook([`${API}/orgs/${organisation}/audit-log?per_page=100${query}`]) ?? [];
  const entries = jsonOf<AuditJson[]>(look);
  return (
    <>
      <label class="audit-filter">
        {t("Filter")}
        <input
          class="panel-field"
          type="search"
          placeholder="action:git.push actor:teo"
          value={phrase}
          onInput={(event) => setPhrase(event.currentTarget.value)}
        />
      </label>
      {look && entries === null && (
        <p class="empty">
          {t("Only owners of {organisation} can read the audit log.", { organisation: organisation ?? "" })}
        </p>
      )}
      {entries && (
        <table class="rows audit">
          <thead>
            <tr>
              <th scope="col">{t("When")}</th>
              <th scope="col">{t("Who")}</th>
              <th scope="col">{t("What")}</th>
              <th scope="col">{t("Where")}</th>
              <th scope="col">{t("From")}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((it, i) => (
              <tr key={i}>
                <td class="time">{labTime(bench, new Date(it["@timestamp"]).toISOString())}</td>
                <td>{it.actor}</td>
                <td>
                  <code>
                    <Breakable text={it.action} />
                  </code>
                  {it.result === "denied" && ` ${t("denied")}`}
                </td>
                <td>{it.repo ?? ""}</td>
                <td>
                  <code>{it.actor_ip ?? ""}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
