package org.outlookmail.providers;

import java.util.Map;
import java.util.Set;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.mail.MailAccount;

/**
 * The properties of Angus Mail that this module decides. One that agrees is accepted, since configurations carry them
 * along; one that contradicts is a problem, for ignoring it would be a surprise.
 *
 * <p>Thread rule: one use, one thread.
 */
final class ReservedProperties {

    /** The one value of each that says what is done anyway. */
    private static final Map<String, String> AGREEING = Map.ofEntries(
            Map.entry("auth", "true"),
            Map.entry("auth.mechanisms", "XOAUTH2"),
            Map.entry("auth.xoauth2.disable", "false"),
            Map.entry("auth.login.disable", "true"),
            Map.entry("auth.plain.disable", "true"),
            Map.entry("auth.ntlm.disable", "true"),
            Map.entry("auth.digest-md5.disable", "true"),
            Map.entry("sasl.enable", "false"),
            Map.entry("sasl.mechanisms", "XOAUTH2"),
            Map.entry("starttls.enable", "true"),
            Map.entry("starttls.required", "true"),
            Map.entry("ssl.checkserveridentity", "true"),
            Map.entry("socketFactory.fallback", "false"),
            Map.entry("sendpartial", "false"),
            Map.entry("reportsuccess", "false"),
            Map.entry("quitwait", "false"),
            Map.entry("chunksize", "-1"));

    /** Read as settings of their own. */
    private static final Set<String> SETTINGS =
            Set.of("connectiontimeout", "timeout", "writetimeout", "proxy.host", "proxy.port", "ssl.enable");

    /** The JDK's, by its abstract name: that is the one we take. */
    private static final Set<String> FACTORIES = Set.of("socketFactory.class", "ssl.socketFactory.class");

    private final PropertyReader reader;
    private final SessionProperties properties;
    private final Protocol protocol;
    private final boolean tlsFromTheStart;

    ReservedProperties(PropertyReader reader, SessionProperties properties, Protocol protocol) {
        this.reader = reader;
        this.properties = properties;
        this.protocol = protocol;
        this.tlsFromTheStart = properties.tlsFromTheStart();
    }

    /** Notes every contradiction. */
    void check() {
        String prefix = properties.own("");
        for (String name : properties.names()) {
            boolean ours = name.startsWith(prefix) || name.startsWith("mail.debug.auth");
            if (ours && properties.raw(name).isPresent() && MailAccount.reserved(name)) {
                check(name, name.startsWith(prefix) ? name.substring(prefix.length()) : name);
            }
        }
    }

    private void check(String property, String key) {
        if (SETTINGS.contains(key)) {
            return;
        }
        properties
                .raw(property)
                .flatMap(set -> reader.defined(property, set))
                .filter(value -> !agrees(key, value))
                .ifPresent(value -> {
                    String agreeing = agreeing(key);
                    // Of what is never right, the value is of no interest, and may be a proxy's password.
                    reader.problems()
                            .add(
                                    property,
                                    agreeing == null
                                            ? "cannot be set: remove it, " + reason(key)
                                            : "is \"" + value + "\" and can only be \"" + agreeing + "\": remove it, "
                                                    + reason(key));
                });
    }

    private boolean agrees(String key, String value) {
        if (tlsFromTheStart && (key.equals("starttls.enable") || key.equals("starttls.required"))) {
            return true; // of no effect where TLS comes first
        }
        return value.equalsIgnoreCase(agreeing(key));
    }

    private String agreeing(String key) {
        if (key.startsWith("mail.debug.auth")) {
            return "false";
        }
        if (key.equals("auth.xoauth2.two.line.authentication.format")) {
            return protocol == Protocol.POP3 || protocol == Protocol.POP3S ? "true" : "false";
        }
        if (FACTORIES.contains(key)) {
            return tlsFromTheStart ? "javax.net.ssl.SSLSocketFactory" : null;
        }
        return AGREEING.get(key);
    }

    private static String reason(String key) {
        if (key.startsWith("mail.debug.auth")) {
            return "it would print tokens";
        }
        if (key.startsWith("auth") || key.startsWith("sasl.")) {
            return "Microsoft 365 takes nothing but XOAUTH2";
        }
        if (key.startsWith("proxy.") || key.startsWith("socks.")) {
            return "only an HTTP proxy without a password is supported (proxy.host, proxy.port)";
        }
        if (key.startsWith("starttls.") || key.startsWith("ssl.") || key.contains("ocketFactory")) {
            return "tokens travel over verified TLS alone, and authorities belong into the server's trust store";
        }
        return key.equals("chunksize")
                ? "Angus Mail damages lines that begin with a dot"
                : "an exception has to mean that nobody got the message";
    }
}
