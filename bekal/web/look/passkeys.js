/* Passkeys (WebAuthn): the button asks the PC or the phone for the key and sends its answer with the form.
   Where the browser knows none, the form stays hidden, and the page's other way is the way. */
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => (buffer
    ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "") : null);
  const listed = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));
  const answer = (key, names, more) => ({
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    clientExtensionResults: key.getClientExtensionResults(),
    response: { ...Object.fromEntries(names.map((name) => [name, text(key.response[name])])), ...more },
  });
  /* A passkey that stands in place of the password is found without a name, and asks for its owner. */
  const ALONE = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  const make = async (asked) => {
    const publicKey = {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: listed(asked.excludeCredentials),
      authenticatorSelection: { ...asked.authenticatorSelection, ...ALONE },
    };
    const key = await navigator.credentials.create({ publicKey });
    const transports = key.response.getTransports ? key.response.getTransports() : [];
    return answer(key, ["clientDataJSON", "attestationObject"], { transports });
  };
  const show = async (asked) => {
    const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials: listed(asked.allowCredentials) };
    const key = await navigator.credentials.get({ publicKey });
    return answer(key, ["clientDataJSON", "authenticatorData", "signature", "userHandle"], {});
  };
  const options = async (form) => {
    const here = document.getElementById("passkey-options");
    if (here) return JSON.parse(here.textContent);
    const told = await fetch(form.action, { headers: { Accept: "application/json" } });
    return told.json();
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const button = form.querySelector('button[type="button"]');
    const failed = form.querySelector("[data-passkey-failed]");
    form.hidden = false;
    button.addEventListener("click", async () => {
      failed.hidden = true;
      button.setAttribute("aria-disabled", "true");
      try {
        const asked = await options(form);
        const wanted = asked.creation_options || asked.request_options;
        const key = await (asked.creation_options ? make : show)(wanted.publicKey);
        form.elements.credential.value = JSON.stringify(key);
        form.requestSubmit();
      } catch (_wrong) {
        failed.hidden = false;
      }
      button.removeAttribute("aria-disabled");
    });
  });
  document.querySelectorAll("[data-no-passkey]").forEach((words) => { words.hidden = true; });
})();
