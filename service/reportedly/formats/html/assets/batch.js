// The table of many articles: sorted, searched and paged here; a report is unpacked when it is opened (#article-7).
function mountBatch(all) {
  const one = document.getElementById("one");
  const body = all.querySelector("#table tbody");
  if (!body) return;
  const PAGE = 50; // rows that are laid out at once
  const rows = [...body.rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));
  const search = all.querySelector("[data-search]");
  const outcome = all.querySelector("[data-outcome]");
  const shown = all.querySelector("[data-shown]");
  const pager = all.querySelector("[data-pager]");
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  let order = { key: "", down: false };
  let page = 0;

  const value = (row, key) => (key === "title" ? row.querySelector(".row-title").textContent : row.dataset[key]);
  const compare = (a, b) => {
    const [x, y] = [value(a.row, order.key), value(b.row, order.key)];
    const by = order.key === "title" || order.key === "outcome" ? collator.compare(x, y) : Number(x) - Number(y);
    return order.down ? -by : by;
  };
  const draw = (whole = false) => {
    const words = search.value.toLowerCase().trim();
    const hits = rows.filter((each) => (!outcome.value || each.row.dataset.outcome === outcome.value)
      && (!words || each.text.includes(words)));
    const sorted = order.key ? [...hits].sort(compare) : hits;
    const pages = Math.max(1, Math.ceil(sorted.length / PAGE));
    page = Math.min(page, pages - 1);
    const laidOut = whole ? sorted : sorted.slice(page * PAGE, (page + 1) * PAGE);
    body.replaceChildren(...laidOut.map((each) => each.row));
    const narrowed = hits.length < rows.length;
    shown.textContent = narrowed
      ? shown.dataset.shown.replace("{shown}", hits.length).replace("{total}", rows.length) : "";
    pager.hidden = pages < 2;
    const place = pager.querySelector("[data-page]");
    place.textContent = place.dataset.page.replace("{page}", page + 1).replace("{pages}", pages);
    for (const button of pager.querySelectorAll("button")) {
      const target = page + Number(button.dataset.step);
      button.disabled = target < 0 || target >= pages;
    }
  };

  for (const head of all.querySelectorAll("#table th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => {
      const key = head.dataset.sort;
      const numbers = key !== "title" && key !== "outcome"; // numbers begin with the largest
      order = { key, down: order.key === key ? !order.down : numbers };
      page = 0;
      for (const other of all.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      draw();
    });
    head.append(button);
  }
  for (const { row } of rows) {
    const title = row.querySelector("[data-open]");
    const link = document.createElement("a");
    link.href = `#article-${title.dataset.open}`;
    link.append(...title.childNodes);
    title.append(link);
  }
  const restart = () => { page = 0; draw(); };
  search.addEventListener("input", restart);
  outcome.addEventListener("change", restart);
  pager.addEventListener("click", (event) => {
    const step = Number(event.target.dataset.step || 0);
    if (!step) return;
    page += step;
    draw();
    document.getElementById("table").scrollIntoView();
  });

  addEventListener("beforeprint", () => draw(true));
  addEventListener("afterprint", () => draw());
  mountOpening(all, one);
  draw();
}

function mountOpening(all, one) {
  const place = one.querySelector("[data-report]");
  const progress = one.querySelector("[data-progress]");
  let open = "";
  const unpack = async (number) => {
    const packed = document.querySelector(`script[data-packed="${number}"]`);
    const bytes = Uint8Array.from(atob(packed.textContent), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new DOMParser().parseFromString(await new Response(stream).text(), "text/html");
  };
  const show = async (number) => {
    all.hidden = true;
    one.hidden = false;
    if (open !== number) {
      open = number;
      progress.textContent = progress.dataset.progress;
      place.replaceChildren();
      try {
        const unpacked = await unpack(number);
        if (open !== number) return;
        const report = place.cloneNode(false);
        report.append(...unpacked.body.childNodes);
        one.lastElementChild.replaceWith(report);
        progress.textContent = "";
        mountReport(report);
      } catch {
        progress.textContent = progress.dataset.failed;
        return;
      }
    }
    scrollTo(0, 0);
    const heading = one.querySelector("h1");
    if (heading) heading.focus({ preventScroll: true });
  };
  const home = (focus) => {
    const was = open;
    one.hidden = true;
    all.hidden = false;
    const link = was && all.querySelector(`a[href="#article-${was}"]`);
    if (focus && link) link.focus();
  };
  const route = (focus) => {
    const match = /^#article-(\d+)$/.exec(location.hash);
    if (match && document.querySelector(`script[data-packed="${match[1]}"]`)) show(match[1]);
    else if (["", "#all", "#table"].includes(location.hash)) home(focus);
  };
  addEventListener("hashchange", () => route(true));
  route(false);
}

for (const all of document.querySelectorAll("[data-batch]")) mountBatch(all);
