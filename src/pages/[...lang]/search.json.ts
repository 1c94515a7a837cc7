/** What the search page looks in. */
import type { APIRoute } from "astro";
import type { Language } from "../../ui/text/text.ts";
import { languagePaths } from "../_languages.ts";
import { searchEntries } from "../_search.ts";

export const getStaticPaths = languagePaths;

export const GET: APIRoute = ({ props }) =>
  new Response(JSON.stringify(searchEntries((props as { language: Language }).language)), {
    headers: { "content-type": "application/json" },
  });
