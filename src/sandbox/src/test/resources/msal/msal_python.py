# Signs in at the box with Microsoft's own client for Python, and says in JSON what came of it. MsalPythonTest runs it.
import json
import re
import sys
import urllib.request

import msal
import requests

entra, control, tenant, client_id, user, password, ca = sys.argv[1:]
scopes = ["https://outlook.office.com/SMTP.Send", "https://outlook.office.com/IMAP.AccessAsUser.All"]


class Box(requests.Session):
    """What is meant for Microsoft goes to the box."""

    def __init__(self):
        super().__init__()
        self.verify = ca
        # Else REQUESTS_CA_BUNDLE would win over the line above.
        self.trust_env = False

    def request(self, method, url, **kwargs):
        to = re.sub(r"^https://login\.microsoftonline\.com(:443)?(?=/)", entra, url)
        return super().request(method, to, timeout=20, **kwargs)


def application(name):
    authority = "https://login.microsoftonline.com/" + name
    return msal.PublicClientApplication(client_id, authority=authority, http_client=Box())


def enter_code(code):
    """The user enters the code, by the box's control API."""
    body = json.dumps({"userCode": code, "user": user}).encode()
    request = urllib.request.Request(control + "/signin", body, {"Content-Type": "application/json"})
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=20).close()


def by_browser(app):
    """The user signs in at the page, which sends the browser back with a code."""
    flow = app.initiate_auth_code_flow(scopes, redirect_uri="http://localhost:5555")
    form = {"user": user, "password": password, "do": "sign-in"}
    answer = Box().post(flow["auth_uri"], data=form, allow_redirects=False)
    query = requests.utils.urlparse(answer.headers["Location"]).query
    return app.acquire_token_by_auth_code_flow(flow, dict(urllib.parse.parse_qsl(query)))


def outcome(app, answer):
    if "access_token" not in answer:
        return {"error": answer.get("error_description", "nothing")}
    account = app.get_accounts()[0]
    return {"username": account["username"], "homeAccountId": account["home_account_id"],
            "refreshed": "refresh_token" in answer}


def sign_ins(name):
    app = application(name)
    flow = app.initiate_device_flow(scopes=scopes)
    enter_code(flow["user_code"])
    device = outcome(app, app.acquire_token_by_device_flow(flow))
    account = app.get_accounts()[0]
    others = application(name), application(name)
    return {
        "device": device,
        "cached": outcome(app, app.acquire_token_silent(scopes, account=account)),
        "renewed": outcome(app, app.acquire_token_silent_with_error(scopes, account=account, force_refresh=True)),
        "password": outcome(others[0], others[0].acquire_token_by_username_password(user, password, scopes=scopes)),
        "browser": outcome(others[1], by_browser(others[1])),
    }


print(json.dumps({"tenant": sign_ins(tenant), "common": sign_ins("common")}))
