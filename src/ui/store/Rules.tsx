/** Who may what in the store: policies as they were written, and ways to log in. */
import type { StoreMethod, StorePolicy, StoreSeen } from "../../worker/protocol.ts";
import { Document, IfSeen } from "../cloud/parts.tsx";
import { Fold } from "../cloud/Policies.tsx";
import { useText } from "../text/context.ts";

export function StorePolicies({ of }: { readonly of: StoreSeen<readonly StorePolicy[]> }) {
  const t = useText();
  return (
    <IfSeen of={of}>
      {(list) =>
        list.map(({ name, text }) => (
          <Fold key={name} name={name} note={name === "root" ? t("everything is allowed") : ""}>
            <IfSeen of={text}>
              {(rules) =>
                rules === "" ? (
                  <p class="small-line">{t("It has no text.")}</p>
                ) : (
                  <Document text={rules} label={t("Policy {name}", { name })} />
                )
              }
            </IfSeen>
          </Fold>
        ))
      }
    </IfSeen>
  );
}

export function Methods({ of }: { readonly of: StoreSeen<readonly StoreMethod[]> }) {
  const t = useText();
  return (
    <IfSeen of={of}>
      {(list) => (
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">{t("Path")}</th>
              <th scope="col">{t("Kind")}</th>
              <th scope="col">{t("Who may log in")}</th>
            </tr>
          </thead>
          <tbody>
            {list.map(({ path, type, description, roles }) => (
              <tr key={path}>
                <th scope="row">
                  <code>auth/{path}</code>
                </th>
                <td>
                  {type}
                  {description && `, ${description}`}
                </td>
                <td>
                  {roles && <IfSeen of={roles}>{(names) => names.join(", ") || t("nobody yet")}</IfSeen>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </IfSeen>
  );
}
