/* When the server cannot be reached, the page says since when and that what was typed is kept; nothing is sent into the void.
   The browser's own word is not believed: a PC without a network still reaches the house that runs on it. */
(() => {
  const words = document.getElementById("offline-notice");
  if (!words) return;
  const probe = "/sehat/";
  let notice = null;
  const clock = () => new Date().toTimeString().slice(0, 5).replace(":", ".");
  const show = () => {
    if (notice) return;
    notice = words.content.firstElementChild.cloneNode(true);
    notice.querySelector("[data-since]").textContent = clock();
    document.querySelector("main").prepend(notice);
    setTimeout(look, 5000);
  };
  const hide = () => { if (notice) notice.remove(); notice = null; };
  const look = () => fetch(probe, { method: "HEAD", cache: "no-store" })
    .then((answer) => { if (!answer.ok) throw new Error(); })
    .then(hide, () => { if (notice) setTimeout(look, 5000); else show(); });
  addEventListener("offline", look);
  addEventListener("online", look);
  document.addEventListener("htmx:sendError", look);
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status === 503) show(); });
  document.addEventListener("submit", (event) => {
    if (!notice || event.target.method !== "post") return;
    event.preventDefault();
    notice.scrollIntoView({ block: "nearest" });
  }, true);
})();
