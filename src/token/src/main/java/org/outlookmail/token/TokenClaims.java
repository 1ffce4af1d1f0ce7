package org.outlookmail.token;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The claims of a JSON Web Token (RFC 7519) that explain a refusal: {@code aud}, {@code roles} or {@code scp},
 * {@code tid}, {@code appid}, {@code oid}, {@code upn}, {@code exp}. Read without checking the signature, so fit for diagnosis alone.
 *
 * @param values claim name to readable value, in the order above; empty if the token is opaque
 */
public record TokenClaims(Map<String, String> values) {

    public TokenClaims {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Seconds that an Instant can still hold, some ten thousand years; what is beyond is told as it stands. */
    private static final long LATEST = 1L << 38;

    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    private static final List<String> TOLD = List.of("aud", "roles", "scp", "tid", "appid", "oid", "upn", "exp");

    /** What tells whose statement an assertion is (RFC 7523, section 3), and for whom. */
    private static final List<String> OF_ASSERTIONS = List.of("iss", "sub", "aud", "exp");

    /** Those of a token; none if it is opaque. */
    public static TokenClaims of(String token) {
        return of(token, TOLD);
    }

    /** {@code iss}, {@code sub}, {@code aud} and {@code exp} of a client's assertion; none if it cannot be read. */
    public static TokenClaims ofAssertion(String assertion) {
        return of(assertion, OF_ASSERTIONS);
    }

    private static TokenClaims of(String token, List<String> wanted) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return new TokenClaims(Map.of());
        }
        Map<String, String> told = new LinkedHashMap<>();
        Map<?, ?> all = payload(parts[1]);
        for (String claim : wanted) {
            Object value = all.get(claim);
            if (value != null) {
                told.put(claim, readable(claim, value));
            }
        }
        return new TokenClaims(told);
    }

    /** The end that the token itself names; empty if it is opaque or names none. */
    public Optional<Instant> expiry() {
        return Optional.ofNullable(values.get("exp"))
                .filter(text -> MOMENT.matcher(text).matches())
                .map(Instant::parse);
    }

    private static Map<?, ?> payload(String encoded) {
        try {
            String json = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            try (JsonReader reader = JsonProviders.createReader(json)) {
                reader.nextToken();
                return reader.readUntyped() instanceof Map<?, ?> map ? map : Map.of();
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException opaque) {
            // RFC 6749, section 1.4: a client need not understand a token. Nothing is known, so nothing is told.
            return Map.of();
        }
    }

    private static String readable(String claim, Object value) {
        return claim.equals("exp")
                        && value instanceof Number seconds
                        && seconds.longValue() >= 0
                        && seconds.longValue() <= LATEST
                ? Instant.ofEpochSecond(seconds.longValue()).toString()
                : String.valueOf(value);
    }
}
