/** Who holds something of the store: tokens by accessor, and leases with the time that is left. Both can be revoked. */
import type { StoreLease, StoreSeen, StoreToken } from "../../worker/protocol.ts";
import { IfSeen } from "../cloud/parts.tsx";
import { change, labTime } from "../forge/looking.ts";
import { inline } from "../prose/markdown.tsx";
import { useText } from "../text/context.ts";
import { useBench, type Bench } from "../workbench/bench.ts";
import { remaining, shortId } from "./remaining.ts";
import { STORE } from "./store-place.ts";

function refused(bench: Bench): string {
  return bench.t("The store refused this: your token may not.");
}

export function Tokens({ of }: { readonly of: StoreSeen<readonly StoreToken[]> }) {
  const bench = useBench();
  const t = useText();
  const revoke = ({ own, accessor, name }: StoreToken) =>
    void change(bench, {
      method: "PUT",
      url: `${STORE}/ui/v1/auth/token/${own ? "revoke-self" : "revoke-accessor"}`,
      ...(own ? {} : { body: { accessor } }),
      done: t("The token {name} is revoked, with its leases.", { name }),
      refused: refused(bench),
    });
  return (
    <IfSeen of={of}>
      {(list) => (
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">{t("Token")}</th>
              <th scope="col">{t("Accessor")}</th>
              <th scope="col">{t("Policies")}</th>
              <th scope="col">{t("Time left")}</th>
              <th scope="col">
                <span class="sr-only">{t("Revoke")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {list.map((token) => (
              <tr key={token.accessor}>
                <th scope="row">
                  {token.name}
                  {token.own && `, ${t("yours")}`}
                </th>
                <td>
                  <code>{shortId(token.accessor)}</code>
                </td>
                <td>{token.policies.join(", ")}</td>
                <td class="time">{remaining(t, token.expires, bench.session.clockMs.value)}</td>
                <td class="act">
                  <button
                    type="button"
                    class="link-button small"
                    aria-label={t("Revoke token {name}, {accessor}", {
                      name: token.name,
                      accessor: shortId(token.accessor),
                    })}
                    onClick={() => revoke(token)}
                  >
                    {t("Revoke")}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </IfSeen>
  );
}

export function Leases({ of }: { readonly of: StoreSeen<readonly StoreLease[]> }) {
  const t = useText();
  return (
    <IfSeen of={of}>
      {(list) =>
        list.length === 0 ? (
          <p class="empty">
            {inline(t("No lease. What `bao read` lends for a time stands here until it ends."))}
          </p>
        ) : (
          <LeaseRows list={list} />
        )
      }
    </IfSeen>
  );
}

function LeaseRows({ list }: { readonly list: readonly StoreLease[] }) {
  const bench = useBench();
  const t = useText();
  const revoke = ({ id }: StoreLease) =>
    void change(bench, {
      method: "PUT",
      url: `${STORE}/ui/v1/sys/leases/revoke`,
      body: { lease_id: id },
      done: t("The lease is revoked. Its login opens nothing."),
      refused: refused(bench),
    });
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{t("Lease")}</th>
          <th scope="col">{t("Since")}</th>
          <th scope="col">{t("Time left")}</th>
          <th scope="col">
            <span class="sr-only">{t("Revoke")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {list.map((lease) => (
          <tr key={lease.id}>
            <th scope="row">
              <code>{lease.id}</code>
              {lease.own && `, ${t("yours")}`}
            </th>
            <td class="time">{labTime(bench, lease.issued)}</td>
            <td class="time">{remaining(t, lease.expires, bench.session.clockMs.value)}</td>
            <td class="act">
              <button
                type="button"
                class="link-button small"
                aria-label={t("Revoke lease {id}", { id: lease.id })}
                onClick={() => revoke(lease)}
              >
                {t("Revoke")}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
