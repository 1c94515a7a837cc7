/** Users with their access keys: whose they are, whether they work, and when they last did. */
import type { ConsoleIdentities, ConsoleKey, ConsoleUser } from "../../worker/protocol.ts";
import { labTime } from "../forge/looking.ts";
import { useText } from "../text/context.ts";
import { toast, useBench, type Bench } from "../workbench/bench.ts";
import { Tag } from "../workbench/EvidenceLink.tsx";
import { deleteKey, deleteUser, setKey } from "./changes.ts";
import { maskedKey, NO_FILTER } from "./cloud-place.ts";
import { IfSeen, KeyId, NotAllowed } from "./parts.tsx";
import { useMentioned, useShownFocus } from "./mentioned.ts";
import { Trail } from "./Trail.tsx";

export function Users({ of }: { readonly of: ConsoleIdentities }) {
  const t = useText();
  return (
    <>
      <IfSeen of={of.users}>
        {(users) =>
          users.length === 0 ? (
            <p class="empty">{t("No user yet. The account's users stand here once one is made.")}</p>
          ) : (
            <table class="rows cloud-users">
              <caption class="sr-only">{t("Users and keys")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("User")}</th>
                  <th scope="col">{t("Key")}</th>
                  <th scope="col">{t("State")}</th>
                  <th scope="col">{t("Created")}</th>
                  <th scope="col">{t("Last used")}</th>
                </tr>
              </thead>
              {users.map((user) => (
                <UserRows key={user.name} user={user} />
              ))}
            </table>
          )
        }
      </IfSeen>
      <Trail />
    </>
  );
}

function UserRows({ user }: { readonly user: ConsoleUser }) {
  const bench = useBench();
  const t = useText();
  const { open } = bench.cloud;
  const mentioned = useMentioned();
  const keys = "seen" in user.keys ? user.keys.seen : [];
  const has = (key?: string | null) => keys.some(({ id }) => maskedKey(id) === key);
  const isOpen = open.value === user.name || has(open.value);
  const evidence = has(mentioned.open) ? mentioned.number : null;
  const row = useShownFocus<HTMLButtonElement>(evidence !== null);
  return (
    <tbody data-open={isOpen} data-shown={evidence !== null}>
      {(keys.length === 0 ? [null] : keys).map((key, i) => (
        <tr key={key?.id ?? user.name} id={key ? `cloud-${key.id}` : undefined}>
          {i === 0 && (
            <th scope="rowgroup" rowSpan={Math.max(1, keys.length)}>
              <button
                type="button"
                class="row-name"
                ref={row}
                aria-expanded={isOpen}
                data-row={user.name}
                onClick={() => (open.value = isOpen ? null : user.name)}
              >
                {user.name}
              </button>
              {evidence !== null && <Tag number={evidence} />}
            </th>
          )}
          {key ? (
            <KeyCells of={key} />
          ) : (
            <td colSpan={4}>
              {"denied" in user.keys ? <NotAllowed action={user.keys.denied} /> : t("no access key")}
            </td>
          )}
        </tr>
      ))}
      {isOpen && (
        <tr class="row-detail">
          <td colSpan={5}>
            <UserDetail user={user} keys={keys} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function KeyCells({ of: key }: { readonly of: ConsoleKey }) {
  const bench = useBench();
  const t = useText();
  return (
    <>
      <td>
        <KeyId id={key.id} />
      </td>
      <td>
        <KeyState of={key} />
      </td>
      <td>
        <span class="time">{labTime(bench, key.created)}</span>
        {key.createdWith && (
          <>
            {" "}
            {t("with")} <KeyId id={key.createdWith} />
          </>
        )}
      </td>
      <td>
        <LastUsed of={key} />
      </td>
    </>
  );
}

function KeyState({ of: { status } }: { readonly of: ConsoleKey }) {
  const t = useText();
  const active = status === "Active";
  return (
    <span class="key-state" data-active={active}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        {active ? (
          <circle cx="5" cy="5" r="4" fill="currentColor" />
        ) : (
          <>
            <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" />
            <path d="M2 8l6-6" stroke="currentColor" />
          </>
        )}
      </svg>
      {active ? t("active") : t("inactive")}
    </span>
  );
}

function LastUsed({ of: { lastUsed } }: { readonly of: ConsoleKey }) {
  const bench = useBench();
  const t = useText();
  return (
    <IfSeen of={lastUsed}>
      {(use) =>
        use === null ? (
          t("never")
        ) : use.address === null ? (
          <>
            <span class="time">{labTime(bench, use.at)}</span>, {use.service}
          </>
        ) : (
          <>
            <span class="time">{labTime(bench, use.at)}</span> {t("from")} <code>{use.address}</code>
          </>
        )
      }
    </IfSeen>
  );
}

function UserDetail({ user, keys }: { readonly user: ConsoleUser; readonly keys: readonly ConsoleKey[] }) {
  const bench = useBench();
  const t = useText();
  return (
    <>
      {keys.map((key) => (
        <p key={key.id} class="button-row">
          <KeyId id={key.id} />
          <button type="button" class="button" onClick={() => void setKey(bench, user.name, key)}>
            {key.status === "Active" ? t("Turn off") : t("Turn on")}
          </button>
          <button type="button" class="button" onClick={() => void deleteKey(bench, user.name, key)}>
            {t("Delete key")}
          </button>
          <button type="button" class="button" onClick={() => showTrail(bench, key)}>
            {t("Show what it did")}
          </button>
          <CopyId id={key.id} />
        </p>
      ))}
      <p class="button-row">
        <span class="small-line">
          {t("User {name}, created {time}", { name: user.name, time: labTime(bench, user.created) })}
        </span>
        <button type="button" class="button" onClick={() => void deleteUser(bench, user.name)}>
          {t("Delete user")}
        </button>
      </p>
    </>
  );
}

/** The trail stands below the users: it comes to view with what the key did. */
function showTrail(bench: Bench, { id }: ConsoleKey): void {
  bench.cloud.filter.value = { ...NO_FILTER, key: id };
  requestAnimationFrame(() => {
    const trail = document.querySelector<HTMLElement>("#panel-cloud .trail");
    trail?.scrollIntoView({ block: "start" });
    trail?.focus({ preventScroll: true });
  });
}

/** For a command or a note: the page itself shows only the ends. */
export function CopyId({ id }: { readonly id: string }) {
  const bench = useBench();
  const t = useText();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(id);
      bench.said.value = t("The key id is copied.");
    } catch {
      toast(bench, { tone: "notyet", text: t("This browser does not let the page copy.") });
    }
  };
  return (
    <button type="button" class="button" onClick={() => void copy()}>
      {t("Copy id")}
    </button>
  );
}
