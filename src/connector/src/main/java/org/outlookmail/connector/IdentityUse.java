package org.outlookmail.connector;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which properties of an identity have an effect with a provider, a grant and a proof of the client. One that has none is
 * refused: whoever set it means something that would not be done. Only what a factory takes over from the adapter, while it
 * chooses provider, grant or proof itself, is passed over: it was meant for the other factories.
 *
 * <p>Thread rule: one use, one thread.
 */
final class IdentityUse {

    private static final Map<String, Function<MailProperties, String>> ALL = all();

    /** A stanza that sets one of these itself chooses what it takes over. */
    private static final List<String> CHOOSING =
            List.of("provider", "grant", "clientSecret", "clientCertificate", "clientAuthentication");

    private final PropertyReader reader;
    private final String situation;
    private final Set<String> used = new HashSet<>();

    private IdentityUse(PropertyReader reader, String situation, Set<String> used) {
        this.reader = reader;
        this.situation = situation;
        this.used.addAll(used);
    }

    private static Map<String, Function<MailProperties, String>> all() {
        Map<String, Function<MailProperties, String>> all = new LinkedHashMap<>();
        all.put("provider", MailProperties::getProvider);
        all.put("tenantId", MailProperties::getTenantId);
        all.put("clientId", MailProperties::getClientId);
        all.put("clientSecret", MailProperties::getClientSecret);
        all.put("clientSecretNext", MailProperties::getClientSecretNext);
        all.put("clientCertificate", MailProperties::getClientCertificate);
        all.put("clientCertificatePassword", MailProperties::getClientCertificatePassword);
        all.put("clientCertificateAlias", MailProperties::getClientCertificateAlias);
        all.put("clientAuthentication", MailProperties::getClientAuthentication);
        all.put("grant", MailProperties::getGrant);
        all.put("userName", MailProperties::getUserName);
        all.put("userPassword", MailProperties::getUserPassword);
        all.put("refreshToken", MailProperties::getRefreshToken);
        all.put("googleServiceAccountKey", MailProperties::getGoogleServiceAccountKey);
        all.put("cloud", MailProperties::getCloud);
        all.put("authority", MailProperties::getAuthority);
        all.put("tokenEndpoint", MailProperties::getTokenEndpoint);
        all.put("deviceAuthorizationEndpoint", MailProperties::getDeviceAuthorizationEndpoint);
        all.put("scope", MailProperties::getScope);
        return all;
    }

    /** Of Entra or of any other provider that knows clients. */
    static IdentityUse ofClient(PropertyReader reader, Provider provider, String grant) {
        Set<String> used = new HashSet<>(Set.of("provider", "grant", "clientId", "tokenEndpoint", "scope"));
        used.addAll(
                provider == Provider.MICROSOFT
                        ? Set.of("tenantId", "cloud", "authority")
                        : Set.of("clientAuthentication"));
        used.addAll(
                switch (grant) {
                    case "password" -> Set.of("userName", "userPassword");
                    case "delegated" -> Set.of("refreshToken", "deviceAuthorizationEndpoint");
                    default -> Set.<String>of();
                });
        return new IdentityUse(reader, "with provider=\"" + provider.text() + "\" and grant=\"" + grant + "\"", used);
    }

    /** Of Google's service accounts. */
    static IdentityUse ofGoogle(PropertyReader reader) {
        return new IdentityUse(
                reader,
                "with provider=\"google\"",
                Set.of("provider", "googleServiceAccountKey", "tokenEndpoint", "scope"));
    }

    /** Of a password for the mail server. */
    static IdentityUse ofBasic(PropertyReader reader) {
        return new IdentityUse(reader, "with provider=\"basic\"", Set.of("provider", "userName", "userPassword"));
    }

    /** These have an effect as well. */
    IdentityUse and(Set<String> more) {
        used.addAll(more);
        return this;
    }

    /** Notes a problem for each of the others that is set. */
    void check() {
        boolean chooses = CHOOSING.stream().map(ALL::get).anyMatch(reader::own);
        ALL.forEach((property, getter) -> {
            boolean inherited = chooses && !reader.own(getter);
            if (!used.contains(property) && reader.isSet(getter) && !inherited) {
                reader.problems().add(property, "has no effect " + situation + ": remove it" + instead(property));
            }
        });
    }

    private static String instead(String property) {
        return switch (property) {
            case "clientAuthentication" ->
                "; Entra is shown clientSecret in the body (client_secret_post) or an assertion that clientCertificate"
                        + " signs (private_key_jwt), whichever is set";
            case "clientSecret" -> ", or what is set to prove the client otherwise";
            case "clientCertificatePassword", "clientCertificateAlias" -> ", or set clientCertificate";
            default -> "";
        };
    }
}
