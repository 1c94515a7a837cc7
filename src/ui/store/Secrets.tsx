/** Where secrets are kept: engines by their mounts, secrets by path with their versions. Values stay in the store. */
import type { StoreMount, StoreSecret, StoreSeen, StoreVersion } from "../../worker/protocol.ts";
import { IfSeen } from "../cloud/parts.tsx";
import { labTime } from "../forge/looking.ts";
import { inline } from "../prose/markdown.tsx";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";

export function Secrets({ of }: { readonly of: StoreSeen<readonly StoreMount[]> }) {
  const t = useText();
  return (
    <>
      <IfSeen of={of}>
        {(mounts) => mounts.map((mount) => <MountSection key={mount.path} mount={mount} />)}
      </IfSeen>
      <p class="note">
        {inline(t("Values are not shown. Read one with `bao kv get`, where your policies allow it."))}
      </p>
    </>
  );
}

function MountSection({ mount }: { readonly mount: StoreMount }) {
  const t = useText();
  const { path, type, version, description, secrets, roles } = mount;
  return (
    <section class="policy-owner" aria-label={path}>
      <h4>
        <code>{path}</code>{" "}
        <span class="small-line">
          {version === null ? type : t("{type}, version {version}", { type, version })}
          {description && `, ${description}`}
        </span>
      </h4>
      {secrets && <IfSeen of={secrets}>{(list) => <SecretRows list={list} />}</IfSeen>}
      {roles && (
        <IfSeen of={roles}>
          {(names) => (
            <p class="small-line">
              {names.length === 0
                ? t("no role yet")
                : t("makes logins for the roles {names}", { names: names.join(", ") })}
            </p>
          )}
        </IfSeen>
      )}
    </section>
  );
}

function SecretRows({ list }: { readonly list: readonly StoreSecret[] }) {
  const bench = useBench();
  const t = useText();
  if (list.length === 0) return <p class="small-line">{t("no secret yet")}</p>;
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{t("Path")}</th>
          <th scope="col">{t("Versions")}</th>
          <th scope="col">{t("Written")}</th>
        </tr>
      </thead>
      <tbody>
        {list.map(({ path, versions }) => (
          <tr key={path}>
            <th scope="row">
              <code>{path}</code>
            </th>
            <td>{versions === null ? t("name only") : <Versions of={versions} />}</td>
            <td class="time">{labTime(bench, versions?.at(-1)?.created)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Versions({ of }: { readonly of: readonly StoreVersion[] }) {
  const t = useText();
  if (of.length === 0) return <>{t("no version")}</>;
  const words = of.map(({ version, state }) =>
    state === "there"
      ? String(version)
      : state === "deleted"
        ? t("{version} deleted", { version })
        : t("{version} destroyed", { version }),
  );
  return <>{words.join(", ")}</>;
}
