/* Tags before a reader: the reader types a code and Enter or Tab. Each reading is kept in this tab until the house has it:
   sent one by one with a key of its own and the instant of the scan, so that sending it twice has one effect. */
(() => {
  const form = document.getElementById("reading");
  if (!form || !window.fetch) return;
  const field = form.querySelector("[name=code]");
  const told = document.getElementById("told");
  const notice = document.getElementById("queue");
  const latest = document.getElementById("latest");
  const there = document.getElementById("there");
  const store = `readings ${document.body.dataset.user} ${form.dataset.url}`;
  let queue = [];
  let isSending = false;
  let last = { code: "", at: 0 };
  try { queue = JSON.parse(localStorage.getItem(store) || "[]"); } catch { queue = []; }

  /* An office's network has no secure origin, so `randomUUID` may not be there. */
  const draw = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };
  const keep = () => {
    if (queue.length) localStorage.setItem(store, JSON.stringify(queue)); else localStorage.removeItem(store);
  };
  const wait = (words) => {
    notice.hidden = !words || !queue.length;
    notice.textContent = (words || "").replace("{n}", queue.length);
  };
  const show = (answer) => {
    told.hidden = false;
    told.className = `told ${answer.look}`;
    told.querySelector(".name").textContent = answer.name;
    told.querySelector(".words").textContent = answer.words;
    told.querySelector(".time").textContent = answer.time;
    if (answer.present !== undefined) there.textContent = answer.present;
    if (answer.seen !== "present") return;
    const none = document.getElementById("none");
    if (none) none.remove();
    const line = document.createElement("li");
    const name = document.createElement("b");
    name.textContent = answer.name;
    line.append(name, ` ${answer.time}`);
    latest.prepend(line);
  };
  const send = async () => {
    if (isSending || !queue.length) return;
    isSending = true;
    const one = queue[0];
    const body = new FormData(form);
    body.set("code", one.code);
    body.set("key", one.key);
    body.set("read_at", one.at);
    try {
      const answer = await fetch(form.dataset.url, { method: "POST", body, headers: { "X-Requested-With": "pindai" }, redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        wait(form.dataset.signedOut);
        isSending = false;
        setTimeout(send, 5000);
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.json());
      queue.shift();
      keep();
      wait("");
      isSending = false;
      send();
    } catch {
      wait(form.dataset.waiting);
      isSending = false;
      setTimeout(send, 3000);
    }
  };
  const take = (text) => {
    const code = text.trim().toUpperCase();
    const at = Date.now();
    if (!code || (code === last.code && at - last.at < 2000)) return;
    last = { code, at };
    queue.push({ code, at, key: draw() });
    keep();
    send();
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); take(field.value); field.value = ""; field.focus(); });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey || !field.value.trim()) return;
    event.preventDefault();
    take(field.value);
    field.value = "";
  });
  addEventListener("online", send);
  addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault(); });
  field.focus();
  send();

  const button = document.getElementById("camera");
  const view = document.getElementById("view");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      view.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      view.hidden = false;
      await view.play();
      button.hidden = true;
      const look = async () => {
        try { (await detector.detect(view)).slice(0, 1).forEach((found) => take(found.rawValue)); } catch { /* the next picture may be better */ }
        setTimeout(look, 250);
      };
      look();
    } catch {
      show({ look: "bad", name: "", words: form.dataset.cameraOff, time: "", seen: "refused" });
    }
  });
})();
