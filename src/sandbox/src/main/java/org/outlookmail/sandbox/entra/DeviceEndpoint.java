package org.outlookmail.sandbox.entra;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.HttpURLConnection;
import org.outlookmail.sandbox.wire.Http;

/**
 * Starts sign-ins ({@code POST /<tenant>/oauth2/v2.0/devicecode}) and is the page on which the user enters the code. Safe
 * for any thread.
 */
final class DeviceEndpoint {
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
        TokenRequest request = read(exchange);
        directory.checkTenant(tenant);
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
        TokenEndpoint.headers(exchange);
        Http.json(exchange, 200, body.toString());
    }

    private static TokenRequest read(HttpExchange exchange) throws IOException, EntraRefusedException {
        try {
            return TokenRequest.read(
                    Http.text(exchange), exchange.getRequestHeaders().getFirst("Authorization"));
        } catch (IllegalArgumentException e) {
            throw new EntraRefusedException(EntraError.malformed());
        }
    }

    /** Shows the page, or takes what was entered. */
    void page(HttpExchange exchange) throws IOException {
        String said = "Enter the code that the program shows.";
        if (exchange.getRequestMethod().equals("POST")) {
            said = entered(Http.text(exchange));
        }
        SignInPage.send(exchange, HttpURLConnection.HTTP_OK, SignInPage.withCode(said));
    }

    private String entered(String posted) {
        try {
            TokenRequest form = TokenRequest.once(posted);
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
