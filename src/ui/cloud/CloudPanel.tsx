/** The account of the cloud, as somebody with the learner's rights sees it in its console. */
import type { ConsoleIdentities } from "../../worker/protocol.ts";
import { useText } from "../text/context.ts";
import { ToolPanel } from "../workbench/ToolPanel.tsx";
import { useBench } from "../workbench/bench.ts";
import { useAsked } from "./asked.ts";
import { type CloudSection } from "./cloud-place.ts";
import { CONSOLE } from "./console.ts";
import { Sections, WhenThere } from "./parts.tsx";
import { Policies, Roles } from "./Policies.tsx";
import { Buckets, Services } from "./Resources.tsx";
import { Trail } from "./Trail.tsx";
import { Users } from "./Users.tsx";

export function CloudPanel() {
  const bench = useBench();
  const t = useText();
  const { section } = bench.cloud;
  const asked = useAsked<ConsoleIdentities>(`${CONSOLE}/identities`);
  const sections: readonly (readonly [CloudSection, string])[] = [
    ["users", t("Users and keys")],
    ["policies", t("Policies")],
    ["roles", t("Roles")],
    ["trail", t("Trail")],
    ["buckets", t("Buckets")],
    ["services", t("Services")],
  ];
  return (
    <ToolPanel id="cloud">
      <div class="forge-head">
        <h3 class="sr-only">{t("Account of the cloud")}</h3>
        <Sections
          label={t("Pages of the account")}
          sections={sections}
          current={section.value}
          onChoose={(id) => {
            section.value = id;
            bench.cloud.open.value = null;
          }}
        />
        <span class="spring" />
        {asked.state === "there" && (
          <span class="small-line">
            {t("account")} <code>{asked.value.account}</code>
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
        aria-label={t("Account of the cloud")}
      >
        <CloudPage asked={asked} />
      </div>
    </ToolPanel>
  );
}

function CloudPage({ asked }: { readonly asked: ReturnType<typeof useAsked<ConsoleIdentities>> }) {
  const { cloud } = useBench();
  switch (cloud.section.value) {
    case "trail":
      return <Trail />;
    case "buckets":
      return <Buckets />;
    case "services":
      return <Services />;
    default:
      return <WhenThere asked={asked}>{(of) => <Identities of={of} />}</WhenThere>;
  }
}

function Identities({ of }: { readonly of: ConsoleIdentities }) {
  const { cloud } = useBench();
  if (cloud.section.value === "policies") return <Policies of={of} />;
  return cloud.section.value === "roles" ? <Roles of={of} /> : <Users of={of} />;
}
