/** Whoever writes to the learner and may be written to: chat, mail, and what a command asks. */
import { Sections } from "../cloud/parts.tsx";
import { useText } from "../text/context.ts";
import { ToolPanel } from "../workbench/ToolPanel.tsx";
import { useBench, type Bench } from "../workbench/bench.ts";
import { focusPanel } from "../workbench/panels.ts";
import { Chat } from "./Chat.tsx";
import { Mail } from "./Mail.tsx";
import type { PeoplePage } from "./people-place.ts";

export function pagesOf({ page: { services } }: Bench): readonly PeoplePage[] {
  return (["chat", "mail"] as const).filter((id) => services.includes(id));
}

export function PeoplePanel() {
  const bench = useBench();
  const t = useText();
  const pages = pagesOf(bench);
  const wanted = bench.people.page.value;
  const page = wanted !== null && pages.includes(wanted) ? wanted : pages[0];
  const { unread } = bench.people;
  const name = { chat: t("Chat"), mail: t("Mail") };
  const counted = (id: PeoplePage) => {
    const n = unread.value[id];
    return n === 0 ? name[id] : t("{page}, {n} unread", { page: name[id], n });
  };
  return (
    <ToolPanel id="people">
      {pages.length > 1 && (
        <div class="forge-head">
          <Sections
            label={t("Chat and mail")}
            sections={pages.map((id) => [id, counted(id)] as const)}
            current={page as PeoplePage}
            onChoose={(id) => (bench.people.page.value = id)}
          />
        </div>
      )}
      <h3 class="sr-only">{page === "chat" ? name.chat : name.mail}</h3>
      <Prompt />
      {page === "chat" && <Chat />}
      {page === "mail" && <Mail />}
    </ToolPanel>
  );
}

/** A command that waits for an answer is somebody who waits, too. */
function Prompt() {
  const bench = useBench();
  const t = useText();
  const phase = bench.session.phase.value;
  if (phase.at !== "waiting" || phase.waits.for !== "reply") return null;
  return (
    <p class="prompt-waits" role="note">
      <span>
        {t("The terminal waits for your answer:")} <code>{phase.waits.prompt.trim()}</code>
      </span>
      <button type="button" class="button" onClick={() => focusPanel(bench, "terminal")}>
        {t("Answer in the terminal")}
      </button>
    </p>
  );
}
