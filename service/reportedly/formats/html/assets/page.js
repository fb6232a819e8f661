"use strict";
// The theme, kept for the next visit where the browser lets a page keep anything (a file may not).
{
  const root = document.documentElement;
  root.classList.add("script");
  const kept = {
    get: () => { try { return localStorage.getItem("reportedly-theme"); } catch { return null; } },
    set: (value) => { try { localStorage.setItem("reportedly-theme", value); } catch { /* not allowed here */ } },
  };
  const apply = (choice) => {
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    else delete root.dataset.theme;
  };
  const choices = document.querySelectorAll('input[name="theme"]');
  for (const input of choices) {
    if (input.value === kept.get()) input.checked = true;
    input.addEventListener("change", () => { apply(input.value); kept.set(input.value); });
  }
  apply(kept.get());
}
