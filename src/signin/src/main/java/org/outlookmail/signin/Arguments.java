package org.outlookmail.signin;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.outlookmail.MailboxAddress;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.ClientAuthentication;
import org.outlookmail.token.Credential;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TrustStoreFile;

/**
 * The command line and the environment, checked as a whole. Secrets come from the environment alone, because everybody on
 * a machine can see a command line.
 *
 * @param request whose token, and from whom
 * @param store the file that keeps it
 * @param key encrypts what is kept
 */
record Arguments(TokenRequest request, Path store, Secret key) {

    static final String USAGE = """
            Signs a user in once for the grant "delegated" of the Outlook Mail Connector.

              java -jar outlook-mail-signin.jar --tenant ID --client ID --mailbox ADDRESS --store FILE

              --tenant ID             directory (tenant) id, as in tenantId
              --client ID             application (client) id, as in clientId
              --mailbox ADDRESS       the mailbox, as in mailbox
              --store FILE            as in tokenStoreFile; the servers read it
              --scope SCOPE           default: SMTP.Send and IMAP.AccessAsUser.All of Exchange Online
              --authority URL         default https://login.microsoftonline.com
              --token-endpoint URL    another provider's token endpoint, instead of --tenant and --authority
              --device-endpoint URL   its device authorization endpoint
              --proxy HOST:PORT       an HTTP proxy
              --trust-store FILE      authorities to trust instead of Java's, PKCS12, JKS or PEM
              --help

            From the environment:
              OUTLOOKMAIL_TOKENCACHEKEY        the passphrase, as in tokenCacheKey; required
              OUTLOOKMAIL_CLIENTSECRET         only if the application is no public client
              OUTLOOKMAIL_TRUSTSTOREPASSWORD   of the trust store
            """;

    private static final Set<String> KNOWN = Set.of(
            "tenant",
            "client",
            "mailbox",
            "store",
            "scope",
            "authority",
            "token-endpoint",
            "device-endpoint",
            "proxy",
            "trust-store");

    private static final String EXCHANGE = "https://outlook.office.com/";
    private static final String SCOPE = EXCHANGE + "SMTP.Send " + EXCHANGE + "IMAP.AccessAsUser.All offline_access";

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with everything that is wrong
     */
    static Arguments read(String[] arguments, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        Map<String, String> options = options(arguments, problems);
        boolean elsewhere = options.containsKey("token-endpoint");
        List<String> required = elsewhere
                ? List.of("client", "mailbox", "store", "device-endpoint")
                : List.of("tenant", "client", "mailbox", "store");
        required.stream()
                .filter(name -> !options.containsKey(name))
                .forEach(name -> problems.add("--" + name + " is missing"));
        if (options.containsKey("mailbox") && !MailboxAddress.isAddress(options.get("mailbox"))) {
            problems.add("--mailbox must be one address such as noreply@contoso.com");
        }
        String key = environment.getOrDefault("OUTLOOKMAIL_TOKENCACHEKEY", "");
        if (key.isBlank()) {
            problems.add("the environment variable OUTLOOKMAIL_TOKENCACHEKEY is missing: set it to tokenCacheKey");
        }
        if (key.startsWith("{aes}") || key.startsWith("{xor}")) {
            problems.add("OUTLOOKMAIL_TOKENCACHEKEY is encoded for a server: set it to the passphrase itself");
        }
        URI authority =
                address("authority", options.getOrDefault("authority", "https://login.microsoftonline.com"), problems);
        URI tokenEndpoint = address("token-endpoint", options.get("token-endpoint"), problems);
        URI deviceEndpoint = address("device-endpoint", options.get("device-endpoint"), problems);
        Proxy proxy = proxy(options.get("proxy"), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        String tenant = options.getOrDefault("tenant", "");
        URI endpoint = elsewhere ? tokenEndpoint : TokenRequest.entra(authority, tenant);
        Optional<Secret> password = Optional.ofNullable(environment.get("OUTLOOKMAIL_TRUSTSTOREPASSWORD"))
                .map(Secret::of);
        Optional<ClientAuthentication> client = Optional.ofNullable(environment.get("OUTLOOKMAIL_CLIENTSECRET"))
                .map(secret -> new ClientAuthentication.SecretPost(Secret.of(secret)));
        HttpSettings http = new HttpSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                proxy,
                Optional.ofNullable(options.get("trust-store"))
                        .map(file -> new TrustStoreFile(Path.of(file), password)));
        return new Arguments(
                new TokenRequest(
                        endpoint,
                        elsewhere ? "" : tenant,
                        options.get("client"),
                        new Credential.Delegated(
                                options.get("mailbox"),
                                Optional.of(deviceEndpoint == null ? endpoint.resolve("devicecode") : deviceEndpoint),
                                client,
                                Optional.empty()),
                        options.getOrDefault("scope", elsewhere ? "" : SCOPE),
                        http),
                Path.of(options.get("store")),
                Secret.of(key));
    }

    private static Map<String, String> options(String[] arguments, List<String> problems) {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!KNOWN.contains(name)) {
                problems.add("unknown option " + arguments[i]);
            } else if (i + 1 == arguments.length) {
                problems.add(arguments[i] + " needs a value");
            } else {
                options.put(name, arguments[i + 1]);
            }
        }
        return options;
    }

    private static URI address(String option, String text, List<String> problems) {
        try {
            URI uri = text == null ? null : URI.create(text);
            if (uri == null || ("https".equals(uri.getScheme()) && uri.getHost() != null)) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            problems.add("--" + option + " is no address: " + text);
            return null;
        }
        problems.add("--" + option + " must begin with https://");
        return null;
    }

    private static Proxy proxy(String text, List<String> problems) {
        if (text == null) {
            return Proxy.NO_PROXY;
        }
        if (!text.matches("[^:\\s]+:\\d{1,5}") || Integer.parseInt(text.substring(text.indexOf(':') + 1)) > 65_535) {
            problems.add("--proxy must be HOST:PORT");
            return Proxy.NO_PROXY;
        }
        int colon = text.indexOf(':');
        return new Proxy(
                Proxy.Type.HTTP,
                InetSocketAddress.createUnresolved(
                        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1))));
    }
}
