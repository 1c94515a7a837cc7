/** The secret store, as the holder of the token in ~/.vault-token sees it: names, times and rules, never a value. */
import type { StoreView } from "../../worker/protocol.ts";
import { useAsked } from "../cloud/asked.ts";
import { Sections, WhenThere } from "../cloud/parts.tsx";
import { inline } from "../prose/markdown.tsx";
import { useText } from "../text/context.ts";
import { ToolPanel } from "../workbench/ToolPanel.tsx";
import { useBench } from "../workbench/bench.ts";
import { Leases, Tokens } from "./Holders.tsx";
import { Methods, StorePolicies } from "./Rules.tsx";
import { remaining } from "./remaining.ts";
import { Secrets } from "./Secrets.tsx";
import { STORE, type StoreSection } from "./store-place.ts";

export function StorePanel() {
  const bench = useBench();
  const t = useText();
  const { section } = bench.store;
  const asked = useAsked<StoreView>(`${STORE}/ui/view`);
  const sections: readonly (readonly [StoreSection, string])[] = [
    ["secrets", t("Secrets")],
    ["policies", t("Policies")],
    ["tokens", t("Tokens")],
    ["leases", t("Leases")],
    ["methods", t("Ways to log in")],
  ];
  return (
    <ToolPanel id="store">
      <div class="forge-head">
        <h3 class="sr-only">{t("Secret store")}</h3>
        <Sections
          label={t("Pages of the store")}
          sections={sections}
          current={section.value}
          onChoose={(id) => (section.value = id)}
        />
        <span class="spring" />
        {asked.state === "there" && asked.value.own && (
          <span class="small-line">
            {asked.value.own.expires === null
              ? t("as {name}, for ever", { name: asked.value.own.name })
              : t("as {name}, {time} left", {
                  name: asked.value.own.name,
                  time: remaining(t, asked.value.own.expires, bench.session.clockMs.value),
                })}
          </span>
        )}
      </div>
      <div
        // Another page begins at its top.
        key={section.value}
        class="scroll forge-body"
        data-focus
        tabIndex={0}
        role="group"
        aria-label={t("Secret store")}
      >
        <WhenThere asked={asked}>{(view) => <StorePage view={view} />}</WhenThere>
      </div>
    </ToolPanel>
  );
}

function StorePage({ view }: { readonly view: StoreView }) {
  const { store } = useBench();
  const t = useText();
  if (view.own === null)
    return (
      <p class="empty">
        {inline(
          t("You are not signed in to the store, or your token works no more. `bao login` leaves a new one."),
        )}
      </p>
    );
  switch (store.section.value) {
    case "secrets":
      return <Secrets of={view.mounts} />;
    case "policies":
      return <StorePolicies of={view.policies} />;
    case "tokens":
      return <Tokens of={view.tokens} />;
    case "leases":
      return <Leases of={view.leases} />;
    case "methods":
      return <Methods of={view.methods} />;
  }
}
