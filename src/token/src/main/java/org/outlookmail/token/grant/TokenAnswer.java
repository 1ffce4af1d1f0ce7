package org.outlookmail.token.grant;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import com.azure.json.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.AccessToken;

/**
 * What a token endpoint says when it gives a token (RFC 6749, section 5.1), read once and strictly: a JSON object, each
 * member once, a bearer token of visible characters. The client libraries get only what has been read here, so that all
 * grants judge an answer alike. Immutable.
 *
 * @param accessToken the token; visible ASCII characters (RFC 6749, appendix A.12)
 * @param expiresIn how long it is said to live; empty if the answer does not say so with a number above zero
 * @param expiresOn until when it is said to live, by the endpoint's clock; App Service says so instead. Empty if it does not
 * @param refreshToken the next refresh token, if there is one
 */
record TokenAnswer(
        Secret accessToken, Optional<Duration> expiresIn, Optional<Instant> expiresOn, Optional<Secret> refreshToken) {

    /** No token that a mail server takes comes near it: RFC 4954, section 4, ends a line of AUTH at 12,288 octets. */
    private static final int LONGEST_TOKEN = 32_768;

    private static final Set<String> STRINGS = Set.of("access_token", "token_type", "refresh_token");
    private static final String EXPIRES_IN = "expires_in";
    private static final String EXPIRES_ON = "expires_on";

    /** Longer than any lifetime; a larger number says no more than this one. */
    private static final BigDecimal CENTURY =
            BigDecimal.valueOf(Duration.ofDays(36_525).toSeconds());

    /** What keeps an answer from being used, in words that quote nothing of it. */
    static final class UnusableAnswerException extends IOException {
        private static final long serialVersionUID = 1L;

        UnusableAnswerException(String reason) {
            super(reason);
        }
    }

    /**
     * Reads an answer.
     *
     * @throws UnusableAnswerException if it brings no token that may be used
     */
    static TokenAnswer read(String body) throws UnusableAnswerException {
        Map<String, String> members = members(body);
        String type = members.get("token_type");
        if (type == null || !type.equalsIgnoreCase("Bearer")) {
            // XOAUTH2 can only present a bearer token (RFC 6750).
            throw new UnusableAnswerException("token_type is missing or is not Bearer");
        }
        return new TokenAnswer(
                token(members, "access_token")
                        .orElseThrow(() -> new UnusableAnswerException("access_token is missing or empty")),
                lifetime(members.get(EXPIRES_IN)),
                moment(members.get(EXPIRES_ON)),
                token(members, "refresh_token"));
    }

    private static Map<String, String> members(String body) throws UnusableAnswerException {
        try (JsonReader json = JsonProviders.createReader(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new UnusableAnswerException("it is no JSON object");
            }
            Map<String, String> members = new HashMap<>();
            Set<String> seen = new HashSet<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.getFieldName();
                if (!seen.add(name)) {
                    // RFC 8259, section 4: which of the two counts would be the parser's guess.
                    throw new UnusableAnswerException("it has a member twice");
                }
                take(name, json, members);
            }
            JsonToken after = json.nextToken();
            if (after != null && after != JsonToken.END_DOCUMENT) {
                throw new UnusableAnswerException("something follows the JSON object");
            }
            return members;
        } catch (UnusableAnswerException ours) {
            throw ours;
        } catch (IOException | IllegalStateException broken) {
            // Not as the cause: a parser quotes what it could not read, and that may be a token.
            throw new UnusableAnswerException("it is no JSON object");
        }
    }

    private static void take(String name, JsonReader json, Map<String, String> members) throws IOException {
        JsonToken kind = json.nextToken();
        if (STRINGS.contains(name) && kind != JsonToken.NULL) {
            if (kind != JsonToken.STRING) {
                throw new UnusableAnswerException(name + " is no string");
            }
            members.put(name, json.getString());
        } else if ((name.equals(EXPIRES_IN) || name.equals(EXPIRES_ON))
                && (kind == JsonToken.NUMBER || kind == JsonToken.STRING)) {
            members.put(name, json.getText());
        } else {
            json.skipChildren();
        }
    }

    private static Optional<Secret> token(Map<String, String> members, String name) throws UnusableAnswerException {
        String value = members.get(name);
        if (value == null || value.isEmpty()) {
            return Optional.empty();
        }
        if (value.length() > LONGEST_TOKEN) {
            throw new UnusableAnswerException(name + " is longer than " + LONGEST_TOKEN + " characters");
        }
        if (!AccessToken.visible(value)) {
            throw new UnusableAnswerException(name + " has characters that no token may have");
        }
        return Optional.of(Secret.of(value));
    }

    /** Some endpoints, such as Entra's version 1, send the number as a string. */
    private static Optional<Duration> lifetime(String text) {
        if (text == null || !text.matches("\\d{1,30}(\\.\\d{1,30})?([eE]\\+?\\d{1,2})?")) {
            return Optional.empty();
        }
        long seconds = new BigDecimal(text).min(CENTURY).longValue();
        return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    /** Seconds since 1970, as a string or a number. Older endpoints write a date, which says nothing here. */
    private static Optional<Instant> moment(String text) {
        return text == null || !text.matches("\\d{1,11}")
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
    }

    /**
     * The same as a client library wants it, with nothing else in it.
     *
     * @param life what it shall say in {@code expires_in}
     */
    String plain(Duration life) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = JsonProviders.createWriter(text)) {
            json.writeStartObject()
                    .writeStringField("token_type", "Bearer")
                    .writeStringField("access_token", accessToken.reveal())
                    .writeLongField(EXPIRES_IN, life.toSeconds())
                    .writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("a string takes everything", impossible);
        }
        return text.toString();
    }
}
