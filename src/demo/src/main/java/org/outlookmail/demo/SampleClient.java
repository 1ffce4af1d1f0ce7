package org.outlookmail.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Speaks to the sample application's REST interface. For one thread. */
final class SampleClient {

    /** What the list says of a mail. */
    record Mail(String uid, String from, String subject) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI mails;

    SampleClient(String sampleUrl) {
        mails = URI.create(sampleUrl + "/api/mails");
    }

    /** Sends a mail; returns its Message-ID. */
    String send(String to, String subject, String text) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(Map.of("to", List.of(to), "subject", subject, "text", text));
        JsonNode answer = call(HttpRequest.newBuilder(mails)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        return answer.path("messageId").asText();
    }

    /** Looks into the inbox until the mail is there. */
    Mail await(String messageId, Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        do {
            for (JsonNode mail : call(HttpRequest.newBuilder(URI.create(mails + "?folder=INBOX&limit=20")))) {
                if (mail.path("messageId").asText().equals(messageId)) {
                    JsonNode from = mail.path("from");
                    return new Mail(
                            mail.path("uid").asText(),
                            from.isArray() ? from.path(0).asText() : from.asText(),
                            mail.path("subject").asText());
                }
            }
            TimeUnit.MILLISECONDS.sleep(200);
        } while (System.nanoTime() < deadline);
        throw new IOException("the mail " + messageId + " did not arrive within " + patience.toSeconds() + " seconds");
    }

    private JsonNode call(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("the sample application answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
