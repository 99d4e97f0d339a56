/* The panel of postings closes on Escape and on a click beside it, as panels do. */
(() => {
  const me = document.querySelector("details.me");
  if (!me) return;
  document.addEventListener("click", (event) => { if (!me.contains(event.target)) me.open = false; });
  me.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !me.open) return;
    me.open = false;
    me.querySelector("summary").focus();
  });
})();
