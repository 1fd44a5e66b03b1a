// The browser's part of the preview: reloads what changed, shows what is wrong, and tells the writer about the page.
// It is added to pages as they are served and is never part of the built site.
"use strict";
(() => {
  const { base, session, build, page } = document.currentScript.dataset;
  let known = { session, build: Number(build) };

  const decoded = (path) => {
    try {
      return decodeURIComponent(path);
    } catch { // an address that is no text, in a link that leads nowhere
      return path;
    }
  };

  /** An address as the site knows it: `media/posts/robot.jpg`, "" for one of another site. */
  const knownAs = (url) => {
    const { origin, pathname } = new URL(url);
    return origin === location.origin ? decoded(pathname).slice(decoded(base).length) : "";
  };

  /** The addresses of the page in this tab: `2013/11/old`, and that of what is shown there, `2013/11/old.html`. */
  const address = knownAs(location.href).replace(/(^|\/)index\.html$/, "$1");
  const here = [page, address, `${address}.html`];

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") made.addEventListener(key, value);
      else if (value !== false && value != null) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.filter(Boolean));
    return made;
  };

  const host = element("storysite-preview");
  const root = host.attachShadow({ mode: "open" });
  document.body.append(host);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    * { box-sizing: border-box; font: 15px/1.5 Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", sans-serif; }
    a { color: inherit; }
    button { font-weight: 600; color: inherit; background: none; border: 1px solid; border-radius: 0.35rem;
      padding: 0.2rem 0.7rem; min-height: 28px; cursor: pointer; }
    :focus-visible { outline: 3px solid #e0b36a; outline-offset: 2px; box-shadow: 0 0 0 2px #211c18; }
    .bar { position: fixed; inset: auto 0 0 0; z-index: 2147483646; display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem;
      align-items: center; padding: 0.45rem 1rem; background: #211c18; color: #fbf8f1; }
    .bar strong, .show strong { color: #f3d08a; font-weight: 600; }
    .bar .end { margin-inline-start: auto; display: flex; gap: 0.5rem; }
    .show { position: fixed; inset: auto 0.8rem 0.8rem auto; z-index: 2147483646; background: #211c18; color: #fbf8f1; }
    dialog { position: fixed; inset: 0; z-index: 2147483647; margin: auto; width: min(54rem, calc(100vw - 2rem));
      max-height: calc(100vh - 3rem); overflow: auto; padding: 1.2rem 1.4rem; border: 0; border-top: 6px solid #8a2b35;
      border-radius: 0.35rem; background: #fffdf8; color: #211c18; }
    dialog.quiet { border-top-color: #7a4d0b; }
    dialog::backdrop { background: rgb(33 28 24 / 0.45); }
    h2 { margin: 0 0 0.2rem; font-size: 1.25rem; font-weight: 600; }
    ul { list-style: none; margin: 1rem 0; padding: 0; }
    li { padding: 0.8rem 0; border-top: 1px solid #d9cfbf; }
    p { margin: 0.2rem 0; }
    pre { margin: 0.4rem 0; padding: 0.4rem 0.7rem; overflow-x: auto; background: #f3ebdd; white-space: pre-wrap;
      font: 14px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
    .place { font-weight: 600; overflow-wrap: anywhere; }
    .code { color: #5d544b; }
    @media print { :host { display: none; } }
  `);
  root.adoptedStyleSheets = [sheet];

  let problems = [];
  let stopped = false;
  let dialog = null;
  let closed = false;
  let hidden = sessionStorage.getItem("storysite-strip") === "hidden";
  let facts = null;

  /** One thing that is wrong: where, what, the line, how to fix it. */
  const entry = ({ path, line, what, hint, excerpt, code, link }) => {
    const place = path ? path + (line ? `:${line}` : "") : "";
    return element("li", {},
      place && element("p", { class: "place" }, link ? element("a", { href: link }, place) : place),
      element("p", {}, what, " ", element("span", { class: "code" }, `[${code}]`)),
      excerpt && excerpt.trim() && element("pre", {}, excerpt),
      hint && element("p", {}, `Hint: ${hint}`));
  };

  /** How many problems a list stands for: an entry may stand for many of a kind. */
  const counted = (list) => list.reduce((sum, { more }) => sum + 1 + more, 0);

  const close = () => {
    closed = true;
    dialog?.remove();
    dialog = null;
    strip();
  };

  /** The problems of this page, and of those of others five of each kind, then how many more there are. */
  const folded = () => {
    const counts = {};
    const own = ({ path }) => path && path === facts?.source;
    const few = problems.filter((problem) => {
      counts[problem.code] ??= 0;
      return own(problem) || ++counts[problem.code] <= 5;
    });
    const rest = Object.entries(counts).filter(([, count]) => count > 5)
      .map(([code, count]) => ({ code, what: `… and ${count - 5} more like this` }));
    return [...few.filter(own), ...few.filter((problem) => !own(problem)), ...rest];
  };

  /** Show problems over the page; `loud` for those that stopped the build. */
  const open = (loud) => {
    dialog?.remove();
    const count = counted(problems);
    const title = loud
      ? (count === 1 ? "Fix this first" : `Fix these ${count} things first`)
      : (count === 1 ? "One thing to look at" : `${count} things to look at`);
    dialog = element("dialog", { class: loud ? "" : "quiet", "aria-labelledby": "title" },
      element("h2", { id: "title" }, title),
      element("p", {}, loud
        ? "The page below is the last good one. This note goes away by itself once the file is fixed."
        : "The site was built anyway."),
      element("ul", {}, ...folded().map(entry)),
      element("button", { click: close }, "Hide"));
    dialog.addEventListener("cancel", close);
    root.append(dialog);
    dialog.showModal();
  };

  /** The preview toolbar: what this page is, who sees it, what is still missing. */
  const strip = () => {
    for (const old of root.querySelectorAll(".bar, .show")) old.remove();
    document.documentElement.style.paddingBlockEnd = "";
    if (hidden) {
      const state = facts?.hidden ? facts.hidden.split(":")[0] : "";
      root.append(element("button", { class: "show", click: () => hide(false) },
        state && element("strong", {}, state), state && " · ", "Preview toolbar"));
      return;
    }
    const warnings = stopped ? 0 : counted(problems);
    const here = problems.filter(({ path }) => path && path === facts?.source);
    const own = here.length;
    const nameless = stopped ? 0 : here.filter(({ code }) => code === "photo-alt").length;
    const where = own === 0 ? "" : own < warnings ? `, ${own} on this page` : " on this page";
    root.append(element("div", { class: "bar", role: "region", "aria-label": "Preview toolbar" },
      facts?.hidden && element("strong", {}, facts.hidden),
      facts?.kind && element("span", {}, facts.kind),
      facts?.moment && element("span", {}, facts.moment),
      facts?.minutes && element("span", {}, `${facts.minutes} min, ${facts.words} words`),
      facts?.kind && nameless > 0 && element("strong", {},
        nameless === 1 ? "1 picture without a description" : `${nameless} pictures without descriptions`),
      facts?.level && element("span", {}, facts.level),
      facts?.goodwill && element("span", {}, facts.goodwill),
      facts?.source && (facts.link ? element("a", { href: facts.link }, `Edit ${facts.source}`) : element("span", {}, facts.source)),
      !facts && element("span", {}, "Preview"),
      element("span", { class: "end" },
        warnings > 0 && element("button", { click: () => open(false) }, `${warnings} warning${warnings === 1 ? "" : "s"}${where}`),
        stopped && closed && element("button", { click: () => open(true) }, "Show what to fix"),
        element("button", { click: () => hide(true) }, "Hide"))));
    document.documentElement.style.paddingBlockEnd = `${root.querySelector(".bar").offsetHeight}px`; // the page's foot stays in sight
  };

  const hide = (yes) => {
    hidden = yes;
    sessionStorage.setItem("storysite-strip", yes ? "hidden" : "shown");
    strip();
    root.querySelector(yes ? ".show" : ".bar button")?.focus();
  };

  const ask = async () => {
    try {
      const answer = await fetch(`${base}__storysite__/page?url=${encodeURIComponent(page)}`);
      facts = answer.ok ? await answer.json() : null;
    } catch {
      facts = null;
    }
    strip();
  };

  /** Put new style sheets in the place of old ones, each only when it has come, so that nothing flickers. */
  const restyle = (styles) => {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const fresh = styles[knownAs(link.href)];
      if (fresh) {
        const copy = link.cloneNode();
        copy.href = base + fresh;
        copy.addEventListener("load", () => link.remove());
        link.after(copy);
      }
    }
  };

  /** Whether one of the files was loaded for this page: a photo, also one that only a style sheet names. */
  const shows = (files) => files.length > 0
    && performance.getEntriesByType("resource").some(({ name }) => files.includes(knownAs(name)));

  const hear = (told) => {
    const { update, standing } = told;
    if (told.session === known.session && told.build < known.build) return; // this page is newer
    // A page that was asked for just now may be of the very build that is told of.
    const missed = told.session !== known.session || told.build > known.build + (standing ? 0 : 1);
    const news = told.session !== known.session || told.build > known.build;
    known = { session: told.session, build: told.build };
    const left = here.find((url) => url in update.moved);
    if (left !== undefined && news) return location.replace(base + encodeURI(update.moved[left]));
    if (missed) return location.reload();
    const made = [...update.changed, ...update.copied];
    if (here.some((url) => made.includes(url) || made.includes(`${url}index.html`))) return location.reload();
    if (shows(update.copied)) return location.reload();
    restyle(update.styles);
    ({ problems, stopped } = update);
    if (!standing) closed = false;
    dialog?.remove();
    dialog = null;
    if (stopped && !closed) open(true);
    ask();
  };

  /** Hear of updates by a stream of one's own, for as long as the tab is seen: more than six would block each other. */
  const listen = () => {
    let stream = null;
    const look = () => {
      stream?.close();
      stream = null;
      if (document.visibilityState === "hidden") return;
      stream = new EventSource(`${base}__storysite__/events`);
      stream.addEventListener("message", ({ data }) => hear(JSON.parse(data)));
      stream.addEventListener("error", () => { // a browser tries again by itself, unless it was told there is no stream
        if (stream?.readyState === EventSource.CLOSED) setTimeout(look, 1000);
      });
    };
    document.addEventListener("visibilitychange", look);
    look();
  };

  /** Hear of updates by the stream that all tabs of this session share. */
  const share = () => {
    const worker = new SharedWorker(`${base}__storysite__/stream.js?${session}`);
    worker.addEventListener("error", listen, { once: true });
    worker.port.addEventListener("message", ({ data }) => hear(data));
    worker.port.start();
    addEventListener("pagehide", () => worker.port.postMessage("gone"));
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  };

  if (typeof SharedWorker === "function") share(); // an element of a page that is called so is none
  else listen();
})();
