package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a user does at a browser: looks at a page, fills it in, is sent on. Follows no redirect by itself. */
final class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern FORM = Pattern.compile("<form method=\"post\" action=\"([^\"]+)\">");
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    private final HttpClient http;

    Browser(Sandbox box) {
        http = HttpClient.newBuilder()
                .sslContext(box.sslContext())
                .connectTimeout(PATIENCE)
                .build();
    }

    HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    /** As the form of a page does, whose origin is that of the address. */
    HttpResponse<String> post(URI address, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", address.getScheme() + "://" + address.getRawAuthority())
                .POST(BodyPublishers.ofString(body)));
    }

    /** Looks at the sign-in page, signs in, and goes where the box says: back to the program. */
    void signIn(URI page, String user, String password) {
        assertThat(get(page).body()).contains("<h1>Sign in</h1>", "name=\"password\"");
        HttpResponse<String> answer = post(page, Map.of("user", user, "password", password, "do", "sign-in"));
        if (answer.statusCode() == 303) {
            get(URI.create(answer.headers().firstValue("Location").orElseThrow()));
        } else {
            post(action(answer.body()), hidden(answer.body()));
        }
    }

    /** Where the form of a page goes to. */
    static URI action(String page) {
        Matcher form = FORM.matcher(page);
        assertThat(form.find()).as(page).isTrue();
        return URI.create(form.group(1));
    }

    /** The hidden fields of a page. */
    static Map<String, String> hidden(String page) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher inputs = HIDDEN.matcher(page);
        while (inputs.find()) {
            fields.put(inputs.group(1), inputs.group(2));
        }
        return fields;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The browser was interrupted", e);
        }
    }
}
