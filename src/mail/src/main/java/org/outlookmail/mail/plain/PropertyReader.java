package org.outlookmail.mail.plain;

import jakarta.mail.Session;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.outlookmail.MailboxAddress;
import org.outlookmail.secret.Secret;
import org.outlookmail.secret.SecretDecoder;
import org.outlookmail.secret.SecretDecoder.UnreadableSecretException;

/**
 * Reads one property of a session at a time and notes what is wrong with it. Nothing is corrected.
 *
 * <p>Thread rule: one use, one thread.
 */
final class PropertyReader {

    /** What a server leaves standing when it does not know the variable. */
    private static final Pattern UNDEFINED_VARIABLE = Pattern.compile("(?s).*\\$\\{[^}]*}.*");

    private final Properties properties;
    private final Problems problems;

    PropertyReader(Session session, Problems problems) {
        this.properties = session.getProperties();
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    /** Every name, also of values that are no texts. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(properties.stringPropertyNames());
        properties.keySet().stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .forEach(names::add);
        return names;
    }

    boolean isSet(String property) {
        return raw(property) != null;
    }

    /** The value; empty if there is none or it cannot be used. */
    Optional<String> text(String property) {
        String value = raw(property);
        if (value != null && UNDEFINED_VARIABLE.matcher(value).matches()) {
            String variable = value.substring(value.indexOf("${"), value.indexOf('}', value.indexOf("${")) + 1);
            problems.add(property, "holds " + variable + ", a variable that is not defined: define it");
            return Optional.empty();
        }
        return Optional.ofNullable(value);
    }

    private String raw(String property) {
        String value = properties.getProperty(property);
        if (value == null && properties.get(property) != null) {
            value = properties.get(property).toString();
        }
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** The value; null and a problem if there is none. */
    String required(String property, String cure) {
        if (!isSet(property)) {
            problems.add(property, "is missing: set it " + cure);
        }
        return text(property).orElse(null);
    }

    String matching(String property, String value, Pattern pattern, String rule) {
        if (value != null && !pattern.matcher(value).matches()) {
            problems.add(property, "is \"" + value + "\": it " + rule);
            return null;
        }
        return value;
    }

    /** The address of a mailbox; null and a problem if it is none. */
    String mailbox(String property, String value) {
        if (value != null && !MailboxAddress.isAddress(value)) {
            problems.add(
                    property, "is \"" + value + "\": it must be the address of a mailbox such as noreply@contoso.com");
            return null;
        }
        return value;
    }

    Optional<Secret> secret(String property) {
        return text(property).flatMap(configured -> {
            try {
                return Optional.of(SecretDecoder.decode(configured));
            } catch (UnreadableSecretException unreadable) {
                problems.add(property, unreadable.getMessage());
                return Optional.empty();
            }
        });
    }

    boolean choice(String property, boolean byDefault) {
        String value = text(property).orElse(Boolean.toString(byDefault));
        if (!value.equals("true") && !value.equals("false")) {
            problems.add(property, "is \"" + value + "\": it must be true or false");
            return byDefault;
        }
        return value.equals("true");
    }

    Duration millis(String property, int byDefault) {
        int value = number(property, byDefault);
        if (value < 1) {
            problems.add(property, "is " + value + ": it must be at least 1 millisecond, timeouts are always finite");
            return Duration.ofMillis(byDefault);
        }
        return Duration.ofMillis(value);
    }

    int port(String property, int byDefault) {
        int value = number(property, byDefault);
        if (value < 1 || value > 65_535) {
            problems.add(property, "is " + value + ": it must be between 1 and 65535");
            return byDefault;
        }
        return value;
    }

    private int number(String property, int byDefault) {
        Optional<String> value = text(property);
        try {
            return value.map(Integer::valueOf).orElse(byDefault);
        } catch (NumberFormatException none) {
            problems.add(property, "is \"" + value.get() + "\": it must be a whole number");
            return byDefault;
        }
    }

    /** The full address of an endpoint; null if it is none. */
    URI endpoint(String property, String address) {
        try {
            URI uri = new URI(address);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            problems.add(property, "is \"" + address + "\", which is no address: " + malformed.getReason());
            return null;
        }
        problems.add(property, "is \"" + address + "\": it must be a full address such as https://host/path");
        return null;
    }
}
