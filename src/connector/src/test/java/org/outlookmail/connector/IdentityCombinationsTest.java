package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.configuration.Problems;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.connector.adapter.MailResourceAdapter;
import org.outlookmail.connector.config.ConfigurationReader;
import org.outlookmail.connector.config.MailConfiguration;
import org.outlookmail.connector.config.MailProperties;
import org.outlookmail.connector.config.StanzaProperties;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.token.ClientAuthentication;
import org.outlookmail.token.Credential;

/** Every property of an identity that is accepted is used; what would have no effect is refused by its name. */
@Tag("unit")
class IdentityCombinationsTest {

    private static final Map<String, BiConsumer<MailProperties, String>> SETTERS = setters();

    @TempDir
    private Path folder;

    private final MailResourceAdapter adapter = new MailResourceAdapter();

    /** Two values of each property; the second differs from the default too. */
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private static Map<String, BiConsumer<MailProperties, String>> setters() {
        Map<String, BiConsumer<MailProperties, String>> setters = new LinkedHashMap<>();
        setters.put("provider", MailProperties::setProvider);
        setters.put("tenantId", MailProperties::setTenantId);
        setters.put("clientId", MailProperties::setClientId);
        setters.put("clientSecret", MailProperties::setClientSecret);
        setters.put("clientSecretNext", MailProperties::setClientSecretNext);
        setters.put("clientCertificate", MailProperties::setClientCertificate);
        setters.put("clientCertificatePassword", MailProperties::setClientCertificatePassword);
        setters.put("clientCertificateAlias", MailProperties::setClientCertificateAlias);
        setters.put("clientAuthentication", MailProperties::setClientAuthentication);
        setters.put("grant", MailProperties::setGrant);
        setters.put("federatedTokenFile", MailProperties::setFederatedTokenFile);
        setters.put("userName", MailProperties::setUserName);
        setters.put("userPassword", MailProperties::setUserPassword);
        setters.put("refreshToken", MailProperties::setRefreshToken);
        setters.put("googleServiceAccountKey", MailProperties::setGoogleServiceAccountKey);
        setters.put("cloud", MailProperties::setCloud);
        setters.put("authority", MailProperties::setAuthority);
        setters.put("tokenEndpoint", MailProperties::setTokenEndpoint);
        setters.put("deviceAuthorizationEndpoint", MailProperties::setDeviceAuthorizationEndpoint);
        setters.put("scope", MailProperties::setScope);
        return setters;
    }

    @BeforeEach
    void values() throws Exception {
        adapter.setTokenCacheKey("passphrase");
        values.put("provider", List.of("microsoft", "generic"));
        values.put("tenantId", List.of("11111111-2222-3333-4444-555555555555", "22222222-2222-3333-4444-555555555555"));
        values.put("clientId", List.of("66666666-7777-8888-9999-000000000000", "77777777-7777-8888-9999-000000000000"));
        values.put("clientSecret", List.of("s1", "s2"));
        values.put("clientSecretNext", List.of("n1", "n2"));
        values.put("clientCertificate", List.of(file("1.p12"), file("2.p12")));
        values.put("clientCertificatePassword", List.of("p1", "p2"));
        values.put("clientCertificateAlias", List.of("a1", "a2"));
        values.put("clientAuthentication", List.of("client_secret_basic", "client_secret_post"));
        values.put("grant", List.of("delegated", "password"));
        values.put("federatedTokenFile", List.of(file("1.jwt"), file("2.jwt")));
        values.put("userName", List.of("u1@contoso.com", "u2@contoso.com"));
        values.put("userPassword", List.of("w1", "w2"));
        values.put("refreshToken", List.of("r1", "r2"));
        values.put("googleServiceAccountKey", List.of(file("1.json"), file("2.json")));
        values.put("cloud", List.of("us-gov-high", "china"));
        values.put("authority", List.of("https://one.example.com", "https://two.example.com"));
        values.put("tokenEndpoint", List.of("https://one.example.com/token", "https://two.example.com/token"));
        values.put(
                "deviceAuthorizationEndpoint",
                List.of("https://one.example.com/device", "https://two.example.com/device"));
        values.put("scope", List.of("scope-1", "scope-2"));
    }

    private String file(String name) throws Exception {
        return Files.createFile(folder.resolve(name)).toString();
    }

    private record Read(Optional<MailAccount> account, String told) {}

    private Read read(Map<String, String> identity) {
        MailManagedConnectionFactory factory = new MailManagedConnectionFactory();
        factory.setMailbox("noreply@contoso.com");
        if (!"microsoft".equals(identity.get("provider"))) {
            factory.setSmtpHost("smtp.example.com");
            factory.setStoreHost("imap.example.com");
        }
        identity.forEach((property, value) -> SETTERS.get(property).accept(factory, value));
        Problems problems = new Problems("<here/>");
        Optional<MailAccount> account = new ConfigurationReader(
                        new PropertyReader(new StanzaProperties(factory, adapter), problems))
                .configuration()
                .map(MailConfiguration::account);
        return new Read(account, problems.diagnosis().summary());
    }

    /** Provider × grant × clientAuthentication × everything that can be shown as a proof, each there or not. */
    private List<Map<String, String>> combinations() {
        List<Map<String, String>> all = List.of(Map.of());
        all = with(all, "provider", "microsoft", "generic", "google", "basic");
        all = with(all, "grant", null, "client_credentials", "delegated", "federated", "managed-identity", "password");
        all = with(all, "clientAuthentication", null, "client_secret_basic", "client_secret_post", "private_key_jwt");
        for (String proof : List.of(
                "clientSecret",
                "clientSecretNext",
                "clientCertificate",
                "clientCertificateAlias",
                "federatedTokenFile",
                "userName",
                "userPassword",
                "refreshToken",
                "googleServiceAccountKey")) {
            all = with(all, proof, null, values.get(proof).get(0));
        }
        all.forEach(this::complete);
        return all;
    }

    private static List<Map<String, String>> with(List<Map<String, String>> all, String property, String... choices) {
        List<Map<String, String>> more = new ArrayList<>();
        for (Map<String, String> one : all) {
            for (String choice : choices) {
                Map<String, String> next = new LinkedHashMap<>(one);
                if (choice != null) {
                    next.put(property, choice);
                }
                more.add(next);
            }
        }
        return more;
    }

    /** What the provider cannot do without. */
    private void complete(Map<String, String> identity) {
        switch (identity.get("provider")) {
            case "microsoft" -> {
                identity.put("tenantId", values.get("tenantId").get(0));
                identity.put("clientId", values.get("clientId").get(0));
            }
            case "generic" -> {
                identity.put("tokenEndpoint", values.get("tokenEndpoint").get(0));
                identity.put("clientId", values.get("clientId").get(0));
            }
            default -> {
                // Nothing that is not among the proofs.
            }
        }
    }

    @Test
    void aPropertyThatIsAcceptedMakesADifferenceInEveryCombination() {
        Set<String> useful = new LinkedHashSet<>();
        int accepted = 0;
        for (Map<String, String> identity : combinations()) {
            Read plain = read(identity);
            if (plain.account().isEmpty()) {
                continue;
            }
            accepted++;
            for (String property : SETTERS.keySet()) {
                Map<String, String> changed = new LinkedHashMap<>(identity);
                changed.put(property, other(property, identity.get(property)));
                Read other = read(changed);
                assertThat(other.account())
                        .as("%s, with %s=%s", identity, property, changed.get(property))
                        .isNotEqualTo(plain.account());
                if (other.account().isPresent() || identity.containsKey(property)) {
                    useful.add(property);
                }
            }
        }
        assertThat(useful).as("no property is refused everywhere").isEqualTo(SETTERS.keySet());
        assertThat(accepted).isGreaterThan(30);
    }

    private String other(String property, String value) {
        return values.get(property).stream()
                .filter(choice -> !choice.equals(value))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @Test
    void whatHasNoEffectIsRefusedByItsName() {
        Map<String, String> identity = new LinkedHashMap<>(Map.of("provider", "basic", "userPassword", "w1"));
        assertThat(read(identity).account()).isPresent();
        for (String property : SETTERS.keySet()) {
            if (!Set.of("provider", "userName", "userPassword").contains(property)) {
                Map<String, String> more = new LinkedHashMap<>(identity);
                more.put(property, values.get(property).get(0));

                assertThat(read(more).told())
                        .contains("one problem")
                        .contains(property + " has no effect with provider=\"basic\": remove it");
            }
        }
    }

    private static ClientAuthentication clientOf(Read read) {
        Credential.UserPassword user = (Credential.UserPassword)
                ((Authentication.Token) read.account().orElseThrow().out().authentication())
                        .request()
                        .credential();
        return user.client().orElseThrow();
    }

    @Test
    void aUsersPasswordComesWithTheProofOfTheClientThatIsConfigured() {
        Map<String, String> identity = new LinkedHashMap<>(
                Map.of("provider", "generic", "grant", "password", "userPassword", "w1", "clientSecret", "s1"));
        complete(identity);
        assertThat(clientOf(read(identity))).isInstanceOf(ClientAuthentication.SecretBasic.class);

        identity.put("clientAuthentication", "client_secret_post");
        assertThat(clientOf(read(identity))).isInstanceOf(ClientAuthentication.SecretPost.class);

        identity.put("clientAuthentication", "private_key_jwt");
        assertThat(read(identity).told()).contains("clientCertificate is missing", "clientSecret has no effect");

        identity.remove("clientSecret");
        identity.put("clientCertificate", values.get("clientCertificate").get(0));
        assertThat(clientOf(read(identity))).isInstanceOf(ClientAuthentication.PrivateKeyJwt.class);

        identity.remove("clientAuthentication");
        identity.put("provider", "microsoft");
        identity.remove("tokenEndpoint");
        complete(identity);
        assertThat(clientOf(read(identity))).isInstanceOf(ClientAuthentication.PrivateKeyJwt.class);
    }

    @Test
    void whatAFactoryTakesOverFromTheAdapterWhileItChoosesForItselfIsPassedOver() {
        adapter.setTenantId(values.get("tenantId").get(0));
        adapter.setClientId(values.get("clientId").get(0));
        adapter.setClientSecret("s1");
        adapter.setClientSecretNext("n1");
        adapter.setAuthority("https://one.example.com");

        assertThat(read(Map.of("provider", "basic", "userPassword", "w1")).account())
                .isPresent();
        assertThat(read(Map.of(
                                "provider",
                                "google",
                                "googleServiceAccountKey",
                                values.get("googleServiceAccountKey").get(0)))
                        .account())
                .isPresent();
        assertThat(read(Map.of("provider", "generic", "tokenEndpoint", "https://two.example.com/token"))
                        .account())
                .isPresent();
        assertThat(read(Map.of("provider", "microsoft", "grant", "delegated")).account())
                .isPresent();
        assertThat(read(Map.of(
                                "provider",
                                "microsoft",
                                "clientCertificate",
                                values.get("clientCertificate").get(0)))
                        .account())
                .isPresent();
        adapter.setRefreshToken("r1");
        assertThat(read(Map.of("scope", "scope-1")).told())
                .as("the adapter's own, which no factory chooses")
                .contains("refreshToken of the resource adapter has no effect");
    }

    @Test
    void ofAuthorityAndTokenEndpointTheNearerOneCounts() {
        Map<String, String> identity = new LinkedHashMap<>(Map.of("provider", "microsoft", "clientSecret", "s1"));
        complete(identity);
        adapter.setTokenEndpoint("https://one.example.com/token");
        identity.put("authority", "https://two.example.com");
        assertThat(((Authentication.Token)
                                read(identity).account().orElseThrow().out().authentication())
                        .request()
                        .tokenEndpoint())
                .hasToString("https://two.example.com/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token");

        identity.remove("authority");
        adapter.setAuthority("https://two.example.com");
        assertThat(read(identity).told())
                .contains("authority of the resource adapter and tokenEndpoint of the resource adapter are both set");
    }
}
