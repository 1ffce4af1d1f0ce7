// Signs in at the box with Microsoft's own client for Node, and says in JSON what came of it. MsalNodeTest runs it.
import { PublicClientApplication } from "@azure/msal-node";

const [entra, control, tenant, clientId, user, password] = process.argv.slice(2);
const scopes = ["https://outlook.office.com/SMTP.Send", "https://outlook.office.com/IMAP.AccessAsUser.All"];
const form = fields => ({ method: "POST", body: new URLSearchParams(fields) });

function application(name) {
  return new PublicClientApplication({
    auth: { clientId, authority: `${entra}/${name}`, knownAuthorities: [new URL(entra).host] },
  });
}

// The user enters the code, by the box's control API.
async function enterCode({ userCode }) {
  await fetch(`${control}/signin`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ userCode, user }),
  });
}

// The user signs in at the page, which then posts the answer to the program.
async function openBrowser(page) {
  const answer = await (await fetch(page, form({ user, password, do: "sign-in" }))).text();
  const fields = [...answer.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(field => [field[1], field[2]]);
  await fetch(answer.match(/action="([^"]+)"/)[1], form(fields));
}

async function outcome(answer) {
  try {
    const { account, accessToken, fromCache, idTokenClaims } = await answer;
    const claims = JSON.parse(Buffer.from(accessToken.split(".")[1], "base64url"));
    return { username: account.username, homeAccountId: account.homeAccountId, fromCache, upn: claims.upn,
      scp: claims.scp, idTokenOf: idTokenClaims.preferred_username };
  } catch (e) {
    return { error: `${e.errorCode}: ${e.message}` };
  }
}

async function signIns(name) {
  const application1 = application(name);
  const device = application1.acquireTokenByDeviceCode({ scopes, deviceCodeCallback: enterCode });
  const { account } = await device;
  return {
    device: await outcome(device),
    cached: await outcome(application1.acquireTokenSilent({ scopes, account })),
    renewed: await outcome(application1.acquireTokenSilent({ scopes, account, forceRefresh: true })),
    password: await outcome(application(name).acquireTokenByUsernamePassword({ scopes, username: user, password })),
    browser: await outcome(application(name).acquireTokenInteractive({ scopes, openBrowser })),
  };
}

console.log(JSON.stringify({ tenant: await signIns(tenant), common: await signIns("common") }));
