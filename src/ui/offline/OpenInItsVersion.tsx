/** For an attempt of another version: a link to the page of that version, where this browser still has it. */
import { useEffect, useState } from "preact/hooks";
import { useText } from "../text/context.ts";
import { buildFor, type PlayedIn } from "./kept.ts";

export function OpenInItsVersion({ played }: { readonly played: PlayedIn }) {
  const t = useText();
  const [build, setBuild] = useState<string | null>(null);
  useEffect(() => {
    if (!("caches" in window)) return;
    void buildFor(caches, played).then(setBuild, () => {});
  }, [played]);
  if (build === null) return null;
  return (
    <a class="button" href={`${location.pathname}?build=${encodeURIComponent(build)}`}>
      {t("Go on in the version that you began with")}
    </a>
  );
}
