// What a page does beyond being read: passage and note light up together, and the theme can be chosen.

const root = document.documentElement;

function chooseTheme() {
  const button = document.querySelector("[data-theme-toggle]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = root.dataset.theme || (dark ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    document.cookie = `onrecord_theme=${root.dataset.theme}; Path=/; Max-Age=31536000; SameSite=Strict`;
  });
}

// Every element that belongs to a statement names it in data-s; an element may belong to several.
function lightUp() {
  if (!document.querySelector("[data-s]")) return;
  const parts = new Map();
  for (const element of document.querySelectorAll("[data-s]")) {
    for (const label of element.dataset.s.split(" ")) {
      if (!parts.has(label)) parts.set(label, []);
      parts.get(label).push(element);
    }
  }
  let lit = [];
  const light = (event) => {
    const element = event.target.closest?.("[data-s]");
    for (const each of lit) each.classList.remove("lit");
    lit = element ? element.dataset.s.split(" ").flatMap((label) => parts.get(label)) : [];
    for (const each of lit) each.classList.add("lit");
  };
  for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, light);
}

// Files dropped on the form are chosen in it, and sent with it.
function takeDrops() {
  const form = document.querySelector("[data-drop]");
  const input = form?.querySelector("input[type=file]");
  if (!input) return;
  const said = form.querySelector("[data-dropped]");
  const tell = () => {
    said.textContent = [...input.files].map((file) => file.name).join(", ");
  };
  input.addEventListener("change", tell);
  for (const kind of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.classList.toggle("over", kind === "dragover");
      if (kind === "drop") {
        input.files = event.dataTransfer.files;
        tell();
      }
    });
  }
}

async function followJob() {
  const place = document.querySelector("[data-job]");
  if (!place) return;
  for (;;) {
    await new Promise((done) => setTimeout(done, 700));
    const answer = await fetch(place.dataset.job, { headers: { accept: "application/json" } });
    if (!answer.ok) return location.reload();
    const job = await answer.json();
    place.querySelector("[data-job-words]").textContent = job.words;
    place.querySelector("[data-job-counts]").textContent = `${job.read} documents, ${job.statements} statements`;
    if (job.over) return location.reload();
  }
}

function offerCopies() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "Copied";
    });
  }
}

chooseTheme();
offerCopies();
takeDrops();
followJob();
lightUp();
