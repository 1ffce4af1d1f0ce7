/** The list of mails. Only the answer to the latest request is shown, however late the others come. */

import { listMails, ProblemError } from "./api.js";
import { byId, copyOf, displayName, fillAvatar, fillTime } from "./dom.js";
import { clearOutcome, showProblem } from "./outcome.js";

const LIMIT = 50;

export class Inbox {
  #list = byId("mails");
  #note = byId("list-note");
  #place = byId("list-outcome");
  #refresh = byId("refresh");
  #latest = 0;
  #onOpen;

  /** @param onOpen called with the mail that the user chooses */
  constructor(onOpen) {
    this.#onOpen = onOpen;
  }

  async load(folder, via, { fresh = false } = {}) {
    const mine = ++this.#latest;
    if (fresh) {
      this.#list.replaceChildren();
    }
    this.#busy(true);
    this.#note.textContent = this.#list.childElementCount ? this.#note.textContent : "Loading…";
    try {
      const mails = await listMails(folder, via, LIMIT);
      if (mine === this.#latest) {
        this.#show(mails, folder, via);
      }
    } catch (failure) {
      if (!(failure instanceof ProblemError)) {
        throw failure;
      }
      if (mine === this.#latest) {
        this.#list.replaceChildren();
        this.#note.textContent = "";
        showProblem(this.#place, failure.problem);
      }
    } finally {
      if (mine === this.#latest) {
        this.#busy(false);
      }
    }
  }

  /** Marks the mail that is open; null for none. */
  select(uid) {
    for (const row of this.#list.querySelectorAll(".mail")) {
      row.setAttribute("aria-current", String(uid !== null && row.dataset.uid === String(uid)));
    }
  }

  #show(mails, folder, via) {
    const current = this.#list.querySelector('[aria-current="true"]')?.dataset.uid ?? null;
    clearOutcome(this.#place);
    this.#list.replaceChildren(...mails.map((mail) => this.#row(mail, folder)));
    this.select(current);
    const name = via === "session" ? "mail/office365Session" : "mail/office365";
    this.#note.textContent = mails.length
      ? `${mails.length === 1 ? "1 mail" : `${mails.length} mails`} through ${name}`
      : "No mail here yet.";
  }

  #row(mail, folder) {
    const row = copyOf("mail-row");
    const button = row.querySelector(".mail");
    const isSent = folder !== "INBOX";
    const other = isSent ? mail.to?.[0] : mail.from;
    row.querySelector(".mail-who").textContent = isSent ? `To ${displayName(other)}` : displayName(other);
    row.querySelector(".mail-subject").textContent = mail.subject || "(no subject)";
    fillAvatar(row.querySelector(".avatar"), other);
    fillTime(row.querySelector(".mail-when"), mail.receivedDate ?? mail.sentDate);
    button.classList.toggle("unread", !mail.seen);
    if (!mail.seen) {
      const unread = document.createElement("span");
      unread.className = "visually-hidden";
      unread.textContent = "Unread. ";
      button.prepend(unread);
    }
    if (mail.uid) {
      button.dataset.uid = mail.uid;
      button.addEventListener("click", () => this.#onOpen(mail));
    } else {
      button.setAttribute("aria-disabled", "true");
    }
    return row;
  }

  #busy(busy) {
    this.#list.setAttribute("aria-busy", String(busy));
    this.#refresh.classList.toggle("busy", busy);
  }
}
