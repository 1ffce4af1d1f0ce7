/** Small helpers. Text from outside enters the page through textContent only. */

export const byId = (id) => document.getElementById(id);

/** A copy of a template's content. */
export const copyOf = (templateId) => byId(templateId).content.cloneNode(true);

/** Fills a definition list with [term, value] pairs; pairs without a value are left out. */
export function fillFacts(list, pairs) {
  for (const [term, value] of pairs) {
    if (value === undefined || value === null || value === "") {
      continue;
    }
    const dt = document.createElement("dt");
    dt.textContent = term;
    const dd = document.createElement("dd");
    dd.textContent = value;
    list.append(dt, dd);
  }
}

/** "Ann Lee" of "Ann Lee <ann@contoso.com>", or else the address itself. */
export function displayName(address) {
  const name = /^\s*"?(.*?)"?\s*<[^>]*>\s*$/.exec(address ?? "")?.[1];
  return name || address || "(unknown sender)";
}

/** Initials on a tint that stays the same for the same person. */
export function fillAvatar(element, address) {
  const name = displayName(address);
  const words = name.split("@")[0].split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  element.textContent = letters.map((word) => [...word][0]).join("").toUpperCase() || "?";
  element.dataset.tint = String([...name].reduce((sum, character) => sum + character.codePointAt(0), 0) % 5);
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** Writes a moment into a <time>: the hour of today, the day of this year, the date before. */
export function fillTime(element, iso, { long = false } = {}) {
  if (!iso) {
    return;
  }
  const date = new Date(iso);
  const now = new Date();
  const near = date.getFullYear() === now.getFullYear() ? day : dayOfYear;
  element.dateTime = iso;
  element.title = moment.format(date);
  element.textContent = long
    ? moment.format(date)
    : (date.toDateString() === now.toDateString() ? clock : near).format(date);
}
