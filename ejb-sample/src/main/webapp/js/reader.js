/** One mail with its text. */

import { readMail } from "./api.js";
import { byId, copyOf, fillAvatar, fillFacts, fillTime } from "./dom.js";

export class Reader {
  #place = byId("reader");
  #latest = 0;
  #onReply;

  /** @param onReply called with the mail and its text */
  constructor(onReply) {
    this.#onReply = onReply;
  }

  /** Shows what the list knows at once, and the text when it comes. Throws what readMail throws. */
  async open(mail, folder, via) {
    const mine = ++this.#latest;
    this.#show(mail, null);
    const read = await readMail(mail.uid, folder, via);
    if (mine === this.#latest) {
      this.#show(read.mail, read);
    }
  }

  close() {
    this.#latest++;
    this.#place.hidden = true;
  }

  #show(mail, read) {
    const view = copyOf("mail-view");
    const find = (selector) => view.querySelector(selector);
    find("h2").textContent = mail.subject || "(no subject)";
    find(".read-from").textContent = mail.from ?? "(unknown sender)";
    find(".read-to").textContent = mail.to?.length ? `to ${mail.to.join(", ")}` : "";
    fillAvatar(find(".avatar"), mail.from);
    fillTime(find(".read-when"), mail.sentDate ?? mail.receivedDate, { long: true });
    find(".converted").hidden = !read?.converted;
    const body = find(".body");
    body.textContent = read ? read.text || "This mail has no text." : "Loading…";
    body.classList.toggle("empty", !read?.text);
    fillFacts(find("dl"), [
      ["Message-ID", mail.messageId],
      ["UID", mail.uid],
      ["Size", mail.size ? `${mail.size.toLocaleString()} bytes` : null],
      ["Sent", mail.sentDate],
      ["Received", mail.receivedDate],
    ]);
    find(".reply").addEventListener("click", () => this.#onReply(mail, read?.text ?? ""));
    this.#place.replaceChildren(view);
    this.#place.hidden = false;
  }
}
