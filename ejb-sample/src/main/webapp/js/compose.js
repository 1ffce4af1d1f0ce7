/** The form. The server checks it; this shows each of the server's complaints at its field. */

import { ProblemError, sendMail } from "./api.js";
import { byId } from "./dom.js";
import { clearOutcome, showProblem, showReceipt } from "./outcome.js";

const FIELDS = ["to", "subject", "text", "from"];

export class Compose {
  #form = byId("compose");
  #place = byId("outcome");
  #send = byId("send");
  #label = byId("send-label");
  #sending = false;
  #via;
  #onSent;

  /** @param via gives the chosen way @param onSent called after the mail server has taken a mail */
  constructor(via, onSent) {
    this.#via = via;
    this.#onSent = onSent;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.#form.requestSubmit();
      }
    });
  }

  open() {
    this.#form.hidden = false;
  }

  close() {
    this.#form.hidden = true;
  }

  focus() {
    byId("to").focus();
  }

  /** Prepares the answer to a mail. */
  replyTo(mail, text) {
    const subject = mail.subject ?? "";
    byId("to").value = mail.from ?? "";
    byId("subject").value = /^re:/i.test(subject) ? subject : `Re: ${subject}`;
    byId("text").value = text ? `\n\n${text.trimEnd().replace(/^/gm, "> ")}` : "";
    byId("text").focus();
    byId("text").setSelectionRange(0, 0);
  }

  async #submit() {
    if (this.#sending) {
      return;
    }
    this.#showErrors([]);
    clearOutcome(this.#place);
    this.#busy(true);
    const started = performance.now();
    try {
      const receipt = await sendMail(this.#draft());
      this.#form.reset();
      showReceipt(this.#place, receipt, performance.now() - started);
      this.#onSent();
    } catch (failure) {
      if (!(failure instanceof ProblemError)) {
        throw failure;
      }
      showProblem(this.#place, failure.problem);
      this.#showErrors(failure.problem.errors ?? []);
      this.#place.scrollIntoView({ block: "nearest" });
    } finally {
      this.#busy(false);
    }
  }

  #draft() {
    const value = (field) => byId(field).value;
    const draft = { to: addresses(value("to")), subject: value("subject"), text: value("text"), via: this.#via() };
    const from = value("from").trim();
    return from ? { from, ...draft } : draft;
  }

  #showErrors(errors) {
    for (const field of FIELDS) {
      const mine = errors.filter((error) => error.field.replace(/\[\d+\]$/, "") === field);
      byId(field).setAttribute("aria-invalid", String(mine.length > 0));
      byId(`${field}-error`).textContent = mine
        .map((error) => `Expected ${error.expected}, found ${error.found}.`)
        .join(" ");
      if (field === "from" && mine.length) {
        byId("more").open = true;
      }
    }
  }

  #busy(busy) {
    this.#sending = busy;
    this.#send.setAttribute("aria-disabled", String(busy));
    this.#label.textContent = busy ? "Sending…" : "Send";
  }
}

/** Splits at commas and semicolons, but not inside a quoted name such as "Lee, Ann". */
function addresses(text) {
  const parts = text.match(/(?:"[^"]*"|[^,;"])+/g) ?? [];
  return parts.map((part) => part.trim()).filter(Boolean);
}
