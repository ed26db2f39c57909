// A script that only the page of `grokreport watch` has. It asks the server for changes, reloads a changed page and
// shows error messages. The scroll position and the open <details> stay as they are.
const folds = () => [...document.querySelectorAll("details")];
const kept = JSON.parse(sessionStorage.getItem("watch") ?? "null");
if (kept) {
    folds().forEach((fold, i) => { if (kept.count === folds().length) fold.open = kept.open.includes(i); });
    scrollTo(0, kept.top);
}
const box = document.createElement("pre");
box.style.cssText = "position: fixed; inset: auto 1rem 1rem; z-index: 9; padding: 1rem; white-space: pre-wrap; color: #fff; background: #a1203c; border-radius: 0.4rem;";
box.setAttribute("role", "alert");
document.body.append(box);
box.hidden = true;

const ask = async (seen, page) => {
    let news = { state: seen, page, problem: "grokreport watch has ended" };
    try {
        news = await (await fetch(`/state?seen=${encodeURIComponent(seen)}`)).json();
    } catch (gone) {
        await new Promise((later) => setTimeout(later, 1000)); // the server may start again
    }
    box.textContent = news.problem;
    box.hidden = news.problem === "";
    if (page !== undefined && news.page !== page) {
        const open = folds().flatMap((fold, i) => fold.open ? [i] : []);
        sessionStorage.setItem("watch", JSON.stringify({ open, count: folds().length, top: scrollY }));
        location.reload();
        return;
    }
    ask(news.state, news.page);
};
ask("none");
