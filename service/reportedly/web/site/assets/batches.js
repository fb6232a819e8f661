"use strict";
// Sends a file of articles, follows its progress, and hands out the results.
{
  const form = document.querySelector("[data-batches]");
  const list = document.querySelector("[data-jobs]");
  const problem = document.querySelector("[data-problem]");
  const template = document.getElementById("job");
  const named = (state) => document.querySelector(`[data-state="${state}"]`).textContent;

  const ask = async (path, options = {}) => {
    const key = document.getElementById("key")?.value;
    const headers = { ...options.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
    const answer = await fetch(path, { ...options, headers });
    if (answer.ok) return answer;
    const why = await answer.json().catch(() => ({ detail: answer.statusText, hint: "" }));
    throw new Error(`${why.detail}. ${why.hint}`);
  };
  const tell = (error) => { problem.textContent = error ? error.message : ""; problem.hidden = !error; };

  const show = (row, job) => {
    row.querySelector(".state").textContent = named(job.state);
    const of = job.expected === null ? "" : ` ${list.dataset.of} ${job.expected}`;
    row.querySelector(".count").textContent = `${job.done}${of} ${list.dataset.done}`;
    row.querySelector("code").textContent = job.id.slice(0, 8);
    const bar = row.querySelector("progress");
    if (job.expected) { bar.max = job.expected; bar.value = job.done; }
    const ended = !["waiting", "running"].includes(job.state);
    row.querySelector(".cancel").hidden = ended;
    row.querySelector(".results").hidden = !job.done;
    bar.hidden = ended;
    return ended;
  };

  const follow = async (row, job) => {
    if (show(row, job)) return;
    const answer = await ask(`/v1/batches/${job.id}/events`);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let held = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const events = (held + value).split("\n\n");
      held = events.pop();
      for (const event of events) {
        const data = event.split("\n").find((line) => line.startsWith("data: "));
        if (data) show(row, JSON.parse(data.slice(6)));
      }
    }
  };

  const add = (job) => {
    const row = template.content.cloneNode(true).querySelector("li");
    row.querySelector(".cancel").addEventListener("click", () => {
      ask(`/v1/batches/${job.id}`, { method: "DELETE" }).then((it) => it.json()).then((it) => show(row, it)).catch(tell);
    });
    row.querySelector(".results").addEventListener("click", async () => {
      try {
        const blob = await (await ask(`/v1/batches/${job.id}/results`)).blob();
        const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${job.id}.jsonl` });
        link.click();
        URL.revokeObjectURL(link.href);
      } catch (error) { tell(error); }
    });
    list.prepend(row);
    follow(row, job).catch(tell);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    tell(null);
    try {
      const engine = encodeURIComponent(document.getElementById("engine").value);
      const body = document.getElementById("file").files[0];
      const answer = await ask(`/v1/batches?engine=${engine}`, {
        method: "POST", body, headers: { "Content-Type": "application/x-ndjson" },
      });
      add(await answer.json());
    } catch (error) { tell(error); }
  });

  if (!document.getElementById("key")) {
    ask("/v1/batches").then((it) => it.json()).then((jobs) => jobs.reverse().forEach(add)).catch(tell);
  }
}
