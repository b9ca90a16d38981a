"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const sentences = [...document.querySelectorAll("a.s")];
  const proofs = [...document.querySelectorAll("article.proof")];
  const panel = document.getElementById("proofs");
  let current = null;

  const show = (sentence, focus) => {
    for (const s of sentences) s.removeAttribute("aria-current");
    for (const p of proofs) p.classList.remove("on");
    current = sentence;
    root.classList.toggle("open", Boolean(sentence));
    if (!sentence) return;
    sentence.setAttribute("aria-current", "true");
    const proof = document.getElementById(sentence.hash.slice(1));
    proof.classList.add("on");
    panel.scrollTop = 0;
    if (focus) sentence.focus();
  };
  const wide = () => matchMedia("(min-width: 56rem)").matches;
  const step = (by) => {
    const at = sentences.indexOf(current) + by;
    if (sentences[at]) show(sentences[at], true);
  };

  for (const s of sentences) s.addEventListener("click", (e) => { e.preventDefault(); show(s, false); });
  for (const a of document.querySelectorAll("a.to-sentence")) {
    a.addEventListener("click", (e) => {
      e.preventDefault();
      const s = document.getElementById(a.hash.slice(1));
      show(s, true);
      s.scrollIntoView({ block: "center" });
    });
  }
  document.getElementById("close")?.addEventListener("click", () => { const s = current; show(null, false); s?.focus(); });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && current) { const s = current; show(null, false); s.focus(); }
    if (!document.activeElement?.classList.contains("s")) return;
    if (e.key === "ArrowDown" || e.key === "j") { e.preventDefault(); step(1); }
    if (e.key === "ArrowUp" || e.key === "k") { e.preventDefault(); step(-1); }
    if (e.key === " ") { e.preventDefault(); show(document.activeElement, false); }
  });

  const select = (pre) => {
    const range = document.createRange();
    range.selectNodeContents(pre);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  for (const b of document.querySelectorAll("button.copy")) {
    const label = b.textContent;
    b.hidden = false;
    b.addEventListener("click", async () => {
      const pre = document.getElementById(b.dataset.of);
      try {
        await navigator.clipboard.writeText(pre.textContent);
        b.textContent = "Copied";
      } catch {
        select(pre);
        b.textContent = "Selected: press Ctrl+C";
      }
      setTimeout(() => { b.textContent = label; }, 2500);
    });
  }
  if (wide()) {
    show(sentences.find((s) => s.classList.contains("gap") || s.classList.contains("fault")) || sentences[0] || null, false);
  }
})();
