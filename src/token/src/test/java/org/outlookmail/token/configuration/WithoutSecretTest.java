package org.outlookmail.token.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.configuration.Problems;
import org.outlookmail.configuration.Property;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.configuration.PropertySource;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.Credential.Federated;
import org.outlookmail.token.Credential.ManagedIdentity;
import org.outlookmail.token.FederatedTokenFile;
import org.outlookmail.token.HttpSettings;
import org.outlookmail.token.TokenRequest;

/** The grants federated and managed-identity: what is set, what the environment says, and what is wrong with either. */
@Tag("unit")
class WithoutSecretTest {

    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String CLIENT = "66666666-7777-8888-9999-000000000000";
    private static final HttpSettings HTTP =
            new HttpSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), Proxy.NO_PROXY, Optional.empty());

    @TempDir
    private Path folder;

    private final Map<Property, String> set = new EnumMap<>(Property.class);
    private final Map<String, String> environment = new HashMap<>();
    private final Problems problems = new Problems("<here/>");
    private Path token;

    @BeforeEach
    void aFile() throws Exception {
        token = Files.createFile(folder.resolve("azure-identity-token"));
    }

    private Optional<TokenRequest> read() {
        PropertySource source = new PropertySource() {
            @Override
            public Object value(Property property) {
                return set.get(property);
            }

            @Override
            public String name(Property property) {
                return property.text();
            }

            @Override
            public boolean offers(Property property) {
                return true;
            }

            @Override
            public boolean own(Property property) {
                return set.containsKey(property);
            }
        };
        return new IdentityReader(new PropertyReader(source, problems), environment::get)
                .request(Optional.of("noreply@contoso.com"), Optional.of("outlook.office365.com"), false, HTTP);
    }

    private TokenRequest request() {
        Optional<TokenRequest> request = read();
        assertThat(problems.diagnosis().summary()).contains("0 problems");
        return request.orElseThrow();
    }

    private String told() {
        read();
        assertThat(problems.none()).isFalse();
        return problems.diagnosis().summary();
    }

    private void federated() {
        set.put(Property.GRANT, "federated");
        set.put(Property.TENANT_ID, TENANT);
        set.put(Property.CLIENT_ID, CLIENT);
        set.put(Property.FEDERATED_TOKEN_FILE, token.toString());
    }

    /** As the webhook of Kubernetes sets it. */
    private void webhook() {
        environment.put("AZURE_TENANT_ID", TENANT);
        environment.put("AZURE_CLIENT_ID", CLIENT);
        environment.put("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com/");
        environment.put("AZURE_FEDERATED_TOKEN_FILE", token.toString());
    }

    @Test
    void aTokenFileThatIsNamedProvesTheClient() {
        federated();
        TokenRequest request = request();

        assertThat(request.credential()).isEqualTo(new Federated(new FederatedTokenFile(token)));
        assertThat(request.tokenEndpoint())
                .hasToString("https://login.microsoftonline.com/" + TENANT + "/oauth2/v2.0/token");
        assertThat(request.scope()).isEqualTo("https://outlook.office365.com/.default");
    }

    @Test
    void whereTheWebhookHasSetTheEnvironmentTheGrantIsEnough() {
        federated();
        TokenRequest set = request();
        this.set.clear();
        this.set.put(Property.GRANT, "federated");
        webhook();

        assertThat(request()).isEqualTo(set);
    }

    @Test
    void theAuthorityOfTheEnvironmentCountsUntilSomebodySaysOtherwise() {
        set.put(Property.GRANT, "federated");
        webhook();
        environment.put("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us");
        assertThat(request().tokenEndpoint().getHost()).isEqualTo("login.microsoftonline.us");

        set.put(Property.CLOUD, "china");
        assertThat(request().tokenEndpoint().getHost()).isEqualTo("login.partner.microsoftonline.cn");
        set.put(Property.AUTHORITY, "https://authority.example");
        assertThat(request().tokenEndpoint().getHost()).isEqualTo("authority.example");
        set.remove(Property.AUTHORITY);
        set.put(Property.TOKEN_ENDPOINT, "https://endpoint.example/token");
        assertThat(request().tokenEndpoint()).hasToString("https://endpoint.example/token");
    }

    @Test
    void propertiesComeBeforeTheEnvironment() {
        federated();
        environment.put("AZURE_TENANT_ID", "not a tenant");
        environment.put("AZURE_CLIENT_ID", "not a client");
        environment.put("AZURE_FEDERATED_TOKEN_FILE", "/nowhere");

        assertThat(request().clientId()).isEqualTo(CLIENT);
    }

    @Test
    void otherGrantsTakeNothingFromTheEnvironment() {
        webhook();
        set.put(Property.CLIENT_SECRET, "s1");

        assertThat(told())
                .contains("tenantId is missing", "clientId is missing")
                .doesNotContain("AZURE_");
    }

    @Test
    void allThatIsMissingIsToldAtOnceWithBothWaysToSetIt() {
        set.put(Property.GRANT, "federated");

        assertThat(told())
                .contains(
                        "3 problems",
                        "tenantId is missing",
                        "AZURE_TENANT_ID",
                        "clientId is missing",
                        "AZURE_CLIENT_ID",
                        "federatedTokenFile is missing",
                        "AZURE_FEDERATED_TOKEN_FILE");
    }

    @Test
    void whatIsWrongInTheEnvironmentIsNamed() {
        set.put(Property.GRANT, "federated");
        environment.put("AZURE_TENANT_ID", "con toso");
        environment.put("AZURE_CLIENT_ID", "mailer");
        environment.put("AZURE_AUTHORITY_HOST", "http://login.example");
        environment.put("AZURE_FEDERATED_TOKEN_FILE", folder.resolve("none").toString());

        assertThat(told())
                .contains("4 problems")
                .contains(
                        "tenantId is not set, and the environment variable AZURE_TENANT_ID is \"con toso\": it must be")
                .contains(
                        "clientId is not set, and the environment variable AZURE_CLIENT_ID is \"mailer\": it must be a GUID")
                .contains("AZURE_AUTHORITY_HOST is \"http://login.example\": it must be https://host")
                .contains("AZURE_FEDERATED_TOKEN_FILE names " + folder.resolve("none") + ": there is no such file");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        federated();
        set.put(Property.FEDERATED_TOKEN_FILE, folder.resolve("none").toString());

        assertThat(told())
                .contains(
                        "one problem",
                        "federatedTokenFile names " + folder.resolve("none") + ": there is no such file");
    }

    @Test
    void aSecretBesideItHasNoEffectAndIsToldSo() {
        federated();
        set.put(Property.CLIENT_SECRET, "s1");
        set.put(Property.USER_PASSWORD, "w1");

        assertThat(told())
                .contains("2 problems")
                .contains("clientSecret has no effect with provider=\"microsoft\" and grant=\"federated\": remove it")
                .contains("userPassword has no effect")
                .doesNotContain("s1", "w1");
    }

    @Test
    void aTokenFileWithoutItsGrantHasNoEffect() {
        federated();
        set.remove(Property.GRANT);
        set.put(Property.CLIENT_SECRET, "s1");

        assertThat(told()).contains("one problem", "federatedTokenFile has no effect", "grant=\"federated\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"federated", "managed-identity"})
    void anotherProviderHasNoSuchGrant(String grant) {
        set.put(Property.PROVIDER, "generic");
        set.put(Property.GRANT, grant);
        set.put(Property.TOKEN_ENDPOINT, "https://sso.example/token");
        set.put(Property.CLIENT_ID, "mail");

        assertThat(told()).contains("one problem", "grant is \"" + grant + "\", which is for provider=\"microsoft\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"federated", "managed-identity"})
    void whatTheServersShareNeedsAKeyThatNoSecretCanGive(String grant) {
        federated();
        set.put(Property.GRANT, grant);
        if (grant.equals("managed-identity")) {
            set.remove(Property.FEDERATED_TOKEN_FILE);
        }
        set.put(Property.TOKEN_CACHE_JNDI_NAME, "cache/tokens");
        assertThat(told()).contains("one problem", "tokenCacheKey is missing: the grant " + grant);
    }

    @Test
    void aKeyForTheSharedCacheIsEnough() {
        federated();
        set.put(Property.TOKEN_CACHE_JNDI_NAME, "cache/tokens");
        set.put(Property.TOKEN_CACHE_KEY, "a long random text");

        assertThat(request().credential()).isInstanceOf(Federated.class);
    }

    @Test
    void aMachineOfAzureNeedsNothingButTheGrant() {
        set.put(Property.GRANT, "managed-identity");
        TokenRequest request = request();

        assertThat(request.tokenEndpoint()).hasToString("http://169.254.169.254/metadata/identity/oauth2/token");
        assertThat(request.credential()).isEqualTo(new ManagedIdentity(Optional.empty()));
        assertThat(request.clientId()).isEmpty();
        assertThat(request.subject()).isEqualTo("this machine's managed identity");
        assertThat(request.scope()).isEqualTo("https://outlook.office365.com/.default");
    }

    @Test
    void anIdentityOfItsOwnNameAndATenantToCompareAreTaken() {
        set.put(Property.GRANT, "managed-identity");
        set.put(Property.CLIENT_ID, CLIENT);
        set.put(Property.TENANT_ID, TENANT);

        assertThat(request().clientId()).isEqualTo(CLIENT);
        assertThat(request().tenantId()).isEqualTo(TENANT);
        assertThat(request().subject()).isEqualTo("the managed identity " + CLIENT);
    }

    @Test
    void appServicesEndpointIsUsedWhereTheEnvironmentNamesIt() {
        set.put(Property.GRANT, "managed-identity");
        environment.put("IDENTITY_ENDPOINT", "http://169.254.129.3:8081/msi/token");
        environment.put("IDENTITY_HEADER", "853b9a84-5bfa-4b22-a3f3-0b9a43d9ad8a");
        TokenRequest request = request();

        assertThat(request.tokenEndpoint()).hasToString("http://169.254.129.3:8081/msi/token");
        assertThat(request.credential())
                .isEqualTo(new ManagedIdentity(Optional.of(Secret.of("853b9a84-5bfa-4b22-a3f3-0b9a43d9ad8a"))));
        assertThat(request.toString()).doesNotContain("853b9a84");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/msi/token",
                "http://identity.example/msi/token",
                "http://127.0.0.1.example/msi/token",
                "http://10.0.0.1/msi/token",
                "http://127.0.0.1@evil.example/msi/token",
                "http://127.0.0.1/msi/token?resource=another",
                "http://127.0.0.1/msi/token#",
                "file:///etc/passwd",
                "msi"
            })
    void itsSecretGoesNowhereButToThisMachineAndItsLink(String endpoint) {
        set.put(Property.GRANT, "managed-identity");
        environment.put("IDENTITY_ENDPOINT", endpoint);
        environment.put("IDENTITY_HEADER", "seen-by-nobody");

        assertThat(told())
                .contains(
                        "one problem",
                        "grant is \"managed-identity\", and the environment variable IDENTITY_ENDPOINT is")
                .doesNotContain("seen-by-nobody");
    }

    @Test
    void aHeaderThatWouldBeTwoIsRefusedAndNotShown() {
        set.put(Property.GRANT, "managed-identity");
        environment.put("IDENTITY_ENDPOINT", "http://127.0.0.1:42356/msi/token");
        environment.put("IDENTITY_HEADER", "seen-by\r\nnobody: x");

        assertThat(told())
                .contains("one problem", "IDENTITY_HEADER has characters")
                .doesNotContain("nobody");
    }

    @Test
    void anotherHostOfTheMetadataServiceIsTakenFromTheEnvironment() {
        set.put(Property.GRANT, "managed-identity");
        environment.put("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:8490/");
        assertThat(request().tokenEndpoint()).hasToString("http://127.0.0.1:8490/metadata/identity/oauth2/token");

        environment.put("AZURE_POD_IDENTITY_AUTHORITY_HOST", "ftp://127.0.0.1");
        assertThat(told()).contains("one problem", "AZURE_POD_IDENTITY_AUTHORITY_HOST is \"ftp://127.0.0.1\"");
    }

    @Test
    void aMachineOfAzureArcIsToldThatThisVersionDoesNotKnowIt() {
        set.put(Property.GRANT, "managed-identity");
        environment.put("IDENTITY_ENDPOINT", "http://localhost:40342/metadata/identity/oauth2/token");

        assertThat(told()).contains("one problem", "Azure Arc");
    }

    @Test
    void whatAManagedIdentityCannotUseHasNoEffect() {
        set.put(Property.GRANT, "managed-identity");
        set.put(Property.AUTHORITY, "https://authority.example");
        set.put(Property.CLIENT_SECRET, "s1");
        set.put(Property.SCOPE, "Mail.Send");

        assertThat(told())
                .contains(
                        "3 problems",
                        "authority has no effect",
                        "clientSecret has no effect with provider=\"microsoft\" and grant=\"managed-identity\"",
                        "scope is \"Mail.Send\": a managed identity gets tokens for one resource");
    }
}
