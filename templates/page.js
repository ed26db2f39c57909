// What the page does beyond what HTML does by itself. Without any of it everything can be read and opened.

// A light or dark page at the reader's wish; without this the system's setting decides.
const theme = document.getElementById("theme");
const isDark = () => (document.documentElement.dataset.theme ||
    (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
const label = () => { theme.textContent = isDark() ? "Light page" : "Dark page"; };
theme.hidden = false;
label();
theme.addEventListener("click", () => {
    const chosen = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = chosen;
    try { localStorage.setItem("theme", chosen); } catch (refused) { /* then only until the page is closed */ }
    label();
});

// The element that a link within the page leads to.
const targetOf = (hash) => {
    try { return hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1))); }
    catch (malformed) { return null; }
};

// A link to a claim opens its evidence, and one into a folded text unfolds it.
const openTarget = () => {
    for (let fold = targetOf(location.hash); fold; fold = fold.parentElement)
        if (fold.tagName === "DETAILS") fold.open = true;
};
addEventListener("hashchange", openTarget);
document.addEventListener("click", (event) => {
    if (event.target.closest("a[href^='#']")) setTimeout(openTarget); // also when the hash stays as it was
});
openTarget();

// The entry of the section being read is marked in the contents: of the headings above a line near the top of
// the window the last one. The observer's frame reaches from that line upwards without end.
const entries = new Map();
for (const link of document.querySelectorAll(".contents a")) {
    const heading = targetOf(link.hash);
    if (heading) entries.set(heading, link);
}
const headings = [...entries.keys()];
let current = null;
const markCurrent = () => {
    const line = innerHeight / 4;
    const last = headings.filter((heading) => heading.getBoundingClientRect().top < line).at(-1);
    if (entries.get(last) === current) return;
    current?.removeAttribute("aria-current");
    current = entries.get(last) ?? null;
    current?.setAttribute("aria-current", "location");
    const list = document.querySelector(".contents");
    if (current && list.scrollHeight > list.clientHeight) {
        const [entry, frame] = [current.getBoundingClientRect(), list.getBoundingClientRect()];
        if (entry.top < frame.top || entry.bottom > frame.bottom)
            list.scrollTop += entry.top - frame.top - frame.height / 3;
    }
};
const watcher = new IntersectionObserver(markCurrent, { rootMargin: "1000000px 0px -75% 0px" });
headings.forEach((heading) => watcher.observe(heading));

// A small preview of what a cross-reference leads to, while the pointer or the focus is on it. It can be pointed
// at, and Escape puts it away.
const preview = document.createElement("div");
preview.className = "preview";
preview.id = "preview";
preview.hidden = true;
document.body.append(preview);

// A copy fit to stand a second time in the page: without ids, and without what could be focused. References of
// a drawing to its own parts (url(#...)) find those of the original.
const copyOf = (element) => {
    const copy = element.cloneNode(true);
    copy.removeAttribute("id");
    copy.querySelectorAll("[id]").forEach((inner) => inner.removeAttribute("id"));
    copy.querySelectorAll(".permalink, .back, .downloads, script").forEach((inner) => inner.remove());
    copy.querySelectorAll("a, [tabindex]").forEach((inner) => { inner.removeAttribute("href"); inner.removeAttribute("tabindex"); });
    return copy;
};

// What is shown of a figure, a claim, a note, a work, or a section: its heading and first paragraph.
const partsOf = (target) => {
    if (target.matches("figure")) {
        const video = target.querySelector("video");
        const still = video && Object.assign(new Image(), { src: video.poster, alt: video.getAttribute("aria-label") });
        const drawing = still ?? target.querySelector(".drawing svg");
        return [drawing, target.querySelector("figcaption")].filter(Boolean);
    }
    if (target.matches(".badge")) return [target.querySelector("summary .statement"), target.querySelector("summary .measured")].filter(Boolean);
    if (target.matches("li")) {
        const entry = document.createElement("div"); // a list's entry without its list
        entry.append(...target.cloneNode(true).childNodes);
        return [entry];
    }
    const heading = target.closest("h2, h3, h4");
    if (!heading) return [];
    let paragraph = heading.nextElementSibling;
    while (paragraph && !paragraph.matches("p, h2, h3, h4")) paragraph = paragraph.nextElementSibling;
    if (paragraph?.matches("p")) return [heading, paragraph];
    return [heading]; // of a section that begins with others
};

let shownFor = null;
let timer = 0;
const hide = () => {
    clearTimeout(timer);
    shownFor?.removeAttribute("aria-describedby");
    shownFor = null;
    preview.hidden = true;
    preview.replaceChildren();
};
const show = (link) => {
    const target = targetOf(link.hash);
    const parts = target ? partsOf(target) : [];
    if (parts.length === 0) return;
    hide();
    preview.replaceChildren(...parts.map(copyOf));
    preview.hidden = false;
    const [at, size] = [link.getClientRects()[0], preview.getBoundingClientRect()];
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - size.width - 8));
    const below = at.bottom + 6;
    const top = below + size.height <= innerHeight || at.top < size.height ? below : at.top - size.height - 6;
    preview.style.left = `${left + scrollX}px`;
    preview.style.top = `${top + scrollY}px`;
    shownFor = link;
    link.setAttribute("aria-describedby", "preview");
};
const previewed = (element) => element.closest?.("article a[href^='#']:not(.permalink, .figure-number), .notes a[href^='#']:not(.back), .claims a.chip");
const canHover = matchMedia("(hover: hover)").matches;
document.addEventListener("pointerover", (event) => {
    if (!canHover || event.pointerType === "touch") return;
    const link = previewed(event.target);
    clearTimeout(timer);
    if (link && link !== shownFor) timer = setTimeout(show, 200, link);
    if (!link && shownFor && !preview.contains(event.target)) timer = setTimeout(hide, 200);
});
document.addEventListener("focusin", (event) => {
    const link = previewed(event.target);
    if (link && event.target.matches(":focus-visible")) show(link);
});
document.addEventListener("focusout", hide);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
document.addEventListener("click", hide);
