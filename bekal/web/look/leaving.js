/* A draft lives as long as its tab. Following a link loses nothing, so nobody is asked; closing the tab would, so we ask. */
(() => {
  let isStaying = false;
  const stay = () => { isStaying = true; setTimeout(() => { isStaying = false; }, 1000); };
  document.addEventListener("click", (event) => { if (event.target.closest("a[href]")) stay(); }, true);
  document.addEventListener("submit", stay, true);
  addEventListener("beforeunload", (event) => {
    if (!isStaying && document.querySelector("form[data-changed]")) event.preventDefault();
  });
})();
