/** Attempts that another one of their lab took the place of: to save, or to go on with. */
import type { Text } from "../text/text.ts";
import { attemptFileName, standingActs } from "../attempt/file.ts";
import { saveAs, takeUp } from "./actions.ts";
import { textOf, type WholeAttempt } from "./attempts.ts";
import { labOf, type Catalog } from "./catalog.ts";
import { labAddress } from "./lab-address.ts";
import type { PageState } from "./page-state.ts";
import { dayText } from "./when.ts";

interface SetAsideProps {
  readonly t: Text;
  readonly catalog: Catalog;
  readonly state: PageState;
}

function Line({ t, catalog, state, attempt }: SetAsideProps & { readonly attempt: WholeAttempt }) {
  const { id, lab, header, startedAt } = attempt.record;
  const title = labOf(catalog, lab)?.title ?? lab;
  const of = <span class="sr-only"> {title}</span>;
  const goOn = async () => {
    await takeUp(state, id);
    location.assign(labAddress(t, lab));
  };
  return (
    <li>
      <b>{title}</b>
      <span>
        {t.many(
          standingActs(attempt.entries).length,
          "{n} command, seed {seed}",
          "{n} commands, seed {seed}",
          {
            seed: header.seed,
          },
        )}
        {", "}
        {t("begun {day}", { day: dayText(t, startedAt, state.now.value) })}
      </span>
      <span class="set-aside-ways">
        <button type="button" class="quiet" onClick={() => void goOn()}>
          {t("Go on with it")}
          {of}
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() => saveAs(attemptFileName(header), textOf(attempt), "application/x-ndjson")}
        >
          {t("Save the attempt as a file")}
          {of}
        </button>
      </span>
    </li>
  );
}

export function SetAside(props: SetAsideProps) {
  const { t, state } = props;
  const attempts = state.aside.value;
  if (attempts.length === 0) return null;
  return (
    <section aria-labelledby="set-aside">
      <h2 id="set-aside">{t("Set aside")}</h2>
      <p>{t("Going on with one of these sets aside the attempt of its lab that is open now.")}</p>
      <ul>
        {attempts.map((attempt) => (
          <Line key={attempt.record.id} {...props} attempt={attempt} />
        ))}
      </ul>
    </section>
  );
}
