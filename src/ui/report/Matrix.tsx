/** Learner × lab. Each cell is a shape and words: nothing is said by colour alone. */
import { useState } from "preact/hooks";
import { cellOf, compareNames, type Cell, type ClassReport, type Learner } from "../../report/classReport.ts";
import { useText } from "../text/context.ts";
import { Icon } from "../workbench/Icon.tsx";
import { VerdictGlyph } from "../workbench/VerdictGlyph.tsx";
import type { Naming } from "./naming.ts";

interface MatrixProps {
  readonly report: ClassReport;
  readonly naming: Naming;
}

type Order = "name" | "name-down" | "passed" | "passed-down";

export function Matrix({ report, naming }: MatrixProps) {
  const t = useText();
  const [order, setOrder] = useState<Order>("name");
  const { labs } = report;
  const learners = [...report.learners].sort(comparison(order));
  return (
    <div class="report-scroll" role="region" aria-label={t("Learners and labs, table")} tabIndex={0}>
      <table class="report-matrix">
        <thead>
          <tr>
            <Sorted label={t("Learner")} by="name" order={order} onOrder={setOrder} />
            <Sorted label={t("Passed")} by="passed" order={order} onOrder={setOrder} />
            {labs.map(({ id, title, passed, begun }) => (
              <th scope="col" key={id}>
                {title}
                <span class="report-beside">{t("{passed} of {begun} passed", { passed, begun })}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {learners.map((learner) => (
            <tr key={learner.name}>
              <th scope="row">
                {naming(learner.name)}
                {!learner.named && <span class="report-beside">{t("no name in the file")}</span>}
              </th>
              <td class="report-count">{t("{n} of {all}", { n: passedBy(learner), all: labs.length })}</td>
              {labs.map(({ id }) => (
                <td key={id}>
                  <CellText cell={cellOf(learner, id)} naming={naming} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SortedProps {
  readonly label: string;
  readonly by: "name" | "passed";
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
}

function Sorted({ label, by, order, onOrder }: SortedProps) {
  const sort = order === by ? "ascending" : order === `${by}-down` ? "descending" : "none";
  return (
    <th scope="col" aria-sort={sort} data-by={by}>
      <button
        type="button"
        class="report-sort"
        onClick={() => onOrder(sort === "ascending" ? `${by}-down` : by)}
      >
        {label}
        <span class="report-sort-sign" data-sort={sort} aria-hidden="true">
          <Icon name="chevronDown" size={12} />
        </span>
      </button>
    </th>
  );
}

function comparison(order: Order): (one: Learner, other: Learner) => number {
  const byName = (one: Learner, other: Learner) => compareNames(one.name, other.name);
  switch (order) {
    case "name":
      return byName;
    case "name-down":
      return (one, other) => byName(other, one);
    case "passed":
      return (one, other) => passedBy(one) - passedBy(other) || byName(one, other);
    case "passed-down":
      return (one, other) => passedBy(other) - passedBy(one) || byName(one, other);
  }
}

function passedBy({ cells }: Learner): number {
  return cells.filter(({ passed }) => passed).length;
}

function CellText({ cell, naming }: { readonly cell: Cell | undefined; readonly naming: Naming }) {
  const t = useText();
  if (!cell)
    return (
      <span class="report-cell" data-stands="none">
        <VerdictGlyph shown="not-yet" />
        {t("not begun")}
      </span>
    );
  const { passed, passing, asked, hints, undos, attempts, sameAs } = cell;
  const besides = [
    ...(hints > 0 ? [t.many(hints, "{n} hint", "{n} hints")] : []),
    ...(undos > 0 ? [t.many(undos, "{n} undo", "{n} undos")] : []),
    ...(attempts > 1 ? [t("best of {n} attempts", { n: attempts })] : []),
  ];
  return (
    <>
      <span class="report-cell" data-stands={passed ? "passed" : "begun"}>
        <VerdictGlyph shown={passed ? "pass" : "fail"} />
        {passed ? t("passed") : t("{passing} of {asked} checks", { passing, asked })}
      </span>
      {besides.length > 0 && <span class="report-beside">{besides.join(", ")}</span>}
      {sameAs.length > 0 && (
        <span class="report-same">
          <Icon name="warn" />
          {t("same inputs as {names}", { names: sameAs.map(naming).join(", ") })}
        </span>
      )}
    </>
  );
}
