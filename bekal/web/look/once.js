/* A form is sent once: a second click while the first is under way does nothing, and the button says so. */
(() => {
  const release = (form) => {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
    form.querySelectorAll('[type="submit"][aria-disabled]').forEach((button) => button.removeAttribute("aria-disabled"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    /* Not `disabled`: a disabled button is not sent, and loses the focus. */
    form.querySelectorAll('[type="submit"]').forEach((button) => button.setAttribute("aria-disabled", "true"));
    /* A form that answers with a file leaves the page as it is. */
    setTimeout(() => release(form), 8000);
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
})();
