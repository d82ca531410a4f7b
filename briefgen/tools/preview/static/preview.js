// The preview's page: shows the documents that were chosen, and follows the events of the server.

const at = (id) => document.getElementById(id);
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const SCALE = Math.min(3, Math.max(1, Math.ceil(window.devicePixelRatio || 1)));
const WORDS = { html: "screen", pdf: "paper" };
const BLOCKS = "[data-origin]";

let known = null; // what there is to look at
let chosen = null; // what is looked at
let stream = null;
let learning = 0; // the timer after which it is asked what there is now
const panes = new Map(); // by language and day
let found = { view: [], checks: [], others: [] };
let isOfBefore = false; // the checks that are told; a page is shown before it is looked through
let dismissed = "";

// ---- what is looked at: kept in the address, so that a reload and a bookmark show the same

function readAddress() {
  const asked = new URLSearchParams(location.search);
  const among = (value, names) => (names.includes(value) ? value : names[0]);
  const formats = known.formats.filter((each) => !each.trouble).map((each) => each.name);
  const codes = known.languages.map((each) => each.code);
  const languages = codes.filter((code) => asked.getAll("language").includes(code));
  return {
    partnership: among(asked.get("partnership"), known.partnerships),
    document: among(asked.get("document"), known.documents),
    format: among(asked.get("format"), formats),
    languages: languages.length ? languages : codes.slice(0, 2),
    days: asked.getAll("day").length ? asked.getAll("day") : [""],
  };
}

function query() {
  const asked = new URLSearchParams({
    partnership: chosen.partnership,
    document: chosen.document,
    format: chosen.format,
  });
  for (const code of chosen.languages) asked.append("language", code);
  for (const day of chosen.days) asked.append("day", day);
  return asked;
}

async function start() {
  known = await (await fetch("/what-there-is")).json();
  if (known.trouble) {
    showFindings("view", known.trouble);
    setTimeout(start, 1000); // no documents are known before the settings can be read
    return;
  }
  showFindings("view", []);
  chosen = readAddress();
  drawChoices();
  look();
}

async function learnAnew() {
  const now = await (await fetch("/what-there-is")).json();
  if (now.trouble || JSON.stringify(now) === JSON.stringify(known)) return;
  known = now;
  chosen = readAddress();
  drawChoices();
  look();
}

function look() {
  const asked = query();
  history.replaceState(null, "", `?${asked}`);
  drawPanes();
  say("Making it …"); // it may wait for what was asked before
  stream?.close();
  stream = new EventSource(`/events?${asked}`);
  stream.addEventListener("busy", () => {
    clearTimeout(learning);
    say("Making it again …");
  });
  stream.addEventListener("pane", (event) => fill(JSON.parse(event.data)));
  stream.addEventListener("findings", (event) => {
    const { of, found, seconds } = JSON.parse(event.data);
    if (of === "view") say(`${found.some(isError) ? "Not all could be made" : "Up to date"} (${seconds.toFixed(2)} s)`);
    showFindings(of, found);
    if (of === "view") learning = setTimeout(learnAnew, 1000); // when nothing is made, which it would delay
  });
  stream.onerror = () => say("The preview has ended, or is busy; it is tried again.");
}

function say(words) {
  at("status").textContent = words;
}

// ---- what readers would be told if it were built now

at("close-ahead").onclick = () => at("ahead").close();
at("show-ahead").onclick = async () => {
  at("ahead-sentence").textContent = "All documents are made and compared with the newest edition …";
  at("ahead-text").replaceChildren();
  at("ahead").showModal();
  const told = await (await fetch(`/ahead?${new URLSearchParams({ partnership: chosen?.partnership ?? "" })}`)).json();
  at("ahead-sentence").textContent = told.sentence;
  const list = (title, lines) =>
    lines.length ? [make("h3", {}, title), make("ul", {}, ...lines.map((line) => make("li", {}, line)))] : [];
  at("ahead-text").replaceChildren(
    ...list("What is wrong", told.found.map((each) => `${each.place}: ${each.message}`)),
    ...list("Lines of the change sheet", told.lines),
    ...list("Documents that would say something else", told.documents.map((each) => `${each.name}: ${each.where}`)),
  );
};

// ---- the choices

function drawChoices() {
  at("workspace").textContent = `of ${known.workspace}`;
  drawSelect("partnership", known.partnerships);
  drawSelect("document", known.documents);
  at("partnership-choice").hidden = known.partnerships.length < 2;
  const formats = known.formats.map((each) =>
    choice("radio", "format", each.name, WORDS[each.name] ?? each.name, chosen.format === each.name, (box) => {
      chosen.format = box.value;
    }, each.trouble));
  at("formats").replaceChildren(at("formats").firstElementChild, ...formats);
  const languages = known.languages.map((each) =>
    choice("checkbox", "language", each.code, make("span", { lang: each.tag }, each.name),
      chosen.languages.includes(each.code), () => {
        const codes = [...document.querySelectorAll("input[name=language]:checked")].map((box) => box.value);
        chosen.languages = codes.length ? codes : [each.code];
        if (!codes.length) drawChoices();
      }));
  at("languages").replaceChildren(at("languages").firstElementChild, ...languages);
  drawDays();
}

function drawSelect(id, names) {
  const select = at(id);
  select.replaceChildren(...names.map((name) => make("option", { value: name }, name)));
  select.value = chosen[id];
  select.onchange = () => {
    chosen[id] = select.value;
    look();
  };
}

function choice(type, name, value, words, checked, change, trouble = "") {
  const box = make("input", { type, name, value });
  box.checked = checked;
  box.disabled = Boolean(trouble);
  box.onchange = () => {
    change(box);
    look();
  };
  return make("label", trouble ? { title: trouble } : {}, box, " ", words);
}

const DAY = 24 * 3600 * 1000;
const number = (day) => Math.round((Date.parse(day || known.today) - Date.parse(known.first_day)) / DAY);
const dayOf = (steps) => new Date(Date.parse(known.first_day) + steps * DAY).toISOString().slice(0, 10);

function drawDays() {
  const rows = chosen.days.map((day, place) => {
    const shown = make("output", {}, day || "today");
    const slider = make("input", {
      type: "range", min: 0, max: number(known.last_day), step: 1, "aria-label": `Day of pane ${place + 1}`,
    });
    slider.value = number(day);
    slider.setAttribute("aria-valuetext", day || "today");
    slider.oninput = () => {
      const picked = dayOf(Number(slider.value));
      shown.textContent = picked === known.today ? "today" : picked;
      slider.setAttribute("aria-valuetext", shown.textContent);
      clearTimeout(slider.waiting);
      slider.waiting = setTimeout(() => {
        chosen.days[place] = picked === known.today ? "" : picked;
        look();
      }, 150);
    };
    const row = make("span", { class: "day" }, slider, shown);
    if (chosen.days.length > 1) {
      const away = make("button", { type: "button", "aria-label": `Take day ${place + 1} away` }, "×");
      away.onclick = () => changeDays(chosen.days.filter((_, other) => other !== place));
      row.append(away);
    }
    return row;
  });
  const more = make("button", { type: "button" }, "Add a day");
  more.onclick = () => changeDays([...chosen.days, dayOf(Math.round(number(known.today) / 2))]);
  more.disabled = chosen.days.length >= 3;
  at("days").replaceChildren(at("days").firstElementChild, ...rows, more);
}

function changeDays(days) {
  chosen.days = days;
  drawDays();
  look();
}

// ---- the panes

const nameOf = (language, day) => `${language} ${day}`;

function drawPanes() {
  const kind = `${chosen.partnership} ${chosen.document} ${chosen.format}`;
  const wanted = chosen.days.flatMap((day, place) => chosen.languages.map((code) => [code, day, place]));
  const drawn = new Map();
  for (const [code, day, place] of wanted) {
    const name = nameOf(code, day);
    // a slider that moves takes its pane along, so that the last good page stays until the next one is made
    const old = panes.get(name) ?? [...panes.values()].find((each) => each.code === code && each.place === place);
    const pane = old && old.kind === kind && ![...drawn.values()].includes(old) ? old : newPane(kind, code);
    pane.place = place;
    if (pane.day !== day) Object.assign(pane, { day, version: "" });
    pane.head.lastChild.textContent = ` – ${day || "today"}`;
    drawn.set(name, pane);
  }
  panes.clear();
  for (const [name, pane] of drawn) panes.set(name, pane);
  const elements = [...drawn.values()].map((pane) => pane.element);
  const there = [...at("panes").children];
  if (there.length !== elements.length || there.some((each, place) => each !== elements[place])) {
    at("panes").replaceChildren(...elements);
  }
}

function newPane(kind, code) {
  const language = known.languages.find((each) => each.code === code);
  const head = make("h2", {}, make("span", { lang: language.tag }, language.name), "");
  const stage = make("div", { class: "stage" });
  const element = make("article", { class: "pane" }, head, stage);
  const pane = { kind, code, head, stage, element, day: null, version: "", places: null };
  if (chosen.format === "pdf") {
    stage.tabIndex = 0;
    stage.setAttribute("role", "region");
    stage.setAttribute("aria-label", `${chosen.document}, ${code}, on paper`);
    stage.onscroll = () => keepPlace(pane, { top: stage.scrollTop });
    stage.onclick = (event) => chooseOnPaper(pane, event);
    stage.onkeydown = (event) => onKey(event, pane);
  }
  return pane;
}

function fill(news) {
  const pane = panes.get(nameOf(news.language, news.day));
  if (!pane || pane.version === news.version) return;
  Object.assign(pane, { version: news.version, address: news.address, places: null });
  if (news.pages) fillPaper(pane, news);
  else fillScreen(pane, news);
}

const keyOf = (pane) => `place of ${pane.kind} ${pane.code} ${pane.place}`;
const keepPlace = (pane, place) => sessionStorage.setItem(keyOf(pane), JSON.stringify(place));
const placeOf = (pane) => JSON.parse(sessionStorage.getItem(keyOf(pane)) ?? "{}");

function fillScreen(pane, news) {
  for (const waiting of pane.stage.querySelectorAll(".coming")) waiting.remove();
  const frame = make("iframe", {
    class: "coming", sandbox: "allow-same-origin", src: `/document/${news.address}?${news.version}`,
    title: `${chosen.document}, ${pane.code}, on screen`,
  });
  frame.onload = () => {
    const inner = frame.contentDocument;
    if (!inner || pane.version !== news.version) return;
    goTo(inner, placeOf(pane));
    for (const other of pane.stage.querySelectorAll("iframe")) if (other !== frame) other.remove();
    frame.classList.remove("coming");
    frame.dataset.version = news.version;
    frame.title = `${inner.title} (${pane.code})`;
    inner.addEventListener("scroll", () => keepPlace(pane, placeIn(inner)), { passive: true });
    inner.addEventListener("click", (event) => chooseOnScreen(pane, event));
    inner.addEventListener("keydown", (event) => onKey(event, pane));
  };
  pane.stage.append(frame);
}

// A place is the first element of a fact, or with an id, that is in sight, and how far it is from the top.
function placeIn(inner) {
  const marked = [...inner.querySelectorAll("[data-fact], [id]")];
  const first = marked.find((each) => each.getBoundingClientRect().bottom > 0);
  if (!first) return { y: inner.documentElement.scrollTop };
  const key = first.id ? { id: first.id } : { fact: first.dataset.fact };
  const same = key.fact ? marked.filter((each) => each.dataset.fact === key.fact) : [];
  return { ...key, nth: same.indexOf(first), from: first.getBoundingClientRect().top, y: inner.documentElement.scrollTop };
}

function goTo(inner, place) {
  const top = inner.defaultView;
  if (!place.y) return;
  top.scrollTo({ top: place.y, behavior: "instant" });
  const same = place.id
    ? [inner.getElementById(place.id)]
    : [...inner.querySelectorAll(`[data-fact="${CSS.escape(place.fact ?? "")}"]`)];
  const element = same[place.id ? 0 : place.nth];
  if (element) top.scrollBy({ top: element.getBoundingClientRect().top - place.from, behavior: "instant" });
}

function fillPaper(pane, news) {
  const link = pane.head.querySelector("a") ?? make("a", { target: "_blank", rel: "noopener" }, "Open the PDF");
  link.href = `/document/${news.address}`;
  pane.head.insertBefore(link, pane.head.lastChild);
  const sheets = [...pane.stage.children];
  const first = !sheets.length;
  news.pages.forEach(([width, height], index) => {
    const sheet = sheets[index] ?? make("div", { class: "sheet" });
    sheet.style.aspectRatio = `${width} / ${height}`;
    sheet.dataset.width = width;
    sheet.querySelectorAll(".chosen").forEach((each) => each.remove());
    const picture = new Image();
    picture.alt = `Page ${index + 1} of ${news.pages.length}`;
    picture.src = `/picture/${news.address}/${index + 1}/${SCALE}?${news.version}`;
    picture.decode().catch(() => {}).then(() => {
      if (pane.version !== news.version) return;
      sheet.querySelector("img")?.remove();
      sheet.prepend(picture);
      sheet.dataset.version = news.version;
    });
    if (!sheets[index]) pane.stage.append(sheet);
  });
  sheets.slice(news.pages.length).forEach((sheet) => sheet.remove());
  if (first) pane.stage.scrollTop = placeOf(pane).top ?? 0;
}

// ---- where a paragraph comes from

let selected = null; // { pane, element } on screen, or { pane, place } on paper

function chooseOnScreen(pane, event) {
  const link = event.target.closest("a[href]");
  if (link) {
    const address = link.getAttribute("href");
    if (address.startsWith("#")) return;
    event.preventDefault();
    window.open(link.href, "_blank", "noopener");
    return;
  }
  const element = event.target.closest(BLOCKS);
  if (element) selectElement(pane, element);
}

function selectElement(pane, element) {
  unmark();
  selected = { pane, element };
  element.style.outline = "2px solid #12436d";
  element.scrollIntoView({ block: "nearest" });
  const origins = [];
  for (let each = element; each; each = each.parentElement) if (each.dataset.origin) origins.push(each.dataset.origin);
  tellOrigin(element.closest("[data-fact]")?.dataset.fact ?? "", origins);
}

async function chooseOnPaper(pane, event) {
  const sheet = event.target.closest(".sheet");
  if (!sheet) return;
  const box = sheet.getBoundingClientRect();
  const zoom = box.width / Number(sheet.dataset.width);
  const [x, y] = [(event.clientX - box.left) / zoom, (event.clientY - box.top) / zoom];
  const page = [...pane.stage.children].indexOf(sheet) + 1;
  const places = await placesOf(pane);
  const distance = ({ box: [left, top, right, bottom] }) =>
    Math.max(left - x, x - right, 0) + Math.max(top - 4 - y, y - bottom - 4, 0);
  const near = places.filter((each) => each.page === page && distance(each) < 12);
  near.sort((one, other) => distance(one) - distance(other));
  if (near.length) selectPlace(pane, near[0]);
}

async function placesOf(pane) {
  const { version } = pane;
  const places = pane.places ?? (await (await fetch(`/places/${pane.address}`)).json());
  if (pane.version === version) pane.places = places; // those of another version would stay else
  return places;
}

function selectPlace(pane, place) {
  unmark();
  selected = { pane, place };
  const sheet = pane.stage.children[place.page - 1];
  const percent = (value, whole) => `${(100 * value) / whole}%`;
  const width = Number(sheet.dataset.width);
  const height = (width * sheet.clientHeight) / sheet.clientWidth;
  const [left, top, right, bottom] = place.box;
  const mark = make("div", { class: "chosen" });
  Object.assign(mark.style, {
    left: percent(left - 2, width), top: percent(top - 3, height),
    width: percent(right - left + 4, width), height: percent(bottom - top + 6, height),
  });
  sheet.append(mark);
  mark.scrollIntoView({ block: "nearest" });
  tellOrigin(place.fact, place.origins);
}

function unmark() {
  if (selected?.element) selected.element.style.outline = "";
  document.querySelectorAll(".chosen").forEach((each) => each.remove());
}

async function tellOrigin(fact, origins) {
  const asked = new URLSearchParams({ partnership: chosen.partnership, fact });
  for (const each of origins) asked.append("origin", each);
  const about = selected;
  const { fact: factPlace, templates } = await (await fetch(`/where-from?${asked}`)).json();
  if (selected !== about) return; // something else was chosen since, or nothing
  const list = make("dl");
  if (factPlace) list.append(make("dt", {}, `Fact ${factPlace.id}`), make("dd", {}, placeLink(factPlace)));
  else list.append(make("dt", {}, "No fact"), make("dd", {}, "This text is of the template alone."));
  const [first, ...around] = templates;
  if (first) {
    list.append(make("dt", {}, "Template"), make("dd", {}, placeLink(first), make("pre", {}, first.source.trim())));
    if (first.eject) list.append(make("dd", {}, "To change it, get a copy of your own: ", make("code", {}, first.eject)));
  }
  const others = around.filter((each, index) => each.file !== (around[index - 1] ?? first)?.file);
  if (others.length) list.append(make("dt", {}, "Which stands in"), ...others.map((each) => make("dd", {}, placeLink(each))));
  at("origin-text").replaceChildren(list);
  at("origin").hidden = false;
}

async function step(by) {
  const pane = selected?.pane ?? panes.values().next().value;
  if (!pane) return;
  if (chosen.format === "pdf") {
    const places = await placesOf(pane);
    const next = Math.max(0, Math.min(places.length - 1, (selected?.place ? places.indexOf(selected.place) : -1) + by));
    if (places.length) selectPlace(pane, places[next]);
    return;
  }
  const inner = pane.stage.querySelector("iframe:not(.coming)")?.contentDocument;
  const blocks = inner ? [...inner.querySelectorAll("h1, h2, h3, p, li, td, th, dd, dt")] : [];
  const marked = blocks.filter((each) => each.dataset.origin && each.textContent.trim());
  const here = selected?.element ? marked.findIndex((each) => each === selected.element) : -1;
  const next = Math.max(0, Math.min(marked.length - 1, here + by));
  if (marked.length) selectElement(pane, marked[next]);
}

// ---- what is wrong

const isError = (each) => each.severity === "error";

function showFindings(of, list) {
  if (of === "view") {
    // what the page shows no longer, its checks have found before the last save
    const mended = found.view.filter((each) => !list.some((other) => same(each, other)));
    found.checks = found.checks.filter((each) => !mended.some((other) => same(each, other)));
    found.others = found.others.filter((each) => list.some((other) => same(each, other)));
  }
  found[of] = list;
  isOfBefore = of === "view" ? chosen?.format === "html" : isOfBefore && of !== "checks";
  const all = allFound();
  const errors = all.filter(isError);
  const counted = [[errors.length, "error"], [all.length - errors.length, "warning"]]
    .filter(([count]) => count).map(([count, word]) => `${count} ${word}${count > 1 ? "s" : ""}`).join(", ");
  at("show-findings").hidden = !all.length;
  at("show-findings").textContent = counted;
  at("findings-title").textContent = counted ? `What is wrong: ${counted}` : "Nothing is wrong";
  at("findings-note").textContent = noteOn(errors);
  at("findings-list").replaceChildren(...all.map(findingRow));
  const now = errorsOf(all);
  if (!all.length) at("findings").hidden = true;
  else if (errors.length && now !== dismissed) at("findings").hidden = false;
  else if (!errors.length) at("findings").hidden = true;
  if (!errors.length) dismissed = "";
}

function noteOn(errors) {
  if (!errors.length) return "The pages are made all the same.";
  if (isOfBefore && !found.view.some(isError)) {
    return "So it was at the save before; what is shown now is being looked through.";
  }
  return `A build would stop here. ${hasPage() ? "Beneath is the last good page." : "There is no good page to show yet."}`;
}

const hasPage = () => [...panes.values()].some((each) => each.version);

const same = (one, other) => one.place === other.place && one.code === other.code && one.message === other.message;

// A page and a check may find the same, each with a code of its own: a word that a language lacks.
const isOneMistake = (one, other) => one.line && one.hint && one.code !== other.code
  && one.place === other.place && one.severity === other.severity && one.hint === other.hint;

function allFound() {
  const all = [];
  for (const each of [...found.view, ...found.checks, ...found.others]) {
    if (!all.some((other) => same(each, other) || isOneMistake(each, other))) all.push(each);
  }
  return all;
}

const errorsOf = (all) => JSON.stringify(all.filter(isError));

function findingRow(each) {
  const row = make("li", { class: each.severity }, placeLink(each), ` ${each.severity} ${each.code}: ${each.message}`);
  if (each.source.trim()) row.append(make("pre", {}, each.source));
  if (each.hint) row.append(make("div", {}, `Remedy: ${each.hint}`));
  return row;
}

function placeLink(place) {
  if (!known?.editor || !place.line) return make("span", { class: "place" }, place.place);
  const button = make("button", { type: "button", class: "place", title: `Open in ${known.editor}` }, place.place);
  button.onclick = async () => {
    const { file, line, column } = place;
    const body = JSON.stringify({ file, line, column: column ?? 0 });
    const done = await fetch("/open", { method: "POST", body, headers: { "content-type": "application/json" } });
    say(done.ok ? `Opened ${place.place}` : `${place.place} could not be opened`);
  };
  return button;
}

function closeAll() {
  if (!at("findings").hidden) {
    dismissed = errorsOf(allFound());
    at("findings").hidden = true;
    return;
  }
  closeOrigin();
}

function closeOrigin() {
  unmark();
  selected = null;
  at("origin").hidden = true;
}

function onKey(event, pane) {
  if (event.ctrlKey || event.metaKey || event.altKey || at("ahead").open) return;
  if (event.target.matches?.("input, select, textarea") && event.key !== "Escape") return;
  if (event.key === "Escape") closeAll();
  else if (event.key === "j" || event.key === "k") {
    if (pane && selected?.pane !== pane) {
      unmark();
      selected = { pane };
    }
    step(event.key === "j" ? 1 : -1);
  } else return;
  event.preventDefault();
}

at("show-findings").onclick = () => {
  at("findings").hidden = !at("findings").hidden;
};
at("close-findings").onclick = closeAll;
at("close-origin").onclick = closeOrigin;
at("previous").onclick = () => step(-1);
at("next").onclick = () => step(1);
document.addEventListener("keydown", (event) => {
  if (!event.defaultPrevented) onKey(event, null);
});
at("choices").onsubmit = (event) => event.preventDefault();
start();
