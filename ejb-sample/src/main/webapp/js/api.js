/** The REST API, and nothing of the page. Failures of every kind arrive as a ProblemError. */

export class ProblemError extends Error {
  /** @param problem a problem document (RFC 9457) */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

export function sendMail(draft) {
  return request("api/mails", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(draft),
  });
}

export function listMails(folder, via, limit) {
  return request(`api/mails?${new URLSearchParams({ folder, via, limit })}`);
}

export function readMail(uid, folder, via) {
  return request(`api/mails/${uid}?${new URLSearchParams({ folder, via })}`);
}

async function request(url, options) {
  let response;
  try {
    response = await fetch(url, { ...options, cache: "no-store" });
  } catch (failure) {
    throw new ProblemError({
      title: "The sample does not answer",
      detail: `The request did not reach the server or its answer was lost (${failure.message}). Is the server running?`,
    });
  }
  const type = response.headers.get("Content-Type") ?? "";
  if (!/\bjson\b/.test(type)) {
    throw new ProblemError({
      title: "Something else answered",
      status: response.status,
      detail: `The answer has the type ${type || "(none)"} instead of JSON. The server's log may know more.`,
    });
  }
  const json = await response.json();
  if (!response.ok) {
    throw new ProblemError(json);
  }
  return json;
}
