package org.outlookmail.sandbox.entra;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.outlookmail.sandbox.SandboxSettings;
import org.outlookmail.sandbox.wire.Http;

/**
 * The page to which a program sends the user's browser ({@code /<tenant>/oauth2/v2.0/authorize}), and from which the browser
 * comes back with a code. Until it is sure where the browser may go back to, errors stay on the page (RFC 6749, 4.1.2.1).
 * Safe for any thread.
 */
final class AuthorizeEndpoint {
    private final Clock clock;
    private final Directory directory;
    private final Users users;
    private final UserTokens tokens;
    private final IdTokens idTokens;
    private final AuthorizationCodes codes;

    AuthorizeEndpoint(
            Clock clock,
            Directory directory,
            Users users,
            UserTokens tokens,
            IdTokens idTokens,
            AuthorizationCodes codes) {
        this.clock = clock;
        this.directory = directory;
        this.users = users;
        this.tokens = tokens;
        this.idTokens = idTokens;
        this.codes = codes;
    }

    /** Shows the page (GET), or takes what was entered (POST). */
    void handle(HttpExchange exchange, String tenant) throws IOException {
        // First of all: the JDK's server cuts the connection of a client whose body it has not read.
        String posted = Http.text(exchange);
        TokenRequest request;
        SandboxSettings.Client client;
        ReturnAddress back;
        try {
            directory.checkTenant(tenant);
            request = TokenRequest.once(exchange.getRequestURI().getRawQuery());
            client = directory.client(request.required("client_id"));
            back = ReturnAddress.of(request, client.id());
        } catch (EntraRefusedException e) {
            SignInPage.send(exchange, HttpURLConnection.HTTP_BAD_REQUEST, SignInPage.saying(said(e)));
            return;
        }
        try {
            AuthorizeRequest asked = AuthorizeRequest.read(request, client, back);
            tokens.check(client, asked.scope());
            if (exchange.getRequestMethod().equals("POST")) {
                entered(exchange, asked, TokenRequest.once(posted));
            } else {
                show(exchange, asked.user(), "A program on this machine asks you to sign in.");
            }
        } catch (EntraRefusedException e) {
            back.send(exchange, e.error().forBrowser().parameters(clock));
        }
    }

    private void entered(HttpExchange exchange, AuthorizeRequest asked, TokenRequest form)
            throws IOException, EntraRefusedException {
        if (form.optional("do").equals("decline")) {
            throw new EntraRefusedException(SignInErrors.declined());
        }
        SandboxSettings.User user;
        try {
            user = users.user(form.optional("user"), form.optional("password"));
        } catch (EntraRefusedException e) {
            // The user may try again; the program learns nothing of it.
            show(exchange, form.optional("user"), said(e));
            return;
        }
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("code", codes.give(asked, user.upn()));
        if (asked.clientInfo()) {
            answer.put("client_info", idTokens.clientInfo(user));
        }
        asked.back().send(exchange, answer);
    }

    private static void show(HttpExchange exchange, String user, String said) throws IOException {
        SignInPage.send(exchange, HttpURLConnection.HTTP_OK, SignInPage.withUser(said, user));
    }

    private static String said(EntraRefusedException refused) {
        return refused.getMessage() + ": " + refused.error().text();
    }
}
