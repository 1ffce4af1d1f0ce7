package org.outlookmail.providers;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.configuration.Problems;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.configuration.AccountReader;
import org.outlookmail.token.configuration.ClusterReader;

/**
 * Reads a session's properties as a whole. Everything that is wrong is told at once.
 *
 * <p>Thread rule: one use, one thread.
 */
final class SessionReader {

    /** Of Jakarta Mail, Liberty and this class; Angus Mail has no use for them, or gets them in another way. */
    private static final Set<String> NOT_OF_ANGUS =
            Set.of("class", "host", "port", "user", "password", "ssl.enable", "proxy.host", "proxy.port", "localhost");

    private final SessionProperties properties;
    private final Protocol protocol;
    private final Problems problems;
    private final PropertyReader reader;

    private SessionReader(SessionProperties properties, Protocol protocol, Problems problems) {
        this.properties = properties;
        this.protocol = protocol;
        this.problems = problems;
        this.reader = new PropertyReader(properties, problems);
    }

    /**
     * Reads them.
     *
     * @throws MessagingException diagnosed, naming every property that is missing, wrong or contradictory
     */
    static SessionConfiguration read(Session session, Protocol protocol, Target target) throws MessagingException {
        // Liberty's own attribute
        String name = session.getProperty("jndiName");
        String where = name == null ? "the mail session" : "the <mailSession> " + name;
        Problems problems = new Problems(where + " for " + protocol.property());
        return new SessionReader(new SessionProperties(session, protocol, target), protocol, problems).read();
    }

    private SessionConfiguration read() throws MessagingException {
        tls();
        new ReservedProperties(reader, properties, protocol).check();
        unknown();
        Map<String, String> further = further(protocol.spoken(properties.tlsFromTheStart()));
        CacheConfiguration cache = new ClusterReader(reader).cache();
        Optional<MailAccount> account = new AccountReader(reader).account(further);
        if (!problems.none()) {
            throw new DiagnosedMessagingException(
                    new Diagnosis(
                            DiagnosisCode.CONFIGURATION_INVALID,
                            problems.summary(),
                            "The properties of the mail session are incomplete or contradictory.",
                            "Correct every property listed; docs/migrating-from-kalisto.md describes each.",
                            Map.of()),
                    null);
        }
        return new SessionConfiguration(
                account.orElseThrow().naming(properties.propertyNames()), protocol.sends(), cache, problems.warnings());
    }

    private void tls() {
        String property = properties.own("ssl.enable");
        Optional<String> value = properties.raw(property).flatMap(set -> reader.defined(property, set));
        if (value.isPresent() && !value.get().equals("true") && !value.get().equals("false")) {
            problems.add(property, "is \"" + value.get() + "\": it must be true or false");
        } else if (value.isPresent() && protocol.tlsOnly() && !properties.tlsFromTheStart()) {
            problems.add(property, "is false, and " + protocol.property() + " means TLS: remove it");
        }
    }

    /** Names that mean nothing are mistyped ones. */
    private void unknown() {
        for (String name : properties.names()) {
            if (name.startsWith(SessionProperties.PREFIX) && !SessionProperties.KNOWN.contains(name)) {
                problems.add(name, "is unknown: there are " + String.join(", ", SessionProperties.KNOWN));
            }
        }
    }

    /** Everything else that Angus Mail may want to know, under the name of the protocol that is spoken. */
    private Map<String, String> further(String spoken) {
        Map<String, String> further = new HashMap<>();
        String prefix = properties.own("");
        for (String name : properties.names()) {
            String key = name.startsWith(prefix) ? name.substring(prefix.length()) : null;
            boolean passesOn = key == null ? common(name) : !NOT_OF_ANGUS.contains(key) && !MailAccount.reserved(name);
            if (passesOn) {
                properties
                        .raw(name)
                        .flatMap(value -> reader.defined(name, value))
                        .ifPresent(value -> further.put(key == null ? name : "mail." + spoken + "." + key, value));
            }
        }
        return further;
    }

    /** Not of another protocol, whose own provider reads it. */
    private static boolean common(String name) {
        return name.equals("mail.debug") || name.startsWith("mail.mime.") || name.startsWith("mail.event.");
    }
}
