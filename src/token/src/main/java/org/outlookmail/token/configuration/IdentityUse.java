package org.outlookmail.token.configuration;

import static org.outlookmail.configuration.Property.AUTHORITY;
import static org.outlookmail.configuration.Property.CLIENT_AUTHENTICATION;
import static org.outlookmail.configuration.Property.CLIENT_CERTIFICATE;
import static org.outlookmail.configuration.Property.CLIENT_ID;
import static org.outlookmail.configuration.Property.CLIENT_SECRET;
import static org.outlookmail.configuration.Property.CLOUD;
import static org.outlookmail.configuration.Property.DEVICE_AUTHORIZATION_ENDPOINT;
import static org.outlookmail.configuration.Property.FEDERATED_TOKEN_FILE;
import static org.outlookmail.configuration.Property.GOOGLE_SERVICE_ACCOUNT_KEY;
import static org.outlookmail.configuration.Property.GRANT;
import static org.outlookmail.configuration.Property.PROVIDER;
import static org.outlookmail.configuration.Property.REFRESH_TOKEN;
import static org.outlookmail.configuration.Property.SCOPE;
import static org.outlookmail.configuration.Property.TENANT_ID;
import static org.outlookmail.configuration.Property.TOKEN_ENDPOINT;
import static org.outlookmail.configuration.Property.USER_NAME;
import static org.outlookmail.configuration.Property.USER_PASSWORD;

import java.util.EnumSet;
import java.util.Set;
import org.outlookmail.configuration.Property;
import org.outlookmail.configuration.PropertyReader;

/**
 * Which properties of an identity have an effect with a provider, a grant and a proof of the client. One that has none is
 * refused: whoever set it means something that would not be done. Only what a factory takes over from the adapter, while it
 * chooses provider, grant or proof itself, is passed over: it was meant for the other factories.
 *
 * <p>Thread rule: one use, one thread.
 */
public final class IdentityUse {

    /** A stanza that sets one of these itself chooses what it takes over. */
    private static final Set<Property> CHOOSING =
            Set.of(PROVIDER, GRANT, CLIENT_SECRET, CLIENT_CERTIFICATE, CLIENT_AUTHENTICATION);

    private final PropertyReader reader;
    private final String situation;
    private final Set<Property> used = EnumSet.noneOf(Property.class);

    private IdentityUse(PropertyReader reader, String situation, Set<Property> used) {
        this.reader = reader;
        this.situation = situation;
        this.used.addAll(used);
    }

    /** Of Entra or of any other provider that knows clients. */
    static IdentityUse ofClient(PropertyReader reader, Provider provider, String grant) {
        return new IdentityUse(
                        reader, situation(provider, grant), Set.of(PROVIDER, GRANT, CLIENT_ID, TOKEN_ENDPOINT, SCOPE))
                .and(
                        provider == Provider.MICROSOFT
                                ? Set.of(TENANT_ID, CLOUD, AUTHORITY)
                                : Set.of(CLIENT_AUTHENTICATION))
                .and(
                        switch (grant) {
                            case "password" -> Set.of(USER_NAME, USER_PASSWORD);
                            case "federated" -> Set.of(FEDERATED_TOKEN_FILE);
                            case "delegated" -> Set.of(REFRESH_TOKEN, DEVICE_AUTHORIZATION_ENDPOINT);
                            default -> Set.<Property>of();
                        });
    }

    /** Of the identity that Azure has given the machine; a tenant that is named is compared with the token's. */
    static IdentityUse ofManagedIdentity(PropertyReader reader, Provider provider, String grant) {
        return new IdentityUse(
                reader, situation(provider, grant), Set.of(PROVIDER, GRANT, CLIENT_ID, TENANT_ID, CLOUD, SCOPE));
    }

    private static String situation(Provider provider, String grant) {
        return "with provider=\"" + provider.text() + "\" and grant=\"" + grant + "\"";
    }

    /** Of Google's service accounts. */
    static IdentityUse ofGoogle(PropertyReader reader) {
        return new IdentityUse(
                reader,
                "with provider=\"google\"",
                Set.of(PROVIDER, GOOGLE_SERVICE_ACCOUNT_KEY, TOKEN_ENDPOINT, SCOPE));
    }

    /** Of a password for the mail server. */
    public static IdentityUse ofBasic(PropertyReader reader) {
        return new IdentityUse(reader, "with provider=\"basic\"", Set.of(PROVIDER, USER_NAME, USER_PASSWORD));
    }

    /** Of no login at all. */
    public static IdentityUse ofNone(PropertyReader reader) {
        return new IdentityUse(reader, "with provider=\"none\"", Set.of(PROVIDER));
    }

    /** These have an effect as well. */
    IdentityUse and(Set<Property> more) {
        used.addAll(more);
        return this;
    }

    /** Notes a problem for each of the others that is set. */
    public void check() {
        boolean chooses = CHOOSING.stream().anyMatch(reader::own);
        for (Property property : Property.values()) {
            boolean inherited = chooses && !reader.own(property);
            boolean ofIdentity = property.group() == Property.Group.IDENTITY;
            if (ofIdentity && !used.contains(property) && reader.isSet(property) && !inherited) {
                reader.problem(property, "has no effect " + situation + ": remove it" + instead(property));
            }
        }
    }

    private static String instead(Property property) {
        return switch (property) {
            case CLIENT_AUTHENTICATION ->
                "; Entra is shown clientSecret in the body (client_secret_post) or an assertion that clientCertificate"
                        + " signs (private_key_jwt), whichever is set";
            case FEDERATED_TOKEN_FILE -> ", or set grant=\"federated\"";
            case CLIENT_SECRET -> ", or what is set to prove the client otherwise";
            case CLIENT_CERTIFICATE_PASSWORD, CLIENT_CERTIFICATE_ALIAS -> ", or set clientCertificate";
            default -> "";
        };
    }
}
