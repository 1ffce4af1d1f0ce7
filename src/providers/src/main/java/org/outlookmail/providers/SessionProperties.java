package org.outlookmail.providers;

import jakarta.mail.Session;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.outlookmail.PropertyNames;
import org.outlookmail.configuration.Property;
import org.outlookmail.configuration.PropertySource;

/**
 * A session's properties, with the names and the defaults of the Kalisto providers.
 *
 * <p>Thread rule: one use, one thread.
 */
final class SessionProperties implements PropertySource {

    static final String PREFIX = "o365.";

    /** Everything that may begin with {@link #PREFIX}. */
    static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "o365.user",
            "o365.password",
            "o365.oauth.tenant",
            "o365.oauth.clientId",
            "o365.oauth.clientSecret",
            "o365.oauth.url",
            "o365.oauth.scope"));

    private static final String DEFAULT_SCOPE = "https://outlook.office.com/.default";
    private static final String DEFAULT_PROXY_PORT = "80"; // Angus Mail's.
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9.-]+");

    private final Properties properties;
    private final Protocol protocol;
    private final Target target;
    private final boolean tls;

    /**
     * @param target what {@code connect} was given
     */
    SessionProperties(Session session, Protocol protocol, Target target) {
        this.properties = session.getProperties();
        this.protocol = protocol;
        this.target = target;
        this.tls = raw(own("ssl.enable")).map(Boolean::parseBoolean).orElse(protocol.tlsByDefault());
    }

    /** The name that a key has for the protocol at hand. */
    String own(String key) {
        return "mail." + protocol.property() + "." + key;
    }

    /** Whether TLS comes first. */
    boolean tlsFromTheStart() {
        return tls;
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

    /** The value as it was set; empty if it is blank. */
    Optional<String> raw(String name) {
        Object value = Optional.<Object>ofNullable(properties.getProperty(name)).orElse(properties.get(name));
        return Optional.ofNullable(value).map(set -> set.toString().strip()).filter(text -> !text.isEmpty());
    }

    @Override
    public Object value(Property property) {
        return switch (property) {
            case MAILBOX ->
                raw("o365.user")
                        .or(() -> Optional.ofNullable(target.user()))
                        .or(() -> raw(name(property)))
                        .orElse(null);
            case GRANT -> raw("o365.password").isPresent() ? "password" : null;
            case SCOPE -> raw(name(property)).orElse(DEFAULT_SCOPE);
            case TOKEN_ENDPOINT -> raw(name(property)).map(this::withTenant).orElse(null);
            case TRANSPORT -> protocol.sends() ? protocol.spoken(tls) : null;
            case STORE -> protocol.sends() ? null : protocol.spoken(tls);
            case SMTP_HOST -> protocol.sends() ? host() : null;
            case STORE_HOST -> protocol.sends() ? null : host();
            case SMTP_PORT -> protocol.sends() ? port() : null;
            case STORE_PORT -> protocol.sends() ? null : port();
            case SMTP_HELLO_NAME -> protocol.sends() ? raw(own("localhost")).orElse(null) : null;
            case PROXY_PORT ->
                raw(name(property))
                        .or(() -> raw(own("proxy.host")).map(host -> DEFAULT_PROXY_PORT))
                        .orElse(null);
            default -> offers(property) ? raw(name(property)).orElse(null) : null;
        };
    }

    /** Not {@code String.format}: any other % of an address is its own. */
    private String withTenant(String url) {
        String tenant = raw("o365.oauth.tenant")
                .filter(set -> TENANT.matcher(set).matches())
                .orElse("tenant");
        return url.replace("%s", tenant);
    }

    private String host() {
        return Optional.ofNullable(target.host()).or(() -> raw(hostName())).orElse(null);
    }

    private String hostName() {
        return raw(own("host")).isPresent() ? own("host") : "mail.host";
    }

    private Object port() {
        return target.port() == -1 ? raw(own("port")).orElse(null) : target.port();
    }

    @Override
    public String name(Property property) {
        return switch (property) {
            case MAILBOX -> mailboxName();
            case TENANT_ID -> "o365.oauth.tenant";
            case CLIENT_ID -> "o365.oauth.clientId";
            case CLIENT_SECRET -> "o365.oauth.clientSecret";
            case USER_PASSWORD -> "o365.password";
            case TOKEN_ENDPOINT -> "o365.oauth.url";
            case SCOPE -> "o365.oauth.scope";
            case TOKEN_CACHE_JNDI_NAME -> "websphere.cache";
            case SMTP_HOST, STORE_HOST -> target.host() == null ? hostName() : "the host given to connect()";
            case SMTP_PORT, STORE_PORT -> target.port() == -1 ? own("port") : "the port given to connect()";
            case SMTP_HELLO_NAME -> own("localhost");
            case CONNECT_TIMEOUT_MILLIS -> own("connectiontimeout");
            case READ_TIMEOUT_MILLIS -> own("timeout");
            case WRITE_TIMEOUT_MILLIS -> own("writetimeout");
            case PROXY_HOST -> own("proxy.host");
            case PROXY_PORT -> own("proxy.port");
            default -> property.text();
        };
    }

    private String mailboxName() {
        if (raw("o365.user").isPresent()) {
            return "o365.user";
        }
        if (target.user() != null) {
            return "the user given to connect()";
        }
        return raw(own("user")).isPresent() ? own("user") : raw("mail.user").isPresent() ? "mail.user" : "o365.user";
    }

    @Override
    public boolean offers(Property property) {
        return switch (property) {
            case SMTP_HOST, SMTP_PORT, SMTP_HELLO_NAME -> protocol.sends();
            case STORE_HOST, STORE_PORT -> !protocol.sends();
            default -> !name(property).equals(property.text());
        };
    }

    /** What the properties that a diagnosis speaks of are called here. */
    PropertyNames propertyNames() {
        return new PropertyNames(text -> Property.of(text).isEmpty()
                ? Optional.of(text)
                : Property.of(text).filter(this::offers).map(this::name));
    }

    @Override
    public boolean own(Property property) {
        return value(property) != null;
    }
}
