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

chooseTheme();
lightUp();
