/** Brings the report's page to life. */
import { render } from "preact";
import { TIME_LIMIT } from "../../report/regradeAll.ts";
import type { ReportLab } from "../../report/reportLab.ts";
import { addressIn } from "../text/address.ts";
import { TextContext } from "../text/context.ts";
import { textOfPage } from "../text/page.ts";
import { ReportPage } from "./ReportPage.tsx";
import { startWorker } from "./startWorker.ts";

const text = textOfPage();

/** Null where the site has no such lab. */
async function lab(id: string): Promise<ReportLab | null> {
  const response = await fetch(addressIn(text.language, `/labs/${encodeURIComponent(id)}/lab.json`));
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`lab.json: ${response.status}`);
  return (await response.json()) as ReportLab;
}

const root = document.getElementById("report");
if (root) {
  root.replaceChildren();
  const means = { lab, startWorker, workers: 2, timeLimit: TIME_LIMIT };
  render(
    <TextContext.Provider value={text}>
      <ReportPage means={means} />
    </TextContext.Provider>,
    root,
  );
}
