package org.outlookmail.connector;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.outlookmail.MailboxAddress;
import org.outlookmail.secret.Secret;
import org.outlookmail.secret.SecretDecoder;
import org.outlookmail.secret.SecretDecoder.UnreadableSecretException;

/**
 * Reads one property at a time: the stanza's own value, else the adapter's; and notes what is wrong with it. Nothing is
 * corrected.
 *
 * <p>Thread rule: one use, one thread.
 */
final class PropertyReader {

    private static final Pattern UNDEFINED_VARIABLE = Pattern.compile("(?s).*\\$\\{[^}]*}.*");

    /** RFC 4616 separates it by a NUL from what comes next. */
    private static final Pattern USER_NAME = Pattern.compile("\\P{Cntrl}*", Pattern.UNICODE_CHARACTER_CLASS);

    private final Problems problems;
    private final MailProperties own;
    private final MailProperties defaults;

    /**
     * @param own the stanza's own properties
     * @param defaults those of the resource adapter
     * @param problems takes what is found
     */
    PropertyReader(MailProperties own, MailProperties defaults, Problems problems) {
        this.own = own;
        this.defaults = defaults;
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    /** The value, or null if there is none or it cannot be used. */
    String text(String property, Function<MailProperties, String> getter) {
        return defined(property, value(getter));
    }

    /** Whether the stanza itself sets it; some servers (Open Liberty) copy the adapter's values into every factory. */
    boolean own(Function<MailProperties, String> getter) {
        String value = getter.apply(own);
        return value != null && !value.isBlank() && !value.equals(getter.apply(defaults));
    }

    /** Whether anybody sets it. */
    boolean isSet(Function<MailProperties, String> getter) {
        String value = value(getter);
        return value != null && !value.isBlank();
    }

    String required(String property, Function<MailProperties, String> getter, String cure) {
        if (!isSet(getter)) {
            problems.add(
                    property,
                    "is missing: set it " + cure + ", here or in <properties.outlookMail> of the <resourceAdapter>");
        }
        return text(property, getter);
    }

    /** One of the values, or the first if there is none. */
    String choice(String property, Function<MailProperties, String> getter, String... values) {
        String value = text(property, getter);
        if (value == null) {
            return values[0];
        }
        for (String known : values) {
            if (known.equals(value)) {
                return value;
            }
        }
        problems.add(property, "is \"" + value + "\": this version knows " + String.join(", ", values));
        return values[0];
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
            problems.add(property, "is \"" + value + "\": it must be one address such as noreply@contoso.com");
            return null;
        }
        return value;
    }

    /** The name of a user, which need not be an address; null and a problem if it could not go over a wire as it is. */
    String userName(String property, Function<MailProperties, String> getter) {
        return matching(property, text(property, getter), USER_NAME, "must have no control characters");
    }

    Optional<Secret> secret(String property, Function<MailProperties, String> getter) {
        return decoded(property, text(property, getter));
    }

    Secret requiredSecret(String property, Function<MailProperties, String> getter, String cure) {
        return decoded(property, required(property, getter, cure)).orElse(null);
    }

    Optional<Secret> decoded(String property, String configured) {
        if (configured == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(SecretDecoder.decode(configured));
        } catch (UnreadableSecretException unreadable) {
            problems.add(property, unreadable.getMessage());
            return Optional.empty();
        }
    }

    Optional<Path> file(String property, Function<MailProperties, String> getter) {
        return readableFile(property, text(property, getter));
    }

    Optional<Path> readableFile(String property, String name) {
        Optional<Path> file = path(property, name);
        if (file.isPresent() && !(Files.isRegularFile(file.get()) && Files.isReadable(file.get()))) {
            problems.add(property, "names " + file.get() + ": there is no such file that the server can read");
            return Optional.empty();
        }
        return file;
    }

    /** Absolute; relative names start at the server's working directory. */
    Optional<Path> path(String property, String name) {
        if (name == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(name).toAbsolutePath());
        } catch (InvalidPathException malformed) {
            problems.add(property, "is \"" + name + "\", which is no path: " + malformed.getReason());
            return Optional.empty();
        }
    }

    Duration millis(String property, Function<MailProperties, Integer> getter, int byDefault) {
        int value = Optional.ofNullable(value(getter)).orElse(byDefault);
        if (value < 1) {
            problems.add(property, "is " + value + ": it must be at least 1 millisecond, timeouts are always finite");
            return Duration.ofMillis(byDefault);
        }
        return Duration.ofMillis(value);
    }

    /** A number from 0, which stands for none. */
    int count(String property, Function<MailProperties, Integer> getter, int byDefault) {
        int number = Optional.ofNullable(value(getter)).orElse(byDefault);
        if (number < 0) {
            problems.add(property, "is " + number + ": it must be 0 or more");
            return byDefault;
        }
        return number;
    }

    int port(String property, Function<MailProperties, Integer> getter, int byDefault) {
        int number = Optional.ofNullable(value(getter)).orElse(byDefault);
        if (number < 1 || number > 65_535) {
            problems.add(property, "is " + number + ": it must be between 1 and 65535");
            return byDefault;
        }
        return number;
    }

    /** The full address of an endpoint; null if there is none or it is none. */
    URI endpoint(String property, String text) {
        return text == null ? null : https(property, text, true);
    }

    /** Host and port of a server; null if it is none. */
    URI base(String property, String text) {
        return https(property, text, false);
    }

    private URI https(String property, String text, boolean withPath) {
        try {
            URI uri = new URI(text);
            boolean bare = uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && (withPath || (uri.getRawQuery() == null && rootPath(uri)));
            if ("https".equals(uri.getScheme()) && uri.getHost() != null && bare) {
                return withPath ? uri : new URI("https", null, uri.getHost(), uri.getPort(), null, null, null);
            }
        } catch (URISyntaxException malformed) {
            problems.add(property, "is \"" + text + "\", which is no address: " + malformed.getReason());
            return null;
        }
        problems.add(
                property,
                "is \"" + text + "\": it must be "
                        + (withPath
                                ? "a full address such as https://host/path"
                                : "https://host or https://host:port and nothing more"));
        return null;
    }

    private static boolean rootPath(URI uri) {
        return uri.getRawPath() == null
                || uri.getRawPath().isEmpty()
                || uri.getRawPath().equals("/");
    }

    /** The value, or null if there is none or it is a variable that the server does not know. */
    String defined(String property, String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (UNDEFINED_VARIABLE.matcher(value).matches()) {
            String variable = value.substring(value.indexOf("${"), value.indexOf('}', value.indexOf("${")) + 1);
            problems.add(
                    property,
                    "holds " + variable + ", a variable that is not defined: add <variable name=\""
                            + variable.substring(2, variable.length() - 1)
                            + "\" value=\"...\"/> or set it in the environment");
            return null;
        }
        return value.strip();
    }

    private <T> T value(Function<MailProperties, T> getter) {
        T value = getter.apply(own);
        boolean unset = value == null || (value instanceof String text && text.isBlank());
        return unset ? getter.apply(defaults) : value;
    }
}
