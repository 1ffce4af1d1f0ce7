package org.outlookmail.token.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.outlookmail.configuration.Property;
import org.outlookmail.configuration.PropertyReader;

/**
 * Reads a property and, where nobody has set it, the variable of the process's environment by which a platform says the same.
 * What is wrong with the variable is told of the property, since that is what an administrator can set.
 *
 * <p>Thread rule: one use, one thread.
 */
final class EnvironmentReader {

    private final PropertyReader reader;
    private final Function<String, String> environment;

    /**
     * @param environment gives for a variable its value, or null; not null
     */
    EnvironmentReader(PropertyReader reader, Function<String, String> environment) {
        this.reader = reader;
        this.environment = environment;
    }

    /** The variable's value; empty if it is not set or blank. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The property or else the variable; a problem if there is neither, or if it has another form. */
    Optional<String> required(Property property, String variable, String cure, Pattern pattern, String rule) {
        Optional<String> value = variable(variable);
        if (reader.isSet(property) || value.isEmpty()) {
            return reader.matching(property, reader.required(property, cure + or(variable)), pattern, rule);
        }
        if (!pattern.matcher(value.get()).matches()) {
            reader.problem(property, unset(variable) + " is \"" + value.get() + "\": it " + rule);
            return Optional.empty();
        }
        return value;
    }

    /** A file that can be read now. */
    Optional<Path> file(Property property, String variable, String cure) {
        Optional<String> value = variable(variable);
        if (reader.isSet(property)) {
            return reader.file(property);
        }
        if (value.isEmpty()) {
            reader.required(property, cure + or(variable));
            return Optional.empty();
        }
        try {
            Path path = Path.of(value.get()).toAbsolutePath();
            if (Files.isRegularFile(path) && Files.isReadable(path)) {
                return Optional.of(path);
            }
            reader.problem(
                    property,
                    unset(variable) + " names " + path + ": there is no such file that the server can read; set it to"
                            + " the file that is meant");
        } catch (InvalidPathException malformed) {
            reader.problem(property, unset(variable) + " is no path: " + malformed.getReason());
        }
        return Optional.empty();
    }

    /** Host and port of a server that speaks TLS; empty if the variable is not set, or a problem. */
    Optional<URI> base(Property property, String variable) {
        return variable(variable).flatMap(text -> {
            Optional<URI> base = bare(text, "https");
            if (base.isEmpty()) {
                reader.problem(
                        property,
                        unset(variable) + " is \"" + text
                                + "\": it must be https://host or https://host:port and nothing" + " more");
            }
            return base;
        });
    }

    /** Scheme, host and perhaps a port, and nothing more; else empty. */
    static Optional<URI> bare(String text, String scheme) {
        return address(text, scheme)
                .filter(uri -> uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                .flatMap(uri -> address(scheme + "://" + uri.getRawAuthority(), scheme));
    }

    /** An address without user, query and fragment; else empty. */
    static Optional<URI> address(String text, String scheme) {
        try {
            URI uri = new URI(text);
            return scheme.equals(uri.getScheme())
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private static String or(String variable) {
        return ", or run where the environment variable " + variable + " says so";
    }

    private static String unset(String variable) {
        return "is not set, and the environment variable " + variable;
    }
}
