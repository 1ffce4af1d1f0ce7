package org.outlookmail.sandbox.entra;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.outlookmail.sandbox.faults.Faults;
import org.outlookmail.sandbox.faults.TokenFault;
import org.outlookmail.sandbox.wire.Http;
import org.outlookmail.sandbox.wire.Pause;

/**
 * A token endpoint, such as {@code POST /<tenant>/oauth2/v2.0/token}: counts, applies faults, finds the grant. Safe for any
 * thread.
 */
final class TokenEndpoint {
    private final ObjectMapper mapper = new ObjectMapper();
    private final Clock clock;
    private final Faults faults;
    private final Directory directory;
    private final TokenCheck check;
    private final Map<String, Grant> grants;
    private final TokenCounters counters;
    private final boolean entra;

    /** {@code entra}: with tenants and Entra's own members in errors; else as RFC 6749 has it and no more. */
    TokenEndpoint(
            Clock clock,
            Faults faults,
            Directory directory,
            TokenCheck check,
            TokenCounters counters,
            boolean entra,
            List<Grant> grants) {
        this.entra = entra;
        this.clock = clock;
        this.faults = faults;
        this.directory = directory;
        this.check = check;
        this.counters = counters;
        Map<String, Grant> byType = new HashMap<>();
        grants.forEach(grant -> grant.types().forEach(type -> byType.put(type, grant)));
        this.grants = Map.copyOf(byType);
    }

    void handle(HttpExchange exchange, String tenant) throws IOException {
        counters.request();
        TokenRequest request;
        try {
            request = TokenRequest.read(
                    Http.text(exchange), exchange.getRequestHeaders().getFirst("Authorization"));
        } catch (IllegalArgumentException e) {
            refuse(exchange, EntraError.missing("grant_type"));
            return;
        }
        String type = request.optional("grant_type");
        Pause.millis(faults.limits().delayMillis());
        Optional<TokenFault> fault = faults.takeToken();
        if (fault.isPresent()) {
            Pause.millis(fault.get().stallMillis());
            if (fault.get().status() != 0) {
                counters.refused(type);
                fail(exchange, fault.get());
                return;
            }
        }
        try {
            Grant.Issued issued = grant(request, tenant).issue(request);
            check.issued(issued.accessToken());
            counters.issued(type);
            succeed(exchange, issued);
        } catch (EntraRefusedException e) {
            counters.refused(type);
            refuse(exchange, e.error());
        }
    }

    private Grant grant(TokenRequest request, String tenant) throws EntraRefusedException {
        if (entra) {
            directory.checkTenant(tenant);
        }
        String type = request.required("grant_type");
        Grant grant = grants.get(type);
        if (grant == null) {
            throw new EntraRefusedException(EntraError.grantUnknown(type));
        }
        Optional<EntraError> objection =
                entra && Directory.shared(tenant) ? grant.objectionTo(tenant) : Optional.empty();
        if (objection.isPresent()) {
            throw new EntraRefusedException(objection.get());
        }
        return grant;
    }

    private void succeed(HttpExchange exchange, Grant.Issued issued) throws IOException {
        ObjectNode body = mapper.createObjectNode();
        body.put("token_type", "Bearer");
        body.put("expires_in", issued.expiresInSeconds());
        body.put("ext_expires_in", issued.expiresInSeconds());
        body.put("access_token", issued.accessToken());
        if (!issued.scope().isEmpty()) {
            body.put("scope", issued.scope());
        }
        if (!issued.refreshToken().isEmpty()) {
            body.put("refresh_token", issued.refreshToken());
        }
        if (entra && !issued.idToken().isEmpty()) {
            body.put("id_token", issued.idToken());
        }
        if (entra && !issued.clientInfo().isEmpty()) {
            body.put("client_info", issued.clientInfo());
        }
        headers(exchange);
        Http.json(exchange, 200, body.toString());
    }

    void refuse(HttpExchange exchange, EntraError error) throws IOException {
        String correlation = headers(exchange);
        Http.json(exchange, error.status(), entra ? error.json(mapper, clock, correlation) : error.plainJson(mapper));
    }

    private void fail(HttpExchange exchange, TokenFault fault) throws IOException {
        headers(exchange);
        if (fault.retryAfterSeconds() >= 0) {
            exchange.getResponseHeaders().set("Retry-After", Integer.toString(fault.retryAfterSeconds()));
        }
        byte[] body = fault.body().getBytes(StandardCharsets.UTF_8);
        String type = fault.body().stripLeading().startsWith("{") ? "application/json; charset=utf-8" : "text/html";
        Http.answer(exchange, fault.status(), type, body);
    }

    /** Sets what Entra sets on every answer and gives the correlation id: the client's own, if it sent one. */
    static String headers(HttpExchange exchange) {
        String sent = exchange.getRequestHeaders().getFirst("client-request-id");
        String correlation = sent != null && sent.matches("[0-9a-fA-F-]{36}")
                ? sent
                : UUID.randomUUID().toString();
        exchange.getResponseHeaders().set("Cache-Control", "no-store, no-cache");
        exchange.getResponseHeaders().set("Pragma", "no-cache");
        exchange.getResponseHeaders().set("client-request-id", correlation);
        exchange.getResponseHeaders().set("x-ms-request-id", UUID.randomUUID().toString());
        return correlation;
    }
}
