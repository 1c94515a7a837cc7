import { Icon } from "../workbench/Icon.tsx";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { API, change, jsonOf, labTime, useLook } from "./looking.ts";
import type { RunSummary } from "./run.ts";

interface ArtifactRow {
  readonly id: number;
  readonly name: string;
  readonly size_in_bytes: number;
  readonly created_at: string;
  readonly expires_at: string;
}

interface CacheRow {
  readonly id: number;
  readonly key: string;
  readonly ref: string;
  readonly size_in_bytes: number;
  readonly created_at: string;
}

/** What a run left behind and what runs share: files that outlive the job. */
export function RunFiles({ run }: { readonly run: RunSummary }) {
  const bench = useBench();
  const t = useText();
  const at = `${API}/repos/${bench.place.repository.value}/actions`;
  const [artifactLook, cacheLook] = useLook([`${at}/runs/${run.id}/artifacts`, `${at}/caches`]) ?? [];
  const artifacts = jsonOf<{ artifacts: ArtifactRow[] }>(artifactLook)?.artifacts ?? [];
  const caches = jsonOf<{ actions_caches: CacheRow[] }>(cacheLook)?.actions_caches ?? [];
  if (artifacts.length + caches.length === 0) return null;
  return (
    <details class="run-files">
      <summary>{t("Artifacts and caches, {n}", { n: artifacts.length + caches.length })}</summary>
      <table class="rows">
        <thead class="sr-only">
          <tr>
            <th scope="col">{t("Name")}</th>
            <th scope="col">{t("Where")}</th>
            <th scope="col">{t("Size")}</th>
            <th scope="col">{t("Made")}</th>
            <th scope="col">{t("Delete")}</th>
          </tr>
        </thead>
        <tbody>
          {artifacts.map((it) => (
            <FileRow
              key={`a${it.id}`}
              name={it.name}
              where={t("artifact of run {n}", { n: run.run_number })}
              bytes={it.size_in_bytes}
              made={labTime(bench, it.created_at)}
              onDelete={() =>
                void change(bench, {
                  method: "DELETE",
                  url: `${at}/artifacts/${it.id}`,
                  done: t("Artifact {name} is deleted.", { name: it.name }),
                })
              }
            />
          ))}
          {caches.map((it) => (
            <FileRow
              key={`c${it.id}`}
              name={it.key}
              where={t("cache of {branch}", { branch: it.ref.replace(/^refs\/heads\//, "") })}
              bytes={it.size_in_bytes}
              made={labTime(bench, it.created_at)}
              onDelete={() =>
                void change(bench, {
                  method: "DELETE",
                  url: `${at}/caches/${it.id}`,
                  done: t("Cache {name} is deleted.", { name: it.key }),
                })
              }
            />
          ))}
        </tbody>
      </table>
    </details>
  );
}

interface FileRowProps {
  readonly name: string;
  readonly where: string;
  readonly bytes: number;
  readonly made: string;
  readonly onDelete: () => void;
}

function FileRow({ name, where, bytes, made, onDelete }: FileRowProps) {
  const t = useText();
  return (
    <tr>
      <th scope="row">
        <Icon name="file" size={14} /> <code>{name}</code>
      </th>
      <td>{where}</td>
      <td class="number">{sizeText(bytes)}</td>
      <td class="time">{made}</td>
      <td class="act">
        <button
          type="button"
          class="link-button small"
          aria-label={t("Delete {name}", { name })}
          onClick={onDelete}
        >
          {t("Delete")}
        </button>
      </td>
    </tr>
  );
}

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
