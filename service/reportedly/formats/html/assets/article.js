// Lights what belongs together, says why, and filters. Elements say what they belong to (data-on) and what they light
// (data-lights) by tokens: s4 is sentence 4, b4 a summary sentence that rests on it, c2 claim 2, f1 finding 1.
function mountReport(report) {
  const tokens = (element, name) => (element.dataset[name] || "").split(" ").filter(Boolean);
  const byToken = new Map();
  for (const element of report.querySelectorAll("[data-on]"))
    for (const token of tokens(element, "on")) byToken.set(token, [...(byToken.get(token) || []), element]);

  let lit = [];
  const light = (trigger) => {
    for (const element of lit) element.classList.remove("lit");
    lit = trigger ? tokens(trigger, "lights").flatMap((token) => byToken.get(token) || []) : [];
    for (const element of lit) element.classList.add("lit");
  };

  const why = report.querySelector("[data-why]");
  const whyText = why && why.querySelector("[data-why-text]");
  const explain = (claim) => {
    const note = claim && report.querySelector(`[data-note="${CSS.escape(claim)}"]`);
    if (!note || whyText.dataset.shows === claim) return note && why.classList.add("open");
    const parts = [".verdict", ".because"].map((part) => note.querySelector(part).cloneNode(true));
    for (const part of parts) part.removeAttribute("id");
    whyText.dataset.shows = claim;
    whyText.replaceChildren(...parts);
    why.classList.add("open");
  };
  const claimOf = (target) => {
    const run = target.closest("[data-c]");
    if (run) return run.dataset.c;
    const mark = target.closest(".mark");
    return mark ? mark.hash.slice(2) : null;
  };
  const shut = () => why && why.classList.remove("open");

  const follow = (event) => {
    light(event.target.closest("[data-lights]"));
    explain(claimOf(event.target));
  };
  report.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch") follow(event); });
  report.addEventListener("pointerleave", () => light(null));
  report.addEventListener("focusin", follow);
  report.addEventListener("click", follow);
  report.addEventListener("focusout", (event) => { if (!event.relatedTarget) light(null); });
  report.addEventListener("keydown", (event) => { if (event.key === "Escape") { shut(); light(null); } });
  if (why) why.querySelector("[data-why-close]").addEventListener("click", (event) => { event.stopPropagation(); shut(); });

  mountFilter(report);
}

function mountFilter(report) {
  const legend = report.querySelector("[data-filter-status]");
  if (!legend) return;
  const source = report.querySelector("[data-filter-source]");
  const finding = report.querySelector("[data-filter-finding]");
  const reset = report.querySelector("[data-filter-reset]");
  const shown = report.querySelector("[data-shown]");
  const notes = [...report.querySelectorAll("[data-note]")];
  const chips = new Map();
  const wanted = new Set();

  const fits = (note) => {
    const codes = note.dataset.codes.split(" ").filter(Boolean);
    const code = finding ? finding.value : "";
    return (!wanted.size || wanted.has(note.dataset.status))
      && (!source.value || source.value === note.dataset.source)
      && (!code || (code === "*" ? codes.length > 0 : code === "-" ? !codes.length : codes.includes(code)));
  };
  const apply = () => {
    const filtered = Boolean(wanted.size || source.value || (finding && finding.value));
    const inside = new Set(notes.filter(fits).map((note) => note.dataset.note));
    for (const note of notes) note.hidden = filtered && !inside.has(note.dataset.note);
    for (const run of report.querySelectorAll("[data-c]")) run.classList.toggle("in", inside.has(run.dataset.c));
    for (const mark of report.querySelectorAll(".mark")) mark.classList.toggle("in", inside.has(mark.hash.slice(2)));
    report.classList.toggle("filtered", filtered);
    reset.hidden = !filtered;
    shown.textContent = filtered
      ? shown.dataset.shown.replace("{shown}", inside.size).replace("{total}", notes.length) : "";
    for (const [status, chip] of chips) chip.setAttribute("aria-pressed", String(wanted.has(status)));
  };
  for (const item of legend.children) {
    const status = item.dataset.status;
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.append(...item.firstElementChild.childNodes);
    chip.addEventListener("click", () => { wanted[wanted.has(status) ? "delete" : "add"](status); apply(); });
    chips.set(status, chip);
    item.replaceChildren(chip);
  }
  source.addEventListener("change", apply);
  if (finding) finding.addEventListener("change", apply);
  reset.addEventListener("click", () => {
    wanted.clear();
    source.value = "";
    if (finding) finding.value = "";
    apply();
    legend.querySelector("button").focus();
  });
  apply();
}

for (const report of document.querySelectorAll("main[data-report]")) mountReport(report);
