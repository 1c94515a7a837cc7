/** What users and roles may do: policies that are attached, and those that are written into them. */
import type { ComponentChildren } from "preact";
import type {
  ConsoleIdentities,
  ConsolePolicies,
  ConsolePolicy,
  ConsoleRole,
} from "../../worker/protocol.ts";
import { labTime } from "../forge/looking.ts";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { Tag } from "../workbench/EvidenceLink.tsx";
import { removePolicy, revokeSessions, type PolicyOwner } from "./changes.ts";
import { useMentioned, useShownFocus } from "./mentioned.ts";
import { Document, IfSeen } from "./parts.tsx";

export function Policies({ of: { users, roles } }: { readonly of: ConsoleIdentities }) {
  const t = useText();
  return (
    <>
      <h4>{t("Users")}</h4>
      <IfSeen of={users}>
        {(list) =>
          list.map(({ name, policies }) => (
            <OwnerPolicies key={name} owner={{ kind: "users", name }} of={policies} />
          ))
        }
      </IfSeen>
      <h4>{t("Roles")}</h4>
      <IfSeen of={roles}>
        {(list) =>
          list.length === 0 ? (
            <p class="small-line">{t("none")}</p>
          ) : (
            list.map(({ name, policies }) => (
              <OwnerPolicies key={name} owner={{ kind: "roles", name }} of={policies} />
            ))
          )
        }
      </IfSeen>
    </>
  );
}

interface OwnerPoliciesProps {
  readonly owner: PolicyOwner;
  readonly of: ConsolePolicies;
}

function OwnerPolicies({ owner, of }: OwnerPoliciesProps) {
  return (
    <section class="policy-owner" aria-label={owner.name}>
      <h5>{owner.name}</h5>
      <PolicyRows owner={owner} of={of} />
    </section>
  );
}

function PolicyRows({ owner, of: { attached, inline } }: OwnerPoliciesProps) {
  const t = useText();
  const none =
    "seen" in attached && "seen" in inline && attached.seen.length === 0 && inline.seen.length === 0;
  return (
    <>
      {none && <p class="small-line">{t("no policy: nothing is allowed")}</p>}
      <IfSeen of={attached}>
        {(list) => list.map((it) => <PolicyRow key={it.arn} owner={owner} of={it} kind={t("attached")} />)}
      </IfSeen>
      <IfSeen of={inline}>
        {(list) => list.map((it) => <PolicyRow key={it.name} owner={owner} of={it} kind={t("inline")} />)}
      </IfSeen>
    </>
  );
}

interface PolicyRowProps {
  readonly owner: PolicyOwner;
  readonly of: ConsolePolicy;
  readonly kind: string;
}

function PolicyRow({ owner, of: policy, kind }: PolicyRowProps) {
  const bench = useBench();
  const t = useText();
  return (
    <Fold name={policy.name} note={kind}>
      <IfSeen of={policy.document}>
        {(text) => <Document text={text} label={t("Policy {name}", { name: policy.name })} />}
      </IfSeen>
      <p class="button-row">
        <button type="button" class="button" onClick={() => void removePolicy(bench, owner, policy)}>
          {policy.arn === null
            ? t("Delete {policy} of {name}", { policy: policy.name, name: owner.name })
            : t("Detach {policy} from {name}", { policy: policy.name, name: owner.name })}
        </button>
      </p>
    </Fold>
  );
}

interface FoldProps {
  readonly name: string;
  readonly note: string;
  readonly children: ComponentChildren;
}

export function Fold({ name, note, children }: FoldProps) {
  return (
    <details class="fold">
      <summary>
        {name} <span class="small-line">{note}</span>
      </summary>
      {children}
    </details>
  );
}

/** Roles: who may become them, for how long, and what they may do. */
export function Roles({ of: { roles } }: { readonly of: ConsoleIdentities }) {
  const t = useText();
  return (
    <IfSeen of={roles}>
      {(list) =>
        list.length === 0 ? (
          <p class="empty">{t("No role. What somebody may become stands here once it is made.")}</p>
        ) : (
          list.map((role) => <RoleSection key={role.name} role={role} />)
        )
      }
    </IfSeen>
  );
}

function RoleSection({ role }: { readonly role: ConsoleRole }) {
  const bench = useBench();
  const t = useText();
  const mentioned = useMentioned();
  const shown = mentioned.number !== null && mentioned.open === role.name;
  const title = useShownFocus<HTMLHeadingElement>(shown);
  return (
    <section class="policy-owner" aria-label={role.name} data-shown={shown}>
      <h4 ref={title} tabIndex={-1} data-row={role.name}>
        {role.name} {shown && <Tag number={mentioned.number as number} />}
      </h4>
      <p class="small-line">
        {t("created {time}, sessions of at most {minutes} minutes", {
          time: labTime(bench, role.created),
          minutes: Math.round(role.maxSessionS / 60),
        })}
        {role.description && `, ${role.description}`}
      </p>
      <Fold name={t("Who may become it")} note={t("trust policy")}>
        <Document text={role.trust} label={t("Trust policy of {name}", { name: role.name })} />
      </Fold>
      <PolicyRows owner={{ kind: "roles", name: role.name }} of={role.policies} />
      <p class="button-row">
        <button type="button" class="button" onClick={() => void revokeSessions(bench, role.name)}>
          {t("Revoke sessions of {name}", { name: role.name })}
        </button>
      </p>
    </section>
  );
}
