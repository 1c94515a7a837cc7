/** The data of a lab for whoever re-grades attempts of it: what the lab's page carries too. No cases, no values. */
import { labPages } from "../../../_labs.ts";
import { languagePaths } from "../../../_languages.ts";
import type { CompiledLab } from "../../../../lab/compile.ts";
import { reportLabOf, withoutValues, type ReportLab } from "../../../../report/reportLab.ts";

export function getStaticPaths() {
  return languagePaths().flatMap(({ params, props }) =>
    labPages(props.language).map((lab) => ({ params: { ...params, lab: lab.id }, props: { lab } })),
  );
}

export function GET({ props }: { readonly props: { readonly lab: CompiledLab } }): Response {
  return Response.json(translated(props.lab));
}

function translated({ title, bundle, core, translation }: CompiledLab): ReportLab {
  const lab = reportLabOf(JSON.parse(bundle), core);
  const diagnoses = lab.diagnoses.map(({ id, sentence }) => {
    const message = translation?.diagnoses[id]?.message;
    return { id, sentence: message === undefined ? sentence : withoutValues(message) };
  });
  return { ...lab, title, diagnoses };
}
