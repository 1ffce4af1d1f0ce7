/** Joins list, reader and form, and decides which of them a narrow screen shows. */

import { ProblemError } from "./api.js";
import { Compose } from "./compose.js";
import { byId } from "./dom.js";
import { Inbox } from "./inbox.js";
import { clearOutcome, showProblem } from "./outcome.js";
import { Reader } from "./reader.js";

const folder = () => byId("folder").value;
const via = () => document.querySelector('input[name="via"]:checked').value;

const inbox = new Inbox(open);
const reader = new Reader(reply);
const compose = new Compose(via, () => inbox.load(folder(), via()));

function show(view) {
  document.body.dataset.view = view;
}

function write() {
  reader.close();
  inbox.select(null);
  clearOutcome(byId("outcome"));
  compose.open();
  show("detail");
}

async function open(mail) {
  compose.close();
  clearOutcome(byId("outcome"));
  inbox.select(mail.uid);
  show("detail");
  byId("detail").focus({ preventScroll: true });
  try {
    await reader.open(mail, folder(), via());
  } catch (failure) {
    if (!(failure instanceof ProblemError)) {
      throw failure;
    }
    reader.close();
    showProblem(byId("outcome"), failure.problem);
  }
}

function reply(mail, text) {
  write();
  compose.replyTo(mail, text);
}

byId("refresh").addEventListener("click", () => inbox.load(folder(), via()));
byId("new-mail").addEventListener("click", () => {
  write();
  compose.focus();
});
byId("back").addEventListener("click", () => {
  show("list");
  byId("new-mail").focus();
});
byId("folder").addEventListener("change", () => inbox.load(folder(), via(), { fresh: true }));
for (const choice of document.querySelectorAll('input[name="via"]')) {
  choice.addEventListener("change", () => {
    byId("send-via").textContent = via() === "session" ? "mail/office365Session" : "mail/office365";
    inbox.load(folder(), via());
  });
}

inbox.load(folder(), via());
