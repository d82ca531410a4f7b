"use strict";
/* What a page does where scripts may run; without them it is complete. One file, allowed by its hash alone. */
(function () {
  var words = document.querySelector("[data-words]");
  if (!words) return;
  var say = words.dataset;

  function make(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text) element.textContent = text;
    return element;
  }

  /* The contents: shut on narrow screens, and marked where the reader is. */
  var contents = document.querySelector(".contents details");
  if (contents) {
    if (matchMedia("(max-width: 79.99rem)").matches) contents.open = false;
    var links = Array.from(contents.querySelectorAll("a"));
    var heads = links.map(function (link) { return document.getElementById(link.hash.slice(1)); });
    var follow = function () {
      var at = -1;
      heads.forEach(function (head, number) { if (head && head.getBoundingClientRect().top < 120) at = number; });
      links.forEach(function (link, number) {
        if (number === at) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
      });
    };
    var waiting = false;
    addEventListener("scroll", function () {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(function () { waiting = false; follow(); });
    }, { passive: true });
    follow();
  }

  /* What is folded opens where an address leads into it or right above it, and for the printer. */
  var unfold = function () {
    var target = document.getElementById(location.hash.slice(1).split("?")[0]);
    if (!target) return;
    for (var each = target; each; each = each.parentElement) if (each.matches("details")) each.open = true;
    var below = target.matches("h2") && target.parentElement.querySelector(".folded");
    if (below) below.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  addEventListener("beforeprint", function () {
    document.querySelectorAll(".folded").forEach(function (each) { each.open = true; });
  });
  unfold();

  /* Countdowns: what is printed stays; the days from the reader's own today stand beside it. */
  var now = new Date();
  document.querySelectorAll("[data-starts]").forEach(function (element) {
    var day = element.dataset.starts.split("-").map(Number);
    var left = Math.round((Date.UTC(day[0], day[1] - 1, day[2]) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 864e5);
    if (left < 0) return;
    var worded = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" }).format(left, "day");
    element.append(" ", make("span", { "class": "live" }, say.today.replace("{countdown}", worded)));
  });

  /* Each fact: its text with its sources and its address, to be pasted elsewhere. */
  var told = make("p", { "class": "told", role: "status" });
  document.body.append(told);
  function sourcesOf(fact) {
    return Array.from(fact.querySelectorAll("sup a")).map(function (mark) {
      var source = document.getElementById(mark.hash.slice(1));
      var whole = source && source.closest(".source");
      var head = whole && whole.querySelector("h3");
      return (head ? head.textContent.trim().replace(/\s+/g, " ") : mark.textContent) + ", " + mark.title;
    });
  }
  function textOf(fact) {
    var copy = fact.cloneNode(true);
    copy.querySelectorAll("sup, .bound").forEach(function (each) { each.remove(); });
    return copy.textContent.trim().replace(/\s+/g, " ");
  }
  function copy(fact) {
    var address = location.href.replace(/#.*/, "") + "#" + fact.id;
    var text = [textOf(fact)].concat(sourcesOf(fact), say.edition, address).join("\n");
    history.replaceState(null, "", "#" + fact.id);
    var done = function () { told.textContent = say.copied; setTimeout(function () { told.textContent = ""; }, 3000); };
    var failed = function () { prompt(say.copy, text); };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, failed); else failed();
  }
  document.querySelectorAll("[data-fact][id]").forEach(function (fact) {
    var place = fact.matches("tr") ? fact.querySelector(".what, .office") || fact.cells[0] : fact;
    if (place.matches("article")) place = place.querySelector("h3");
    var last = place.querySelector("p") || place;
    var name = say.copy + ": " + textOf(fact).slice(0, 80);
    var button = make("button", { type: "button", "class": "cite", "aria-label": name, title: say.copy });
    button.addEventListener("click", function () { copy(fact); });
    var bound = make("span", { "class": "bound" }); // by a word joiner: the button never stands alone on a line
    bound.append("\u2060\u00a0", button);
    var end = last.lastElementChild; // a status is a box of its own, and lines break behind a box: the button goes into it
    (end && end.matches(".status") && !end.nextSibling ? end : last).append(bound);
  });

  /* All statements: chosen and sorted by what the address says, #register?field=trade&sort=when. */
  var table = document.querySelector("table.register");
  if (!table) return;
  var body = table.tBodies[0], rows = Array.from(body.rows);
  var bar = make("div", { "class": "filters", role: "group", "aria-label": say.filter });
  var count = make("p", { "class": "count", role: "status" });
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  var chosen = {}, selects = {}, columns = {};

  /* By word, the code that addresses have for it, where the head of a column tells. */
  function codesOf(head) {
    return new Map((head.dataset.codes || "").split(" | ").map(function (pair) {
      var space = pair.indexOf(" ");
      return [pair.slice(space + 1), pair.slice(0, space)];
    }));
  }
  Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
    if (head.dataset.sort) columns[head.dataset.sort] = { head: head, number: column, codes: codesOf(head) };
  });
  var keys = say.filters.split(" ").filter(function (key) { return columns[key === "year" ? "when" : key]; });

  function wordOf(row, key) { return row.cells[columns[key].number].textContent.trim(); }

  /* What a statement is chosen by: the code of its word, or of the badge in the cell; the year is that of its day. */
  function codeOf(row, key) {
    if (key === "year") return codeOf(row, "when").slice(0, 4);
    var cell = row.cells[columns[key].number], badge = cell.firstElementChild;
    return cell.dataset.code || columns[key].codes.get(wordOf(row, key)) || (badge && badge.classList[1]) || "";
  }
  var codes = new Map(rows.map(function (row) {
    return [row, Object.fromEntries(keys.map(function (key) { return [key, codeOf(row, key)]; }))];
  }));

  keys.forEach(function (key) {
    var known = new Map(), column = columns[key];
    rows.forEach(function (row) {
      var code = codes.get(row)[key];
      if (code) known.set(code, (known.get(code) || new Set()).add(column ? wordOf(row, key) : code));
    });
    var label = make("label", {}, column ? column.head.textContent.trim() : say[key]);
    var select = make("select", { name: key });
    select.append(new Option(say.all, ""));
    Array.from(known, function (each) { return [each[0], Array.from(each[1]).sort(collator.compare).join(" / ")]; })
      .sort(function (a, b) { return column ? collator.compare(a[1], b[1]) : collator.compare(b[1], a[1]); })
      .forEach(function (each) { select.append(new Option(each[1], each[0])); });
    select.addEventListener("change", function () { chosen[key] = select.value; keep(); });
    label.append(" ", select);
    selects[key] = select;
    bar.append(label);
  });
  var clear = make("button", { type: "button" }, say.clear);
  clear.addEventListener("click", function () { chosen = {}; keep(); });
  bar.append(clear, count);
  table.before(bar);

  Object.keys(columns).forEach(function (key) {
    var head = columns[key].head, button = make("button", { type: "button" }, head.textContent.trim());
    head.replaceChildren(button);
    button.addEventListener("click", function () { chosen.sort = chosen.sort === key ? "-" + key : key; keep(); });
  });

  function valueOf(row, key) {
    return key === "when" ? codeOf(row, key) : wordOf(row, key);
  }
  function show() {
    var shown = 0, sort = (chosen.sort || "").replace("-", ""), down = (chosen.sort || "")[0] === "-" ? -1 : 1;
    rows.forEach(function (row) {
      row.hidden = keys.some(function (key) { return chosen[key] && codes.get(row)[key] !== chosen[key]; });
      shown += !row.hidden;
    });
    var ordered = Object.hasOwn(columns, sort) ? rows.slice().sort(function (a, b) { return down * collator.compare(valueOf(a, sort), valueOf(b, sort)); }) : rows;
    ordered.forEach(function (row) { body.append(row); });
    Object.keys(columns).forEach(function (key) {
      if (key === sort) columns[key].head.setAttribute("aria-sort", down < 0 ? "descending" : "ascending");
      else columns[key].head.removeAttribute("aria-sort");
    });
    keys.forEach(function (key) { selects[key].value = chosen[key] || ""; });
    count.textContent = say.shown.replace("{number}", shown).replace("{total}", rows.length);
  }
  function keep() {
    var asked = new URLSearchParams();
    keys.concat("sort").forEach(function (key) { if (chosen[key]) asked.set(key, chosen[key]); });
    var text = asked.toString();
    history.replaceState(null, "", "#register" + (text ? "?" + text : ""));
    show();
  }
  function read() {
    var parts = location.hash.split("?");
    if (parts[0] !== "#register") return;
    chosen = {};
    new URLSearchParams(parts[1] || "").forEach(function (value, key) { chosen[key] = value; });
    show();
    if (parts[1]) document.getElementById("register").scrollIntoView();
  }
  addEventListener("hashchange", read);
  show();
  read();
})();
