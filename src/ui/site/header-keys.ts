/** Keys of the header: "/" goes to the search field, Escape and a click elsewhere close the languages. */
const menu = document.getElementById("language-menu") as HTMLDetailsElement | null;

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

/** The field of a search page, else the one in the header, else the way to the search page. */
function searchPlace(): HTMLElement | null {
  const shown = (element: HTMLElement | null) => (element?.checkVisibility() ? element : null);
  return (
    shown(document.getElementById("search-field")) ??
    shown(document.getElementById("site-search")) ??
    shown(document.querySelector<HTMLElement>(".search-link"))
  );
}

document.addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === "/" && plain && !isField(event.target)) {
    event.preventDefault();
    searchPlace()?.focus();
  }
  if (event.key === "Escape" && menu?.open) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

document.addEventListener("click", (event) => {
  if (menu?.open && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
});
