import { inline } from "../prose/markdown.tsx";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { Icon } from "../workbench/Icon.tsx";
import { API, jsonOf, labTime, useLook } from "./looking.ts";
import { pullState, type PullJson } from "./pull.ts";
import { PullPage } from "./PullPage.tsx";

export function Pulls() {
  const bench = useBench();
  const t = useText();
  const { repository, pull } = bench.place;
  const [look] = useLook([`${API}/repos/${repository.value}/pulls?state=all&per_page=50`]) ?? [];
  const pulls = jsonOf<PullJson[]>(look);
  if (pulls === null) return null;
  if (pull.value !== null) return <PullPage number={pull.value} />;
  if (pulls.length === 0)
    return <p class="empty">{inline(t("No pull request yet. `gh pr create` opens one."))}</p>;
  return (
    <ul class="pull-list" aria-label={t("Pull requests")}>
      {pulls.map((it) => (
        <li key={it.number}>
          <Icon name="pull" size={14} />
          <button type="button" class="link-button" onClick={() => (pull.value = it.number)}>
            {it.title}
          </button>
          {it.labels.map(({ name }) => (
            <span class="chip" key={name}>
              {name}
            </span>
          ))}
          <p class="small-line">
            #{it.number} {t(pullState(it))}, {t("by {who} from", { who: it.user.login })}{" "}
            <code>
              {it.head.repo && it.head.repo.full_name !== it.base.repo.full_name
                ? `${it.head.repo.full_name.split("/")[0]}:`
                : ""}
              {it.head.ref}
            </code>
            , {labTime(bench, it.created_at)}
          </p>
        </li>
      ))}
    </ul>
  );
}
