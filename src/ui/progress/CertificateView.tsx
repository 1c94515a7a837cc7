/** A page to print: what was passed, how anybody can check it, and the files that prove it. */
import { useState } from "preact/hooks";
import type { Text } from "../text/text.ts";
import { addressIn } from "../text/address.ts";
import { Icon } from "../workbench/Icon.tsx";
import { Logo } from "../workbench/Logo.tsx";
import { saveAs } from "./actions.ts";
import { labOf, type CatalogPath } from "./catalog.ts";
import {
  archiveName,
  certified,
  finishedAt,
  proofArchive,
  proofName,
  type CertifiedLab,
} from "./certificate.ts";
import { GoOn, type ViewProps } from "./PathView.tsx";
import { keepName, readName } from "./name.ts";
import { pathStanding } from "./standing.ts";
import { dateText, labClock } from "./when.ts";
import { MARK_LABELS, passedOf } from "./words.ts";

const MAX_NAME = 80;

function marksText(t: Text, { proof }: CertifiedLab): string {
  const names = MARK_LABELS.filter(([mark]) => proof.marks[mark] === "pass").map(([, label]) => t(label));
  return [...names, ...(proof.extra > 0 ? [t("{n} extra", { n: proof.extra })] : [])].join(", ");
}

function helpText(t: Text, { proof }: CertifiedLab): string {
  const hints = t.many(proof.hints, "{n} hint", "{n} hints");
  return `${hints}, ${t.many(proof.undos, "{n} undo", "{n} undos")}`;
}

function Labs({ t, catalog, labs }: Omit<ViewProps, "state"> & { readonly labs: readonly CertifiedLab[] }) {
  return (
    <table class="certificate-labs">
      <caption class="sr-only">{t("Labs that were passed")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("Lab")}</th>
          <th scope="col">{t("Seed")}</th>
          <th scope="col">{t("Marks")}</th>
          <th scope="col">{t("Help")}</th>
          <th scope="col">{t("Lab time")}</th>
          <th scope="col">{t("Date")}</th>
        </tr>
      </thead>
      <tbody>
        {labs.map((it) => (
          <tr>
            <th scope="row">
              {it.title}{" "}
              <span>
                {it.proof.lab === it.standing.lab
                  ? t("version {version}", { version: it.proof.labVersion })
                  : t("covered by {lab}, version {version}", {
                      lab: labOf(catalog, it.proof.lab)?.title ?? it.proof.lab,
                      version: it.proof.labVersion,
                    })}
              </span>
            </th>
            <td data-label={t("Seed")}>{it.proof.seed}</td>
            <td>{marksText(t, it)}</td>
            <td>{helpText(t, it)}</td>
            <td data-label={t("Lab time")}>{labClock(it.proof.clock)}</td>
            <td>{dateText(t, it.proof.when)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function readMe(t: Text, labs: readonly CertifiedLab[]): string {
  const lines = [
    t("Each file is one attempt: a lab, a seed, and everything that was typed and changed in it."),
    t("To check one, replay it. The result is computed again, not read from the file:"),
    "",
    ...new Set(labs.map(({ proof }) => `  npx leaklab grade ${proofName(proof)}`)),
    "",
    t("Exit code 0 means passed."),
  ];
  return `${lines.join("\n")}\n`;
}

function Sheet({
  t,
  catalog,
  path,
  labs,
  name,
}: Omit<ViewProps, "state"> & {
  readonly path: CatalogPath;
  readonly labs: readonly CertifiedLab[];
  readonly name: string;
}) {
  const coming = path.labs.length - labs.length;
  return (
    <article class="certificate" aria-labelledby="certificate-title">
      <p class="certificate-brand">
        <Logo /> LeakLab
      </p>
      <h2 id="certificate-title">{t(path.title)}</h2>
      <p class="certificate-name" data-given={name !== ""}>
        {name || t("No name given")}
      </p>
      <p>
        {t.many(
          labs.length,
          "passed {n} lab of this path. The last one was passed on {day}.",
          "passed {n} labs of this path. The last one was passed on {day}.",
          { day: dateText(t, finishedAt(labs)) },
        )}{" "}
        {coming > 0 &&
          t.many(
            coming,
            "{n} lab of the path was not built yet.",
            "{n} labs of the path were not built yet.",
          )}
      </p>
      <Labs t={t} catalog={catalog} labs={labs} />
      <div class="certificate-proof">
        <section>
          <h3>{t("What this proves")}</h3>
          <p>
            {t("The inputs in each attempt file solve that lab with that seed. Anybody can replay them.")}
          </p>
        </section>
        <section>
          <h3>{t("What it does not prove")}</h3>
          <p>
            {t(
              "Who typed them. An attempt is bound to a person only by a challenge: a seed that somebody else issued.",
            )}
          </p>
        </section>
        <section>
          <h3>{t("How to check it")}</h3>
          <p>{t("Ask for the attempt files, and grade each of them.")}</p>
          <p>
            <code>
              npx leaklab grade <span>{labs[0] ? proofName(labs[0].proof) : ""}</span>
            </code>
          </p>
        </section>
      </div>
    </article>
  );
}

interface ChosenProps extends ViewProps {
  readonly path: CatalogPath;
}

function Chosen({ t, catalog, state, path }: ChosenProps) {
  const [name, setName] = useState(readName);
  const { results } = state.kept.value;
  const standing = pathStanding(state.kept.value, catalog, path);
  const labs = certified(catalog, standing, results);
  if (!labs)
    return (
      <section class="certificate-wait" aria-label={t(path.title)}>
        <p>
          {t("{n} of {all} labs that can be played are passed. The certificate is here when all are.", {
            n: standing.passed,
            all: standing.ready,
          })}
        </p>
        <GoOn t={t} catalog={catalog} path={path} standing={standing} />
      </section>
    );
  const change = (value: string) => {
    setName(value);
    keepName(value);
  };
  const download = async () =>
    saveAs(archiveName(path), await proofArchive(labs, readMe(t, labs)), "application/zip");
  return (
    <>
      <div class="certificate-tools">
        <label>
          <span>{t("Your name")}</span>
          <input
            class="certificate-field"
            value={name}
            maxLength={MAX_NAME}
            autocomplete="name"
            aria-describedby="name-note"
            onInput={(event) => change(event.currentTarget.value)}
          />
        </label>
        <button type="button" class="button primary" onClick={() => window.print()}>
          <Icon name="file" /> {t("Print the certificate")}
        </button>
        <button type="button" class="button" onClick={() => void download()}>
          <Icon name="save" /> {t("Download the attempt files")}
        </button>
        <p id="name-note">{t("The name is kept in this browser and printed here. It goes nowhere else.")}</p>
      </div>
      <Sheet t={t} catalog={catalog} path={path} labs={labs} name={name} />
    </>
  );
}

export function CertificateView(props: ViewProps) {
  const { t, catalog, state } = props;
  const path = catalog.paths.find((it) => it.id === state.path.value) ?? catalog.paths[0];
  return (
    <>
      <header class="path-head no-print">
        <div class="measure">
          <h1>{t("Certificate")}</h1>
          <div class="path-lead">
            <p>{t("A page to print for each path that you finish, and the attempt files that prove it.")}</p>
          </div>
          <nav class="certificate-paths" aria-label={t("Paths")}>
            {catalog.paths.map((it) => {
              const standing = pathStanding(state.kept.value, catalog, it);
              return (
                <a
                  href={addressIn(t.language, `/certificate/?path=${it.id}`)}
                  aria-current={it.id === path?.id ? "page" : undefined}
                >
                  {t(it.title)} <span>{passedOf(t, standing)}</span>
                </a>
              );
            })}
          </nav>
        </div>
      </header>
      <div class="measure certificate-body">{path && <Chosen key={path.id} {...props} path={path} />}</div>
    </>
  );
}
