package org.outlookmail.connector;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.MailTimeouts;
import org.outlookmail.token.HttpTimeouts;
import org.outlookmail.token.Secret;
import org.outlookmail.token.SecretDecoder;
import org.outlookmail.token.SecretDecoder.UnreadableSecretException;
import org.outlookmail.token.TokenCacheConfiguration;
import org.outlookmail.token.TokenRequest;

/**
 * Reads properties into immutable records, checks them as a whole, and notes every problem with the property's name and
 * the cure. Nothing is corrected.
 *
 * <p>Thread rule: one use, one thread.
 */
final class ConfigurationReader {

    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>]+@[^\\s@<>]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:.]+");
    /** Where the properties stand that no factory has. */
    private static final String OF_THE_ADAPTER = " of the <resourceAdapter>";

    private static final Pattern UNDEFINED_VARIABLE = Pattern.compile("(?s).*\\$\\{[^}]*}.*");

    private final Problems problems;
    private final MailProperties own;
    private final MailProperties defaults;

    /**
     * @param own the stanza's own properties
     * @param defaults those of the resource adapter
     * @param problems takes what is found
     */
    ConfigurationReader(MailProperties own, MailProperties defaults, Problems problems) {
        this.own = own;
        this.defaults = defaults;
        this.problems = problems;
    }

    /** The mailbox of a factory; unusable unless there are no problems afterwards. */
    Optional<MailAccount> account() {
        only("grant", text("grant", MailProperties::getGrant), "client_credentials");
        only("transport", text("transport", MailProperties::getTransport), "smtp");
        only("store", text("store", MailProperties::getStore), "imaps");
        Cloud cloud = cloud();
        String mailbox = required("mailbox", MailProperties::getMailbox, "to the address of the mailbox");
        matches("mailbox", mailbox, ADDRESS, "must be one address such as noreply@contoso.com");
        MailServer transport = server(
                "smtp",
                "smtpHost",
                MailProperties::getSmtpHost,
                cloud.smtpHost(),
                "smtpPort",
                MailProperties::getSmtpPort,
                587);
        MailServer store = server(
                "imaps",
                "storeHost",
                MailProperties::getStoreHost,
                cloud.storeHost(),
                "storePort",
                MailProperties::getStorePort,
                993);
        Map<String, String> mailProperties = mailProperties(text("mailProperties", MailProperties::getMailProperties));
        Optional<TokenRequest> request = tokenRequest(cloud);
        Optional<MailTimeouts> timeouts = mailTimeouts();
        return problems.none()
                ? Optional.of(new MailAccount(
                        mailbox, transport, store, timeouts.orElseThrow(), request.orElseThrow(), mailProperties))
                : Optional.empty();
    }

    private Optional<TokenRequest> tokenRequest(Cloud cloud) {
        String tenant = required(
                "tenantId", MailProperties::getTenantId, "to the \"Directory (tenant) ID\" of the app registration");
        matches("tenantId", tenant, TENANT, "must be a GUID or a domain of the tenant");
        String client = required(
                "clientId", MailProperties::getClientId, "to the \"Application (client) ID\" of the app registration");
        matches("clientId", client, GUID, "must be a GUID");
        Secret secret = secret(
                "clientSecret",
                required("clientSecret", MailProperties::getClientSecret, "to the value of a client secret"));
        URI authority = authority(Optional.ofNullable(text("authority", MailProperties::getAuthority))
                .orElse(cloud.authority()));
        String scope =
                Optional.ofNullable(text("scope", MailProperties::getScope)).orElse(cloud.scope());
        return tenant == null || client == null || secret == null || authority == null
                ? Optional.empty()
                : Optional.of(new TokenRequest(authority, tenant, client, secret, scope));
    }

    /** Where the adapter keeps its tokens. */
    TokenCacheConfiguration tokenCache(String config, String name, String key) {
        String file = defined("tokenCacheConfig" + OF_THE_ADAPTER, config);
        String cacheName = defined("tokenCacheName" + OF_THE_ADAPTER, name);
        String passphrase = defined("tokenCacheKey" + OF_THE_ADAPTER, key);
        return new TokenCacheConfiguration(
                Optional.ofNullable(file).flatMap(this::readableFile),
                Optional.ofNullable(cacheName).orElse(TokenCacheConfiguration.DEFAULT_CACHE_NAME),
                Optional.ofNullable(secret("tokenCacheKey" + OF_THE_ADAPTER, passphrase)));
    }

    /** How long the token endpoint may take. */
    HttpTimeouts httpTimeouts() {
        return new HttpTimeouts(connectTimeout(), readTimeout());
    }

    private Optional<MailTimeouts> mailTimeouts() {
        Duration connect = connectTimeout();
        Duration read = readTimeout();
        Duration write = millis("writeTimeoutMillis", MailProperties::getWriteTimeoutMillis, 60_000);
        return Optional.of(new MailTimeouts(connect, read, write));
    }

    private Duration connectTimeout() {
        return millis("connectTimeoutMillis", MailProperties::getConnectTimeoutMillis, 10_000);
    }

    private Duration readTimeout() {
        return millis("readTimeoutMillis", MailProperties::getReadTimeoutMillis, 60_000);
    }

    private Duration millis(String property, Function<MailProperties, Integer> getter, int byDefault) {
        int value = Optional.ofNullable(value(getter)).orElse(byDefault);
        if (value < 1) {
            problems.add(property, "is " + value + ": it must be at least 1 millisecond, timeouts are always finite");
            return Duration.ofMillis(byDefault);
        }
        return Duration.ofMillis(value);
    }

    private MailServer server(
            String protocol,
            String hostProperty,
            Function<MailProperties, String> host,
            String defaultHost,
            String portProperty,
            Function<MailProperties, Integer> port,
            int defaultPort) {
        String name = Optional.ofNullable(text(hostProperty, host)).orElse(defaultHost);
        matches(hostProperty, name, HOST, "must be a host name or an IP address");
        int number = Optional.ofNullable(value(port)).orElse(defaultPort);
        if (number < 1 || number > 65_535) {
            problems.add(portProperty, "is " + number + ": it must be between 1 and 65535");
        }
        return new MailServer(protocol, name, number);
    }

    private Cloud cloud() {
        String name = text("cloud", MailProperties::getCloud);
        if (name == null) {
            return Cloud.GLOBAL;
        }
        return Cloud.of(name).orElseGet(() -> {
            problems.add("cloud", "is \"" + name + "\": this version knows " + Cloud.names());
            return Cloud.GLOBAL;
        });
    }

    private URI authority(String text) {
        try {
            URI uri = new URI(text);
            boolean bare = uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && (uri.getRawPath() == null
                            || uri.getRawPath().isEmpty()
                            || uri.getRawPath().equals("/"));
            if ("https".equals(uri.getScheme()) && uri.getHost() != null && bare) {
                return new URI("https", null, uri.getHost(), uri.getPort(), null, null, null);
            }
        } catch (URISyntaxException malformed) {
            problems.add("authority", "is \"" + text + "\", which is no address: " + malformed.getReason());
            return null;
        }
        problems.add("authority", "is \"" + text + "\": it must be https://host or https://host:port and nothing more");
        return null;
    }

    private Map<String, String> mailProperties(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text == null ? new String[0] : text.split("[;\\n]", -1)) {
            int equals = pair.indexOf('=');
            if (pair.isBlank()) {
                continue;
            }
            if (equals < 0 || !pair.strip().startsWith("mail.")) {
                problems.add("mailProperties", "has \"" + pair.strip() + "\": each part must be mail.key=value");
                continue;
            }
            String name = pair.substring(0, equals).strip();
            if (MailAccount.reserved(name)) {
                problems.add("mailProperties", "has " + name + ", which is the adapter's own to set: remove it");
            } else if (pairs.put(name, pair.substring(equals + 1).strip()) != null) {
                problems.add("mailProperties", "has " + name + " twice");
            }
        }
        return pairs;
    }

    private Optional<Path> readableFile(String name) {
        try {
            Path file = Path.of(name).toAbsolutePath();
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return Optional.of(file);
            }
            problems.add(
                    "tokenCacheConfig" + OF_THE_ADAPTER,
                    "names " + file + ": there is no such file that the server can read");
        } catch (InvalidPathException malformed) {
            problems.add(
                    "tokenCacheConfig" + OF_THE_ADAPTER,
                    "is \"" + name + "\", which is no path: " + malformed.getReason());
        }
        return Optional.empty();
    }

    private Secret secret(String property, String configured) {
        if (configured == null) {
            return null;
        }
        try {
            return SecretDecoder.decode(configured);
        } catch (UnreadableSecretException unreadable) {
            problems.add(property, unreadable.getMessage());
            return null;
        }
    }

    private void only(String property, String value, String supported) {
        if (value != null && !value.equals(supported)) {
            problems.add(property, "is \"" + value + "\": this version supports " + supported + " only");
        }
    }

    private void matches(String property, String value, Pattern pattern, String rule) {
        if (value != null && !pattern.matcher(value).matches()) {
            problems.add(property, "is \"" + value + "\": it " + rule);
        }
    }

    private String required(String property, Function<MailProperties, String> getter, String cure) {
        String value = text(property, getter);
        if (value == null && (value(getter) == null || value(getter).isBlank())) {
            problems.add(
                    property,
                    "is missing: set it " + cure + ", here or in <properties.outlookMail> of the <resourceAdapter>");
        }
        return value;
    }

    private String text(String property, Function<MailProperties, String> getter) {
        return defined(property, value(getter));
    }

    /** The value, or null if there is none or it is a variable that the server does not know. */
    private String defined(String property, String value) {
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
