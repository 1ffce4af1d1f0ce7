package org.outlookmail.configuration;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.MailboxAddress;
import org.outlookmail.secret.Secret;
import org.outlookmail.secret.SecretDecoder.UnreadableSecretException;

/**
 * Reads one property at a time and notes what is wrong with it. Nothing is corrected: what is empty, or a default, after a
 * problem is there only so that the reading can go on and find the next one.
 *
 * <p>Thread rule: one use, one thread.
 */
public final class PropertyReader {

    /** What can be a host: a name or an IP address. */
    public static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:.]+");

    private static final String HOST_RULE = "must be a host name or an IP address";

    /** What a server leaves standing when it does not know the variable. */
    private static final Pattern UNDEFINED_VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    /** RFC 4616 separates it by a NUL from what comes next. */
    private static final Pattern USER_NAME = Pattern.compile("\\P{Cntrl}*", Pattern.UNICODE_CHARACTER_CLASS);

    private final PropertySource source;
    private final Problems problems;

    /**
     * @param source where the values come from; not null
     * @param problems takes what is found; not null
     */
    public PropertyReader(PropertySource source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    public Problems problems() {
        return problems;
    }

    /** What the user at hand calls it. */
    public String name(Property property) {
        return source.name(property);
    }

    /** Notes what is wrong with one. */
    public void problem(Property property, String what) {
        problems.add(source.name(property), what);
    }

    /** Whether the user at hand can set it. */
    public boolean offers(Property property) {
        return source.offers(property);
    }

    /** Whether anybody sets it. */
    public boolean isSet(Property property) {
        return raw(property).isPresent();
    }

    /** Whether it is set here, rather than taken over. */
    public boolean own(Property property) {
        return source.own(property);
    }

    /** The value; empty if there is none or it is a variable that the server does not know. */
    public Optional<String> text(Property property) {
        return raw(property).flatMap(value -> defined(source.name(property), value));
    }

    /**
     * A value that does not come from the source; empty if it is a variable that the server does not know.
     *
     * @param name what the user calls it
     */
    public Optional<String> defined(String name, String value) {
        Matcher variable = UNDEFINED_VARIABLE.matcher(value);
        if (variable.find()) {
            problems.add(
                    name,
                    "holds " + variable.group() + ", a variable that is not defined: "
                            + source.definition(variable.group(1)));
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private Optional<String> raw(Property property) {
        return Optional.ofNullable(source.value(property))
                .map(value -> value.toString().strip())
                .filter(value -> !value.isEmpty());
    }

    /** The value; a problem if there is none. */
    public Optional<String> required(Property property, String cure) {
        if (!isSet(property)) {
            problem(property, "is missing: set it " + cure + source.elsewhere());
        }
        return text(property);
    }

    /** One of its choices, or its default. */
    public String choice(Property property) {
        String byDefault =
                property.byDefault().orElseGet(() -> property.choices().get(0));
        Optional<String> value = text(property);
        if (value.isPresent() && !property.choices().contains(value.get())) {
            problem(
                    property,
                    "is \"" + value.get() + "\": this version knows " + String.join(", ", property.choices()));
            return byDefault;
        }
        return value.orElse(byDefault);
    }

    /** The value if it has that form. */
    public Optional<String> matching(Property property, Optional<String> value, Pattern pattern, String rule) {
        if (value.isPresent() && !pattern.matcher(value.get()).matches()) {
            problem(property, "is \"" + value.get() + "\": it " + rule);
            return Optional.empty();
        }
        return value;
    }

    /** The address of a mailbox; a problem if there is none. */
    public Optional<String> mailbox(Property property) {
        Optional<String> value = required(property, "to the address of the mailbox");
        if (value.isPresent() && !MailboxAddress.isAddress(value.get())) {
            problem(property, "is \"" + value.get() + "\": it must be one address such as noreply@contoso.com");
            return Optional.empty();
        }
        return value;
    }

    /** The name of a user, which need not be an address, but must be able to go over a wire as it is. */
    public Optional<String> userName(Property property) {
        return matching(property, text(property), USER_NAME, "must have no control characters");
    }

    /** A host, or what stands for it. */
    public Optional<String> host(Property property, Optional<String> byDefault) {
        Optional<String> name = byDefault.isPresent()
                ? text(property).or(() -> byDefault)
                : required(property, "to the name of the mail server, which has no default here");
        return matching(property, name, HOST, HOST_RULE);
    }

    /** An HTTP proxy, or none. Its name is looked up at each connection, as every other is. */
    public Proxy proxy(Property host, Property port) {
        Optional<String> name = matching(host, text(host), HOST, HOST_RULE);
        int number = port(port, port.numberByDefault());
        return name.map(known -> new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(known, number)))
                .orElse(Proxy.NO_PROXY);
    }

    public Optional<Secret> secret(Property property) {
        return text(property).flatMap(value -> decoded(property, value));
    }

    /** The secret; a problem if there is none. */
    public Optional<Secret> requiredSecret(Property property, String cure) {
        return required(property, cure).flatMap(value -> decoded(property, value));
    }

    private Optional<Secret> decoded(Property property, String configured) {
        try {
            return Optional.of(source.secret(configured));
        } catch (UnreadableSecretException unreadable) {
            problem(property, unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** A file that can be read now. */
    public Optional<Path> file(Property property) {
        Optional<Path> file = path(property);
        if (file.isPresent() && !(Files.isRegularFile(file.get()) && Files.isReadable(file.get()))) {
            problem(property, "names " + file.get() + ": there is no such file that the server can read");
            return Optional.empty();
        }
        return file;
    }

    /** A file that need not be there yet; absolute, and relative names start at the server's working directory. */
    public Optional<Path> path(Property property) {
        Optional<String> name = text(property);
        try {
            return name.map(text -> Path.of(text).toAbsolutePath());
        } catch (InvalidPathException malformed) {
            problem(property, "is \"" + name.orElseThrow() + "\", which is no path: " + malformed.getReason());
            return Optional.empty();
        }
    }

    /** A time, at least a millisecond. */
    public Duration millis(Property property) {
        int value = number(property, property.numberByDefault());
        if (value < 1) {
            problem(property, "is " + value + ": it must be at least 1 millisecond, timeouts are always finite");
            return Duration.ofMillis(property.numberByDefault());
        }
        return Duration.ofMillis(value);
    }

    /** A number from 0, which stands for none. */
    public int count(Property property) {
        int value = number(property, property.numberByDefault());
        if (value < 0) {
            problem(property, "is " + value + ": it must be 0 or more");
            return property.numberByDefault();
        }
        return value;
    }

    public int port(Property property, int byDefault) {
        int value = number(property, byDefault);
        if (value < 1 || value > 65_535) {
            problem(property, "is " + value + ": it must be between 1 and 65535");
            return byDefault;
        }
        return value;
    }

    private int number(Property property, int byDefault) {
        Optional<String> value = text(property);
        try {
            return value.map(Integer::valueOf).orElse(byDefault);
        } catch (NumberFormatException none) {
            problem(property, "is \"" + value.orElseThrow() + "\": it must be a whole number");
            return byDefault;
        }
    }

    /** The full address of an endpoint. */
    public Optional<URI> endpoint(Property property) {
        return text(property).flatMap(text -> https(property, text, true));
    }

    /** Host and port of a server. */
    public Optional<URI> base(Property property) {
        return text(property).flatMap(text -> https(property, text, false));
    }

    private Optional<URI> https(Property property, String text, boolean withPath) {
        try {
            URI uri = new URI(text);
            boolean bare = uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && (withPath || (uri.getRawQuery() == null && rootPath(uri)));
            if ("https".equals(uri.getScheme()) && uri.getHost() != null && bare) {
                return Optional.of(
                        withPath ? uri : new URI("https", null, uri.getHost(), uri.getPort(), null, null, null));
            }
        } catch (URISyntaxException malformed) {
            problem(property, "is \"" + text + "\", which is no address: " + malformed.getReason());
            return Optional.empty();
        }
        problem(
                property,
                "is \"" + text + "\": it must be "
                        + (withPath
                                ? "a full address such as https://host/path"
                                : "https://host or https://host:port and nothing more"));
        return Optional.empty();
    }

    private static boolean rootPath(URI uri) {
        return uri.getRawPath() == null
                || uri.getRawPath().isEmpty()
                || uri.getRawPath().equals("/");
    }
}
