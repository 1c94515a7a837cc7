import { inline } from "../prose/markdown.tsx";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { API, change, jsonOf, labTime, useLook } from "./looking.ts";

interface Named {
  readonly name: string;
  readonly updated_at: string;
  readonly value?: string;
}

interface EnvironmentJson {
  readonly name: string;
  readonly protection_rules?: readonly { readonly type: string }[];
}

/** Names only: the forge never shows a value again. */
export function Secrets() {
  const bench = useBench();
  const t = useText();
  const repository = bench.place.repository.value;
  const at = `${API}/repos/${repository}`;
  const organisation = repository.split("/")[0] ?? "";
  const looks =
    useLook([
      `${at}/actions/secrets?per_page=100`,
      `${at}/actions/organization-secrets?per_page=100`,
      `${at}/actions/variables?per_page=30`,
      `${at}/environments?per_page=100`,
    ]) ?? [];
  const environments = jsonOf<{ environments: EnvironmentJson[] }>(looks[3])?.environments ?? [];
  if (looks.length === 0) return null;
  return (
    <>
      <Names
        title={t("Secrets of the repository")}
        rows={jsonOf<{ secrets: Named[] }>(looks[0])?.secrets}
        at={`${at}/actions/secrets`}
      />
      <Names
        title={t("Secrets of {organisation} that it may use", { organisation })}
        rows={jsonOf<{ secrets: Named[] }>(looks[1])?.secrets}
      />
      {environments.map((environment) => (
        <EnvironmentSecrets key={environment.name} environment={environment} at={at} />
      ))}
      <Names
        title={t("Variables")}
        rows={jsonOf<{ variables: Named[] }>(looks[2])?.variables}
        at={`${at}/actions/variables`}
      />
      <p class="note">{inline(t("Values are not shown. Set one with `gh secret set NAME`."))}</p>
    </>
  );
}

function EnvironmentSecrets({
  environment,
  at,
}: {
  readonly environment: EnvironmentJson;
  readonly at: string;
}) {
  const t = useText();
  const path = `${at}/environments/${encodeURIComponent(environment.name)}/secrets`;
  const [look] = useLook([`${path}?per_page=100`]) ?? [];
  const rules = (environment.protection_rules ?? []).map(({ type }) => type.replaceAll("_", " "));
  return (
    <Names
      title={
        rules.length > 0
          ? t("Environment {name}, protected by {rules}", { name: environment.name, rules: rules.join(", ") })
          : t("Environment {name}, without protection", { name: environment.name })
      }
      rows={jsonOf<{ secrets: Named[] }>(look)?.secrets}
      at={path}
    />
  );
}

interface NamesProps {
  readonly title: string;
  readonly rows: readonly Named[] | undefined;
  /** Where one may be deleted; absent where the panel cannot. */
  readonly at?: string;
}

function Names({ title, rows, at }: NamesProps) {
  const bench = useBench();
  const t = useText();
  if (rows === undefined) return null;
  return (
    <>
      <h4>{title}</h4>
      {rows.length === 0 && <p class="small-line">{t("none")}</p>}
      <table class="rows">
        <tbody>
          {rows.map(({ name, updated_at, value }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{value === undefined ? "" : <code>{value}</code>}</td>
              <td class="time">{t("set {time}", { time: labTime(bench, updated_at) })}</td>
              <td class="act">
                {at && (
                  <button
                    type="button"
                    class="link-button small"
                    aria-label={t("Delete {name}", { name })}
                    onClick={() =>
                      void change(bench, {
                        method: "DELETE",
                        url: `${at}/${name}`,
                        done: t("{name} is deleted.", { name }),
                      })
                    }
                  >
                    {t("Delete")}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
