import { h } from "preact";
import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import { Markdown } from "./markdown.tsx";

const cases = [
  { name: "paragraphs", text: "one\ntwo\n\nthree", html: "<p>one two</p><p>three</p>" },
  { name: "heading", text: "# Head\ntext", html: "<h2>Head</h2><p>text</p>" },
  {
    name: "lists",
    text: "- a\n- b\n  c\n\n1. x\n2. y",
    html: "<ul><li>a</li><li>b c</li></ul><ol><li>x</li><li>y</li></ol>",
  },
  {
    name: "inline",
    text: "`a*b*` **b** *c*",
    html: "<p><code>a*b*</code> <strong>b</strong> <em>c</em></p>",
  },
  { name: "link", text: "[x](https://a.test/)", html: '<p><a href="https://a.test/">x</a></p>' },
  { name: "hostile link", text: "[x](javascript:alert)", html: "<p><a>x</a></p>" },
  { name: "hostile html", text: "<img src=x onerror=y>", html: "<p>&lt;img src=x onerror=y></p>" },
  {
    name: "a short command keeps to one line",
    text: "`git add .` `git log --all --oneline -- src`",
    html: '<p><code class="whole">git add .</code> <code>git log <span class="word">--all</span> <span class="word">--oneline</span> <span class="word">--</span> src</code></p>',
  },
  { name: "fence", text: "```\n# a\n\n- b\n```", html: '<pre tabindex="0"><code># a\n\n- b</code></pre>' },
  {
    name: "a fence within a list, which goes on behind it",
    text: "4. x\n\n   ```sh\n   a\n     b\n c\n\n   ```\n5. y",
    html: '<ol start="4"><li>x</li></ol><pre tabindex="0"><code>a\n  b\nc\n</code></pre><ol start="5"><li>y</li></ol>',
  },
];

test.each(cases)("$name", ({ text, html }) => {
  expect(render(h(Markdown, { text }))).toBe(html);
});
