/* A half-filled form is never lost: what was typed is kept in this browser until the house has it.
   Kept per person and page; never passwords, never forms marked data-no-draft, never files. */
(() => {
  const who = document.body.dataset.user;
  if (!who) return;
  const forms = [...document.querySelectorAll('main form[method="post"]:not([data-no-draft])')];
  const keyOf = (form, place) => `draft ${who} ${location.pathname} ${form.getAttribute("action") || ""} ${place}`;
  const kept = (field) => field.name && !["password", "file", "hidden", "submit", "button"].includes(field.type) && field.autocomplete !== "off";
  const read = (form) => [...form.elements].filter(kept).map((field) => [field.name, field.value, field.checked]);
  const sent = sessionStorage.getItem("sent");
  forms.forEach((form, place) => {
    const key = keyOf(form, place);
    const first = JSON.stringify(read(form));
    const draft = sessionStorage.getItem(key);
    // The page that answers a sent form without errors has saved it: the draft has done its duty.
    if (draft && sent === key && !document.querySelector(".notice.bad")) sessionStorage.removeItem(key);
    else if (draft && draft !== first && !document.querySelector(".notice.bad")) {
      const fields = [...form.elements].filter(kept);
      JSON.parse(draft).forEach(([name, value, checked], index) => {
        const field = fields[index];
        if (!field || field.name !== name) return;
        if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
        else field.value = value;
      });
      form.dispatchEvent(new Event("restored", { bubbles: true }));
    }
    form.addEventListener("input", () => sessionStorage.setItem(key, JSON.stringify(read(form))));
    form.addEventListener("change", () => sessionStorage.setItem(key, JSON.stringify(read(form))));
    form.addEventListener("submit", () => sessionStorage.setItem("sent", key));
  });
  if (!forms.some((form, place) => keyOf(form, place) === sent)) {
    if (sent && !location.pathname.startsWith("/akun/masuk")) { sessionStorage.removeItem(sent); sessionStorage.removeItem("sent"); }
  }
})();
