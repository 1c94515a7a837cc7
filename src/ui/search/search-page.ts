/** The search page: reads `?q=`, follows the field, writes results as elements and the question into the address. */
import { textOfPage } from "../text/page.ts";
import { KIND_NAMES } from "./kinds.ts";
import { excerpt, indexOf, search, type Entry, type Hit, type Index } from "./search.ts";

const MOST = 40;

const t = textOfPage();
const form = document.querySelector<HTMLFormElement>(".search-form") as HTMLFormElement;
const field = document.getElementById("search-field") as HTMLInputElement;
const results = document.getElementById("search-results") as HTMLElement;
const everything = document.getElementById("search-everything") as HTMLElement;
const count = document.getElementById("search-count") as HTMLElement;

async function load(): Promise<Index> {
  const answer = await fetch(form.dataset["index"] as string);
  if (!answer.ok) throw new Error(String(answer.status));
  return indexOf((await answer.json()) as Entry[]);
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  text: string,
  ...children: readonly Node[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.append(text, ...children);
  return made;
}

function row({ entry: { kind, title, href, text } }: Hit, question: string): HTMLElement {
  const link = element("a", title);
  link.href = href;
  const what = element("span", t(KIND_NAMES[kind][0]));
  what.className = "search-kind";
  return element("li", "", what, element("div", "", link, element("p", excerpt(text, question))));
}

function show(index: Index, question: string): void {
  const hits = search(index, question);
  const asked = question.trim() !== "";
  results.replaceChildren(...hits.slice(0, MOST).map((hit) => row(hit, question)));
  results.hidden = hits.length === 0;
  everything.hidden = asked && hits.length > 0;
  count.textContent = asked ? sentence(hits.length) : "";
}

function sentence(found: number): string {
  if (found === 0) return t("Nothing has all of these words. Below is everything there is.");
  if (found > MOST) return t("{n} results, the best {most} of them", { n: found, most: MOST });
  return t.many(found, "{n} result", "{n} results");
}

function keep(question: string): void {
  const address = new URL(location.href);
  if (question.trim() === "") address.searchParams.delete("q");
  else address.searchParams.set("q", question);
  history.replaceState(null, "", address);
}

async function start(): Promise<void> {
  let index: Index;
  try {
    index = await load();
  } catch {
    count.textContent = t("The index could not be loaded. Below is everything there is.");
    return;
  }
  const follow = () => {
    keep(field.value);
    show(index, field.value);
  };
  field.addEventListener("input", follow);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    follow();
    results.querySelector("a")?.focus();
  });
  follow();
}

field.value = new URLSearchParams(location.search).get("q") ?? "";
if (field.value === "" && matchMedia("(min-width: 45em)").matches) field.focus();
void start();
