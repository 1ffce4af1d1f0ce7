package org.outlookmail.signin;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.outlookmail.configuration.Problems;
import org.outlookmail.configuration.Property;
import org.outlookmail.configuration.PropertySource;
import org.outlookmail.secret.Secret;
import org.outlookmail.secret.SecretDecoder;
import org.outlookmail.secret.SecretDecoder.UnreadableSecretException;

/**
 * The properties that the command line and the environment set, by the names that they have there.
 *
 * <p>Thread rule: one use, one thread.
 */
final class CommandLine implements PropertySource {

    private static final Map<Property, String> OPTIONS = new EnumMap<>(Map.of(
            Property.TENANT_ID, "tenant",
            Property.CLIENT_ID, "client",
            Property.MAILBOX, "mailbox",
            Property.TOKEN_STORE_FILE, "store",
            Property.SCOPE, "scope",
            Property.AUTHORITY, "authority",
            Property.TOKEN_ENDPOINT, "token-endpoint",
            Property.DEVICE_AUTHORIZATION_ENDPOINT, "device-endpoint",
            Property.CLIENT_AUTHENTICATION, "client-authentication",
            Property.TRUST_STORE, "trust-store"));

    private static final Map<Property, String> VARIABLES = new EnumMap<>(Map.of(
            Property.TOKEN_CACHE_KEY, "OUTLOOKMAIL_TOKENCACHEKEY",
            Property.CLIENT_SECRET, "OUTLOOKMAIL_CLIENTSECRET",
            Property.TRUST_STORE_PASSWORD, "OUTLOOKMAIL_TRUSTSTOREPASSWORD"));

    private static final String PROXY = "proxy";
    private static final Pattern HOST_AND_PORT = Pattern.compile("([^:\\s]+):(\\d{1,5})");

    private final Map<String, String> options = new HashMap<>();
    private final Map<String, String> environment;

    /**
     * @param problems takes what is no option, or has no value
     */
    CommandLine(String[] arguments, Map<String, String> environment, Problems problems) {
        this.environment = environment;
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!OPTIONS.containsValue(name) && !name.equals(PROXY)) {
                problems.add("unknown option", arguments[i]);
            } else if (i + 1 == arguments.length) {
                problems.add(arguments[i], "needs a value");
            } else {
                options.put(name, arguments[i + 1]);
            }
        }
        String proxy = options.get(PROXY);
        if (proxy != null && !HOST_AND_PORT.matcher(proxy).matches()) {
            problems.add("--proxy", "must be HOST:PORT");
            options.remove(PROXY);
        }
    }

    /** Whether the provider is another one than Entra. */
    boolean otherProvider() {
        return options.containsKey(OPTIONS.get(Property.TOKEN_ENDPOINT));
    }

    @Override
    public Object value(Property property) {
        return switch (property) {
            case PROVIDER -> otherProvider() ? "generic" : "microsoft";
            case GRANT -> "delegated";
            case PROXY_HOST -> proxy(1);
            case PROXY_PORT -> proxy(2);
            default -> {
                String variable = VARIABLES.get(property);
                yield variable == null ? options.get(OPTIONS.get(property)) : environment.get(variable);
            }
        };
    }

    private String proxy(int part) {
        Matcher proxy = HOST_AND_PORT.matcher(options.getOrDefault(PROXY, ""));
        return proxy.matches() ? proxy.group(part) : null;
    }

    @Override
    public String name(Property property) {
        return switch (property) {
            case PROXY_HOST, PROXY_PORT -> "--" + PROXY;
            default -> {
                String variable = VARIABLES.get(property);
                yield variable == null
                        ? "--" + OPTIONS.getOrDefault(property, property.text())
                        : "the environment variable " + variable;
            }
        };
    }

    @Override
    public Secret secret(String configured) throws UnreadableSecretException {
        if (SecretDecoder.encoded(configured)) {
            throw new UnreadableSecretException("is encoded for a server: set it to the text itself", null);
        }
        return Secret.of(configured);
    }

    @Override
    public boolean offers(Property property) {
        return OPTIONS.containsKey(property) || VARIABLES.containsKey(property);
    }

    @Override
    public boolean own(Property property) {
        return value(property) != null;
    }
}
