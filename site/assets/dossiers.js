// The overview of dossiers, sorted and filtered in the browser; without this script it is a whole table.
// Its words stand in the template, the values of a row in `data-w` of its cells (or their text).
"use strict";
(() => {
  const panel = document.querySelector(".wt-filters");
  if (!panel) return;
  const controls = [...panel.querySelectorAll("[name]")];
  const named = Object.fromEntries(controls.map((control) => [control.name, control]));
  const table = document.querySelector(".wt-filters ~ * table");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const column = Object.fromEntries(heads.map((head, index) => [head.dataset.veld, index]));
  const clear = panel.querySelector(".wt-wis");
  const order = new Intl.Collator("nl", { numeric: true }).compare;

  // Read once: what is typed later asks nothing more of the page than which rows to hide.
  const rows = [...body.rows].map((row) => {
    const cells = [...row.cells];
    const values = cells.map((cell) => cell.dataset.w ?? cell.textContent.trim());
    return { row, values, also: cells.map((cell) => cell.dataset.ook), name: values[0].toLowerCase(), shown: true };
  });
  let shownOrder = rows;
  let timer, later;

  // The style lays the table out as a grid; to a screen reader it stays a table only when it says so.
  function nameRoles() {
    const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TH: "columnheader", TD: "cell" };
    for (const element of [table, ...table.querySelectorAll("*")])
      if (element.tagName in roles) element.setAttribute("role", roles[element.tagName]);
  }

  function tests() {
    const text = named.zoek.value.trim().toLowerCase();
    const found = text ? [({ name }) => name.includes(text)] : [];
    for (const { name, value, selectedOptions } of controls) {
      if (!(name in column) || !value) continue;
      const { van, tot } = selectedOptions[0].dataset;
      const at = column[name];
      found.push(
        van
          ? ({ values }) => values[at] && van <= values[at] && values[at] <= tot
          : ({ values, also }) => values[at] === value || also[at] === value,
      );
    }
    return found;
  }

  // By a class of its own: the theme has rules for what follows something `hidden`, and each row would look for it.
  function show(item, shown) {
    item.shown = shown;
    item.row.classList.toggle("wt-weg", !shown);
  }

  // As many as a screen holds at once, the others right after it is drawn.
  function reveal(items) {
    for (const item of items.splice(0, 250)) show(item, true);
    if (items.length) later = setTimeout(reveal, 0, items);
  }

  function filter() {
    clearTimeout(later);
    const all = tests();
    const hits = new Set(rows.filter((item) => all.every((test) => test(item))));
    for (const item of shownOrder) if (item.shown && !hits.has(item)) show(item, false);
    reveal(shownOrder.filter((item) => !item.shown && hits.has(item)));
    panel.querySelector(".wt-aantal").textContent = hits.size;
    panel.querySelector(".wt-leeg").hidden = hits.size > 0;
    clear.hidden = all.length === 0;
  }

  function sort() {
    const value = named.sorteer.dataset.waarde ?? "";
    const down = value.startsWith("-");
    const at = column[value.replace("-", "")];
    heads.forEach((head, index) => {
      if (index === at) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    // What is empty stays last; equal rows stay in the order of the page.
    const wanted = at === undefined ? rows : [...rows].sort(({ values: { [at]: a } }, { values: { [at]: b } }) =>
      a && b ? (down ? order(b, a) : order(a, b)) : !a - !b);
    if (wanted.some((item, index) => item !== shownOrder[index])) body.replaceChildren(...wanted.map(({ row }) => row));
    shownOrder = wanted;
  }

  function choose(value) {
    named.sorteer.value = value;
    named.sorteer.dataset.waarde = value;
  }

  // The address keeps the choice. Browsers refuse it when it changes at every key.
  function remember() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const chosen = controls.map(({ name, value, dataset }) => [name, dataset.waarde ?? value]);
      const query = new URLSearchParams(chosen.filter(([, value]) => value.trim())).toString();
      history.replaceState(null, "", `${location.pathname}${query && "?"}${query}${location.hash}`);
    }, 200);
  }

  function recall() {
    const query = new URLSearchParams(location.search);
    for (const control of controls) {
      control.value = query.get(control.name) ?? "";
      if (control.selectedIndex === -1) control.value = "";
    }
    const value = query.get("sorteer") ?? "";
    choose(value.replace("-", "") in column ? value : "");
  }

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    const name = document.createElement("span"); // on a phone, where headers are read and not seen
    name.append(...head.childNodes);
    head.append(button, name);
    button.addEventListener("click", () => {
      choose(head.getAttribute("aria-sort") === "ascending" ? `-${head.dataset.veld}` : head.dataset.veld);
      sort();
      remember();
    });
  }
  panel.addEventListener("input", ({ target }) => {
    if (target === named.sorteer) {
      choose(target.value);
      sort();
    } else filter();
    remember();
  });
  clear.addEventListener("click", () => {
    for (const control of controls) if (control !== named.sorteer) control.value = "";
    filter();
    remember();
    named.zoek.focus();
  });
  nameRoles();
  recall();
  sort();
  filter();
  panel.hidden = false;
})();
