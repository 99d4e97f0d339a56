/* A half-filled form is never lost: what was typed is kept in this tab until the house has it.
   Kept per person, page and form. Never passwords, NIK, files, fields with autocomplete="off", forms marked data-no-draft.
   A page that shows who is signed in and complains of nothing has taken what was sent; sign-in and error pages have not, nor has a
   page that was merely opened: then what was sent never arrived. */
(() => {
  const who = document.body.dataset.user;
  const store = sessionStorage;
  const PREFIX = "draft ";
  const sent = store.getItem("sent");
  store.removeItem("sent");
  const arrival = performance.getEntriesByType("navigation")[0];
  const isRefused = Boolean(arrival) && arrival.responseStatus >= 400;
  const isComplaint = isRefused || document.querySelector('[role="alert"], [aria-invalid="true"]') !== null;
  const isBack = Boolean(arrival) && arrival.type === "back_forward";
  const isPosted = document.body.dataset.method === "POST";
  const isRedirected = Boolean(arrival) && arrival.redirectCount > 0;
  const wasTaken = Boolean(who) && !isComplaint && !isBack && (isPosted || isRedirected);
  /* Answered without a redirect, the page itself shows what was typed. */
  const isAnswer = Boolean(sent) && !isBack && isPosted;
  if (sent && wasTaken) store.removeItem(sent);
  /* A page that hands back what could not be saved sends it again: then it is that draft which was sent. */
  document.querySelectorAll("form[data-sends-again]").forEach((form) => form.addEventListener("submit", () => {
    if (sent) store.setItem("sent", sent);
  }));
  if (!who) return;

  const forget = () => Object.keys(store).filter((key) => key.startsWith(PREFIX)).forEach((key) => store.removeItem(key));
  document.querySelectorAll("form[data-ends-session]").forEach((form) => form.addEventListener("submit", forget));

  const neverTypes = ["password", "file", "submit", "button", "reset", "image"];
  const neverNames = ["", "csrfmiddlewaretoken", "nik"];
  const isKept = (field) => !neverNames.includes(field.name || "") && !neverTypes.includes(field.type)
    && field.autocomplete !== "off";
  const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
  /* Hidden fields are kept too: they carry the version that was read, so that a change made meanwhile is still noticed. */
  const read = (form) => [...form.elements].filter(isKept).map((field) => (
    isChoice(field) ? [field.name, field.value, field.checked] : [field.name, field.value]));
  const write = (form, draft) => {
    const places = new Map();
    draft.forEach(([name, value, checked]) => {
      const same = [...form.elements].filter((field) => isKept(field) && field.name === name);
      if (checked !== undefined) {
        same.filter((field) => isChoice(field) && field.value === value).forEach((field) => { field.checked = checked; });
        return;
      }
      const place = places.get(name) || 0;
      places.set(name, place + 1);
      const field = same.filter((one) => !isChoice(one))[place];
      if (field && !field.disabled) field.value = value;
    });
  };
  const tell = (form, key) => {
    const words = document.getElementById("draft-restored");
    if (!words) return;
    const notice = words.content.firstElementChild.cloneNode(true);
    notice.querySelector("button").addEventListener("click", () => { store.removeItem(key); location.reload(); });
    form.before(notice);
  };

  document.querySelectorAll('main form[method="post"]:not([data-no-draft])').forEach((form, place) => {
    const key = `${PREFIX}${who} ${location.pathname} ${form.getAttribute("action") || ""} ${form.id || place}`;
    const shown = JSON.stringify(read(form));
    const draft = store.getItem(key);
    if (draft && draft !== shown && !isAnswer) {
      write(form, JSON.parse(draft));
      form.dataset.changed = "yes";
      tell(form, key);
    }
    const keep = () => { store.setItem(key, JSON.stringify(read(form))); form.dataset.changed = "yes"; };
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (form.dataset.changed) store.setItem("sent", key);
      delete form.dataset.changed;
    });
  });
})();
