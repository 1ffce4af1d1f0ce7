package org.outlookmail.sandbox.entra;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.outlookmail.sandbox.wire.Http;

/**
 * Starts sign-ins ({@code POST /<tenant>/oauth2/v2.0/devicecode}) and is the page on which the user enters the code. Safe
 * for any thread.
 */
final class DeviceEndpoint {
    private static final String PAGE = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in to the sandbox</title>
            <body style="font: 16px sans-serif; max-width: 30em; margin: 3em auto">
            <h1>Sign in</h1><p>%s</p>
            <form method="post"><p><label>Code<br><input name="code" autofocus required></label></p>
            <p><label>User<br><input name="user"></label></p>
            <p><label>Password<br><input name="password" type="password"></label></p>
            <p><button name="do" value="sign-in">Sign in</button> <button name="do" value="decline">Decline</button></p>
            </form></body></html>
            """;

    private final ObjectMapper mapper = new ObjectMapper();
    private final Directory directory;
    private final ClientProof clients;
    private final DeviceCodes codes;
    private final Users users;

    DeviceEndpoint(Directory directory, ClientProof clients, DeviceCodes codes, Users users) {
        this.directory = directory;
        this.clients = clients;
        this.codes = codes;
        this.users = users;
    }

    /** Answers a request for a device code. */
    void start(HttpExchange exchange, String tenant, String page) throws IOException, EntraRefusedException {
        directory.checkTenant(tenant);
        TokenRequest request = TokenRequest.read(
                Http.text(exchange), exchange.getRequestHeaders().getFirst("Authorization"));
        DeviceCodes.Pending pending = codes.start(clients.any(request).id(), request.required("scope"));
        ObjectNode body = mapper.createObjectNode();
        body.put("user_code", pending.userCode());
        body.put("device_code", pending.deviceCode());
        body.put("verification_uri", page);
        body.put("expires_in", pending.expiresInSeconds());
        body.put("interval", codes.interval().toSeconds());
        body.put(
                "message",
                "To sign in, use a web browser to open the page " + page + " and enter the code " + pending.userCode()
                        + " to authenticate.");
        Http.json(exchange, 200, body.toString());
    }

    /** Shows the page, or takes what was entered. */
    void page(HttpExchange exchange) throws IOException {
        String said = "Enter the code that the program shows.";
        if (exchange.getRequestMethod().equals("POST")) {
            said = entered(TokenRequest.read(Http.text(exchange), null));
        }
        Http.answer(
                exchange,
                200,
                "text/html; charset=utf-8",
                PAGE.formatted(escaped(said)).getBytes(StandardCharsets.UTF_8));
    }

    /** What was entered comes back in what is said. */
    private static String escaped(String said) {
        return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private String entered(TokenRequest form) {
        try {
            if (form.optional("do").equals("decline")) {
                codes.answer(form.optional("code"), "");
                return "The sign-in is declined.";
            }
            codes.answer(
                    form.optional("code"),
                    users.user(form.optional("user"), form.optional("password")).upn());
            return "You have signed in; the program goes on by itself.";
        } catch (EntraRefusedException refused) {
            return refused.getMessage() + ": the sign-in was refused.";
        } catch (IllegalArgumentException unknown) {
            return unknown.getMessage() + ".";
        }
    }
}
