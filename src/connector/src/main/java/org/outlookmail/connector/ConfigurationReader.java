package org.outlookmail.connector;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.outlookmail.MailboxAddress;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.HelloName;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailRoute;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.MailTimeouts;
import org.outlookmail.mail.quota.QuotaLimits;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TrustStoreFile;

/**
 * Reads the properties of a factory into an immutable record, checks them as a whole, and notes every problem with the
 * property's name and the cure. Nothing is corrected.
 *
 * <p>Thread rule: one use, one thread.
 */
final class ConfigurationReader {

    private static final String HELLO_RULE =
            "must be a full name such as app1.contoso.com or an address such as [10.0.0.7]";

    private final PropertyReader reader;
    private final boolean cacheHasKey;

    /**
     * @param own the stanza's own properties
     * @param defaults those of the resource adapter
     * @param cacheHasKey whether the adapter has a tokenCacheKey
     * @param problems takes what is found
     */
    ConfigurationReader(MailProperties own, MailProperties defaults, boolean cacheHasKey, Problems problems) {
        this.reader = new PropertyReader(own, defaults, problems);
        this.cacheHasKey = cacheHasKey;
    }

    /** What a factory's properties say; empty if there are problems afterwards. */
    Optional<MailConfiguration> configuration() {
        Optional<MailAccount> account = account();
        SenderPolicy senders = senders(account.map(MailAccount::mailbox).orElse(""));
        QuotaLimits limits = limits();
        boolean transactional = reader.choice("transaction", MailProperties::getTransaction, "none", "local")
                .equals("local");
        return account.filter(checked -> reader.problems().none())
                .map(checked -> new MailConfiguration(checked, senders, limits, transactional));
    }

    private SenderPolicy senders(String mailbox) {
        boolean perSender = reader.choice("senderPolicy", MailProperties::getSenderPolicy, "fixed", "sender")
                .equals("sender");
        List<String> allowed = new ArrayList<>();
        String text = reader.text("allowedMailboxes", MailProperties::getAllowedMailboxes);
        for (String entry : text == null ? new String[0] : text.split("[,;\\s]+", -1)) {
            if (MailboxAddress.isAddress(entry)
                    || (entry.startsWith("@") && MailboxAddress.isDomain(entry.substring(1)))) {
                allowed.add(entry.toLowerCase(Locale.ROOT));
            } else if (!entry.isEmpty()) {
                reader.problems()
                        .add(
                                "allowedMailboxes",
                                "has \"" + entry + "\": each part must be an address or @domain, such as"
                                        + " orders@contoso.com or @contoso.com");
            }
        }
        if (perSender && allowed.isEmpty()) {
            reader.problems()
                    .add(
                            "allowedMailboxes",
                            "is missing: senderPolicy=\"sender\" needs to know as whom messages may be sent; set it to"
                                    + " addresses or @domain");
        }
        return new SenderPolicy(perSender, mailbox, allowed);
    }

    private QuotaLimits limits() {
        return QuotaLimits.ofConnections(
                reader.count("maxConnectionsPerMailbox", MailProperties::getMaxConnectionsPerMailbox, 3),
                reader.count("maxMessagesPerMinute", MailProperties::getMaxMessagesPerMinute, 0),
                reader.count("maxMessagesPerConnection", MailProperties::getMaxMessagesPerConnection, 0),
                Duration.ofMillis(reader.count("maxWaitMillis", MailProperties::getMaxWaitMillis, 30_000)));
    }

    private Optional<MailAccount> account() {
        Provider provider = Provider.of(reader.choice("provider", MailProperties::getProvider, Provider.names()));
        Cloud cloud = Cloud.of(reader.choice("cloud", MailProperties::getCloud, Cloud.names()));
        String mailbox = reader.mailbox(
                "mailbox", reader.required("mailbox", MailProperties::getMailbox, "to the address of the mailbox"));
        String transport = reader.choice("transport", MailProperties::getTransport, "smtp", "smtps");
        String store = reader.choice("store", MailProperties::getStore, "imaps", "imap", "pop3s", "pop3");
        String smtpHost = host("smtpHost", MailProperties::getSmtpHost, smtpHost(provider, cloud));
        String storeHost = host("storeHost", MailProperties::getStoreHost, storeHost(provider, cloud, store));
        int smtpPort = reader.port("smtpPort", MailProperties::getSmtpPort, MailServer.defaultPort(transport));
        int storePort = reader.port("storePort", MailProperties::getStorePort, MailServer.defaultPort(store));
        Map<String, String> mailProperties =
                mailProperties(reader.text("mailProperties", MailProperties::getMailProperties));
        helloName(transport, mailProperties);
        MailRoute route = route();
        HttpSettings http =
                new HttpSettings(route.timeouts().connect(), route.timeouts().read(), route.proxy(), route.trust());
        Optional<Authentication> authentication = new IdentityReader(
                        reader, provider, cloud, mailbox, http, cacheHasKey)
                .authentication(cloud.storeHost().orElse(storeHost), store);
        return reader.problems().none()
                ? Optional.of(MailAccount.of(
                        mailbox,
                        new MailServer(transport, smtpHost, smtpPort),
                        new MailServer(store, storeHost, storePort),
                        route,
                        authentication.orElseThrow(),
                        mailProperties))
                : Optional.empty();
    }

    private static Optional<String> smtpHost(Provider provider, Cloud cloud) {
        return switch (provider) {
            case MICROSOFT -> cloud.smtpHost();
            case GOOGLE -> Optional.of("smtp.gmail.com");
            case GENERIC, BASIC -> Optional.empty();
        };
    }

    private static Optional<String> storeHost(Provider provider, Cloud cloud, String store) {
        return switch (provider) {
            case MICROSOFT -> cloud.storeHost();
            case GOOGLE -> Optional.of(store.startsWith("pop3") ? "pop.gmail.com" : "imap.gmail.com");
            case GENERIC, BASIC -> Optional.empty();
        };
    }

    private String host(String property, Function<MailProperties, String> getter, Optional<String> byDefault) {
        String name = byDefault.isPresent()
                ? Optional.ofNullable(reader.text(property, getter)).orElse(byDefault.get())
                : reader.required(property, getter, "to the name of the mail server, which has no default here");
        return reader.matching(property, name, MailServer.HOST, "must be a host name or an IP address");
    }

    private MailRoute route() {
        Duration connect = reader.millis("connectTimeoutMillis", MailProperties::getConnectTimeoutMillis, 10_000);
        Duration read = reader.millis("readTimeoutMillis", MailProperties::getReadTimeoutMillis, 60_000);
        Duration write = reader.millis("writeTimeoutMillis", MailProperties::getWriteTimeoutMillis, 60_000);
        return new MailRoute(new MailTimeouts(connect, read, write), proxy(), trust());
    }

    private Proxy proxy() {
        String host = reader.matching(
                "proxyHost",
                reader.text("proxyHost", MailProperties::getProxyHost),
                MailServer.HOST,
                "must be a host name or an IP address");
        int port = reader.port("proxyPort", MailProperties::getProxyPort, 8080);
        // Looked up at each connection, as every other host is.
        return host == null
                ? Proxy.NO_PROXY
                : new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }

    private Optional<TrustStoreFile> trust() {
        Optional<Secret> password = reader.secret("trustStorePassword", MailProperties::getTrustStorePassword);
        return reader.file("trustStore", MailProperties::getTrustStore).map(file -> new TrustStoreFile(file, password));
    }

    /** Angus Mail has a property for it, which an administrator may have set before there was one here. */
    private void helloName(String transport, Map<String, String> mailProperties) {
        String angus = "mail." + transport + ".localhost";
        String name = reader.text("smtpHelloName", MailProperties::getSmtpHelloName);
        String present = mailProperties.get(angus);
        if (name != null && !HelloName.valid(name)) {
            reader.problems().add("smtpHelloName", "is \"" + name + "\": it " + HELLO_RULE);
        } else if (name != null && present != null && !present.equals(name)) {
            reader.problems()
                    .add(
                            "smtpHelloName",
                            "is \"" + name + "\", and mailProperties has another " + angus + ": remove that");
        } else if (name != null) {
            mailProperties.put(angus, name);
        } else if (present != null && !HelloName.valid(present)) {
            reader.problems().add("mailProperties", "has " + angus + "=" + present + ": it " + HELLO_RULE);
        }
        mailProperties.forEach((property, value) -> {
            if (property.endsWith(".localaddress")
                    && !MailServer.HOST.matcher(value).matches()) {
                reader.problems()
                        .add(
                                "mailProperties",
                                "has " + property + "=" + value + ": it must be an address of this machine");
            }
        });
    }

    private Map<String, String> mailProperties(String text) {
        Problems problems = reader.problems();
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
}
