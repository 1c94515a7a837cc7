/** The pages about progress: built as HTML from empty progress, and brought to life over the same HTML. */
import type { Text } from "../text/text.ts";
import { TextContext } from "../text/context.ts";
import type { Catalog } from "./catalog.ts";
import { CertificateView } from "./CertificateView.tsx";
import type { PageState } from "./page-state.ts";
import { PathView } from "./PathView.tsx";
import { PlacementView } from "./PlacementView.tsx";
import { ProgressView } from "./ProgressView.tsx";

export const VIEWS = ["path", "progress", "placement", "certificate"] as const;
export type ViewName = (typeof VIEWS)[number];

interface ProgressPageProps {
  readonly view: ViewName;
  readonly t: Text;
  readonly catalog: Catalog;
  readonly state: PageState;
}

export function ProgressPage({ view, t, catalog, state }: ProgressPageProps) {
  const props = { t, catalog, state };
  return (
    <TextContext.Provider value={t}>
      {view === "path" && <PathView {...props} />}
      {view === "progress" && <ProgressView {...props} />}
      {view === "placement" && <PlacementView {...props} />}
      {view === "certificate" && <CertificateView {...props} />}
    </TextContext.Provider>
  );
}
