import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { change, FORGE, jsonOf, labTime, useLook } from "./looking.ts";
import { forgeWord } from "./words.ts";

interface TokenJson {
  readonly id: string | number;
  readonly name: string;
  readonly status: string;
  readonly grants: {
    readonly kind: string;
    readonly scopes?: readonly string[];
    readonly permissions?: Readonly<Record<string, string>>;
  } | null;
  readonly last_used_at: string | null;
}

/** "repo, workflow" of a classic token; "contents: read" of a fine-grained one. */
function rightsOf({ grants }: TokenJson): string {
  if (grants?.permissions)
    return Object.entries(grants.permissions)
      .map(([name, level]) => `${name.replaceAll("_", " ")}: ${level}`)
      .join(", ");
  return (grants?.scopes ?? []).join(", ");
}

/** The learner's own tokens, as the settings of an account list them. A deleted one opens nothing from then on. */
export function Tokens() {
  const bench = useBench();
  const t = useText();
  const at = `${FORGE}/settings/tokens`;
  const [look] = useLook([at]) ?? [];
  const tokens = jsonOf<TokenJson[]>(look);
  if (tokens === null) return null;
  if (tokens.length === 0) return <p class="empty">{t("You have no token.")}</p>;
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{t("Token")}</th>
          <th scope="col">{t("May")}</th>
          <th scope="col">{t("Last used")}</th>
          <th scope="col">
            <span class="sr-only">{t("Delete")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((it) => (
          <tr key={it.id}>
            <th scope="row">
              {it.name}
              {it.status !== "active" && `, ${forgeWord(t, it.status)}`}
            </th>
            <td>{rightsOf(it)}</td>
            <td class="time">{labTime(bench, it.last_used_at) || t("never")}</td>
            <td class="act">
              <button
                type="button"
                class="link-button small"
                aria-label={t("Delete {name}", { name: it.name })}
                onClick={() =>
                  void change(bench, {
                    method: "DELETE",
                    url: `${at}/${it.id}`,
                    done: t("{name} is deleted.", { name: it.name }),
                  })
                }
              >
                {t("Delete")}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
