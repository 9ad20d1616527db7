// The keys of the review, and choosing words in a passage. Without this script, every page still does all its work.

const typing = (element) => element.closest?.("input:not([type=hidden]), textarea, select, [contenteditable]");

function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target || target.hidden) return;
    event.preventDefault();
    if (event.repeat) return; // a key held down decides once
    if (target instanceof HTMLDetailsElement) {
      target.open = true;
      (target.querySelector("button") || target.querySelector("input:not([type=hidden])")).focus();
    } else target.click();
  });
  for (const button of document.querySelectorAll("[data-opens]")) {
    button.hidden = false;
    button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
  }
  // One press is one decision, however slow the answer.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
    });
  }
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
}

// Words of the passage become choosable; places are code points of the document, as the server counts them.
function split(line) {
  let at = Number(line.dataset.start);
  const parts = line.textContent.match(/\s+|[\p{L}\p{N}\p{M}’'-]+|[^\s\p{L}\p{N}\p{M}]/gu) || [];
  line.textContent = "";
  for (const part of parts) {
    const end = at + [...part].length;
    if (/^\s/u.test(part)) line.append(part);
    else {
      const word = document.createElement("span");
      word.textContent = part;
      word.dataset.w = at;
      word.dataset.end = end;
      word.tabIndex = -1;
      line.append(word);
    }
    at = end;
  }
}

function editWords() {
  const passage = document.querySelector("[data-words]");
  if (!passage) return;
  const form = document.querySelector("[data-spans]");
  const said = form.querySelector("[data-said]");
  document.querySelectorAll("[data-scripted]").forEach((each) => (each.hidden = false));
  passage.querySelectorAll("[data-start]").forEach(split);
  const words = [...passage.querySelectorAll("[data-w]")];
  const place = (word) => [Number(word.dataset.w), Number(word.dataset.end)];
  const roles = ["content", "source", "cue"];
  const field = (role) => form.querySelector(`[data-role=${role}]`);
  const spans = Object.fromEntries(roles.map((role) => [role, JSON.parse(field(role).dataset.now)]));
  let from = 0;
  let to = 0;

  const within = (word, role) => {
    const [start, end] = place(word);
    return spans[role].some(([a, b]) => a < end && start < b);
  };
  const draw = () => {
    for (const word of words) for (const role of roles) word.classList.toggle(role, within(word, role));
  };
  const choose = (first, last, focus = true) => {
    [from, to] = [first, last];
    const [low, high] = [Math.min(first, last), Math.max(first, last)];
    words.forEach((word, at) => {
      word.classList.toggle("chosen", low <= at && at <= high);
      word.tabIndex = at === last ? 0 : -1;
    });
    if (focus) words[last]?.focus();
  };
  const textOf = ([start, end]) => {
    // The stretch as it stands, white space included: the text of its paragraphs from the first word to the last.
    const inside = words.filter((word) => place(word)[0] >= start && place(word)[1] <= end);
    if (!inside.length) return "";
    const range = document.createRange();
    range.setStartBefore(inside[0]);
    range.setEndAfter(inside.at(-1));
    return range.toString();
  };
  const assign = (role, more) => {
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    const span = [place(words[low])[0], place(words[high])[1]];
    const rest = more ? spans[role].filter(([a, b]) => b <= span[0] || span[1] <= a) : [];
    spans[role] = [...rest, span].sort((a, b) => a[0] - b[0]);
    field(role).value = JSON.stringify(spans[role]);
    form.elements[role].value = spans[role].map(textOf).join(" … ");
    said.textContent = `${role}: ${form.elements[role].value}`;
    draw();
  };
  // Typed words count again once somebody types them.
  for (const role of roles) form.elements[role].addEventListener("input", () => (field(role).value = ""));

  passage.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    const role = roles[Number(event.code?.replace(/^(Digit|Numpad)/, "")) - 1];
    if (step) {
      const next = Math.min(words.length - 1, Math.max(0, to + step * (getComputedStyle(event.target).direction === "rtl" && Math.abs(step) === 1 ? -1 : 1)));
      choose(event.shiftKey ? from : next, next);
    } else if (event.key === "Home" || event.key === "End") {
      const next = event.key === "Home" ? 0 : words.length - 1;
      choose(event.shiftKey ? from : next, next);
    } else if (role) assign(role, event.ctrlKey);
    else if (event.key === "Enter") form.requestSubmit();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("[data-leave]").click();
  });
  passage.addEventListener("focusin", (event) => {
    const at = words.indexOf(event.target);
    if (at >= 0 && at !== to) choose(at, at, false);
  });
  passage.addEventListener("mouseup", () => {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    const hit = words.map((word, at) => (chosen.getRangeAt(0).intersectsNode(word.firstChild) ? at : -1)).filter((at) => at >= 0);
    if (hit.length) {
      chosen.removeAllRanges();
      choose(hit[0], hit.at(-1));
    }
  });
  passage.addEventListener("click", (event) => {
    const at = words.indexOf(event.target);
    if (at >= 0) choose(event.shiftKey ? from : at, at);
  });

  const bar = document.createElement("p");
  bar.className = "choices";
  for (const [at, role] of roles.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Chosen words are the ${role}`;
    button.append(Object.assign(document.createElement("kbd"), { textContent: at + 1 }));
    button.addEventListener("click", (event) => assign(role, event.ctrlKey));
    bar.append(button);
  }
  passage.after(bar);
  const first = words.findIndex((word) => within(word, "content"));
  const last = words.findLastIndex((word) => within(word, "content"));
  draw();
  choose(Math.max(0, first), Math.max(0, last));
}

listen();
editWords();
