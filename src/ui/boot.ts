/**
 * The second script of a lab's page, after the worker has begun to load: the page, which is readable already, gets its
 * behaviour; terminal and editor come as parts of their own.
 */
import { WorldClient } from "../worker/client.ts";
import { textOfPage } from "./text/page.ts";
import type { LabPage } from "../worker/protocol.ts";

const first = new WorldClient(window.leaklab.first);
const startWorker = () => new WorldClient(window.leaklab.start());
const data = document.getElementById("lab-page")?.textContent ?? "";
const page = JSON.parse(data) as LabPage;
const text = textOfPage();

// The terminal loads beside the page's behaviour, not after it, where it will be shown.
if (matchMedia("(min-width: 45em)").matches) void import("./workbench/terminal-binding.ts").catch(() => {});
void import("./workbench/start.tsx").then(({ start }) => start(page, text, first, startWorker));
