/** Shows what came of a request: a receipt, or a problem with its diagnosis. */

import { copyOf, fillFacts } from "./dom.js";

export function clearOutcome(place) {
  place.replaceChildren();
}

export function showReceipt(place, receipt, elapsedMillis) {
  const card = copyOf("success");
  fillFacts(card.querySelector("dl"), [
    ["Message-ID", receipt.messageId],
    ["Mailbox", receipt.mailbox],
    ["Through", receipt.via === "session" ? "mail/office365Session" : "mail/office365"],
    ["Took", `${Math.round(elapsedMillis)} ms`],
  ]);
  show(place, card);
}

export function showProblem(place, problem) {
  const card = copyOf("problem");
  const find = (selector) => card.querySelector(selector);
  find(".code").textContent = problem.code ?? "";
  find(".http").textContent = problem.status ? `HTTP ${problem.status}` : "";
  find("h3").textContent = problem.title ?? "Something went wrong";
  if (problem.errors?.length) {
    find(".what").remove();
    showErrors(find(".errors"), problem.errors);
  } else {
    find(".what").textContent = problem.detail ?? "";
  }
  if (problem.likelyCause || problem.cure) {
    find(".advice").hidden = false;
    find(".cause p").textContent = problem.likelyCause ?? "";
    find(".cure p").textContent = problem.cure ?? "";
  }
  const facts = [...Object.entries(problem.details ?? {}), ["instance", problem.instance]];
  const reportable = !problem.errors && facts.some(([, value]) => value);
  if (reportable) {
    find(".facts").hidden = false;
    fillFacts(find(".facts dl"), facts);
  }
  prepareCopy(find(".copy"), problem, reportable);
  show(place, card);
}

function showErrors(list, errors) {
  list.hidden = false;
  for (const error of errors) {
    const item = document.createElement("li");
    const field = document.createElement("code");
    field.textContent = error.field;
    item.append(field, ` should be ${error.expected}; it is ${error.found}.`);
    list.append(item);
  }
}

/** A slip in the form needs no ticket; a clipboard exists only on https and localhost. */
function prepareCopy(button, problem, reportable) {
  button.hidden = !reportable || !navigator.clipboard;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(JSON.stringify(problem, null, 2));
      button.textContent = "Copied";
    } catch (refused) {
      button.textContent = `The browser does not allow copying (${refused.name})`;
    }
  });
}

function show(place, card) {
  card.querySelector(".dismiss").addEventListener("click", () => clearOutcome(place));
  place.replaceChildren(card);
}
