"use strict";
// The form works without this; here it takes dropped files, an example, and says that it is busy.
{
  const form = document.querySelector("form.desk");
  const text = document.getElementById("text");
  const drop = document.querySelector("[data-drop]");

  if (form && form.dataset.busy) {
    const button = form.querySelector("button.do");
    const name = button.textContent;
    form.addEventListener("submit", (event) => {
      if (button.getAttribute("aria-disabled") === "true") { event.preventDefault(); return; }
      button.setAttribute("aria-disabled", "true");
      button.textContent = form.dataset.busy;
    });
    // The page may come back as it was left (back button).
    addEventListener("pageshow", () => { button.removeAttribute("aria-disabled"); button.textContent = name; });
  }

  if (drop && text) {
    const chosen = document.getElementById("file");
    const over = (on) => drop.classList.toggle("dropping", on);
    for (const kind of ["dragenter", "dragover"]) {
      drop.addEventListener(kind, (event) => { event.preventDefault(); over(true); });
    }
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => over(false));
    drop.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      chosen.files = event.dataTransfer.files;
      text.value = "";
      text.placeholder = chosen.files[0].name;
    });
  }

  for (const button of document.querySelectorAll("[data-example]")) {
    button.addEventListener("click", () => {
      text.value = button.dataset.example;
      const summary = document.getElementById("summary");
      if (summary && button.dataset.exampleSummary) summary.value = button.dataset.exampleSummary;
      text.focus();
    });
  }
}
