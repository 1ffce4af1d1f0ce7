package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.configuration.Problems;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.connector.adapter.MailResourceAdapter;
import org.outlookmail.connector.config.ConfigurationReader;
import org.outlookmail.connector.config.MailConfiguration;
import org.outlookmail.connector.config.StanzaProperties;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.ClientAuthentication;
import org.outlookmail.token.Credential;
import org.outlookmail.token.KeyStoreFile;
import org.outlookmail.token.ServiceAccountFile;
import org.outlookmail.token.TokenRequest;

/** Each provider and grant, what it needs, and what is said when that is missing. */
@Tag("unit")
class IdentityReaderTest {

    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String CLIENT = "66666666-7777-8888-9999-000000000000";
    private static final String MAILBOX = "noreply@contoso.com";

    private final MailResourceAdapter adapter = new MailResourceAdapter();
    private final MailManagedConnectionFactory factory = new MailManagedConnectionFactory();
    private final Problems problems = new Problems("<here/>");

    @TempDir
    private Path folder;

    @BeforeEach
    void whatIsAlwaysRequired() {
        factory.setMailbox(MAILBOX);
    }

    private MailAccount account() {
        Optional<MailAccount> account = new ConfigurationReader(
                        new PropertyReader(new StanzaProperties(factory, adapter), problems))
                .configuration()
                .map(MailConfiguration::account);
        assertThat(problems.diagnosis().summary()).contains("0 problems");
        return account.orElseThrow();
    }

    private TokenRequest request() {
        return ((Authentication.Token) account().out().authentication()).request();
    }

    private String told() {
        assertThat(new ConfigurationReader(new PropertyReader(new StanzaProperties(factory, adapter), problems))
                        .configuration()
                        .map(MailConfiguration::account))
                .isEmpty();
        return problems.diagnosis().summary();
    }

    private void microsoft() {
        factory.setTenantId(TENANT);
        factory.setClientId(CLIENT);
    }

    private String file(String name) throws Exception {
        return Files.createFile(folder.resolve(name)).toString();
    }

    @Test
    void aSecondSecretIsKeptForTheDayTheFirstExpires() {
        microsoft();
        factory.setClientSecret("first");
        factory.setClientSecretNext("second");

        assertThat(request().credential())
                .isEqualTo(new Credential.ClientSecret(Secret.of("first"), Optional.of(Secret.of("second"))));
    }

    @Test
    void aCertificateInsteadOfASecret() throws Exception {
        microsoft();
        String file = file("client.p12");
        factory.setClientCertificate(file);
        factory.setClientCertificatePassword("changeit");
        factory.setClientCertificateAlias("mail");

        assertThat(request().credential())
                .isEqualTo(new Credential.ClientCertificate(
                        new KeyStoreFile(Path.of(file), Optional.of(Secret.of("changeit")), Optional.of("mail"))));
    }

    @Test
    void aFactorysCertificateComesBeforeTheAdaptersSecretAndTheOtherWayRound() throws Exception {
        microsoft();
        adapter.setClientSecret("of all");
        factory.setClientCertificate(file("client.p12"));
        assertThat(request().credential()).isInstanceOf(Credential.ClientCertificate.class);

        factory.setClientCertificate(null);
        factory.setClientSecret("own");
        adapter.setClientSecret(null);
        adapter.setClientCertificate(file("other.p12"));
        assertThat(request().credential()).isInstanceOf(Credential.ClientSecret.class);
    }

    @Test
    void secretAndCertificateInOneStanzaContradictEachOther() throws Exception {
        microsoft();
        factory.setClientSecret("s");
        factory.setClientCertificate(file("client.p12"));

        assertThat(told()).contains("clientSecret and clientCertificate are both set");
    }

    @Test
    void aCertificateFileThatIsNotThereIsTold() {
        microsoft();
        factory.setClientCertificate(folder.resolve("none.p12").toString());

        assertThat(told()).contains("clientCertificate names " + folder.resolve("none.p12"));
    }

    @Test
    void theTokenEndpointCanBeGivenOutright() {
        microsoft();
        factory.setClientSecret("s");
        factory.setTokenEndpoint("https://login.example.com/x/token");
        assertThat(request().tokenEndpoint()).hasToString("https://login.example.com/x/token");
        assertThat(request().tenantId()).isEqualTo(TENANT);

        factory.setAuthority("https://login.example.com");
        assertThat(told()).contains("authority and tokenEndpoint are both set");
    }

    @Test
    void theGrantPasswordWarnsAndNamesTheWayOut() {
        microsoft();
        factory.setGrant("password");
        factory.setUserPassword("pw");

        assertThat(request().credential())
                .isEqualTo(new Credential.UserPassword(MAILBOX, Secret.of("pw"), Optional.empty()));
        assertThat(problems.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo(DiagnosisCode.PASSWORD_GRANT_LEGACY);
            assertThat(warning.toString())
                    .contains("MFA", "client_credentials", "delegated")
                    .doesNotContain("pw ");
        });
    }

    @Test
    void aDelegatedUserIsTheMailboxAndAsksForWhatMailNeeds() {
        microsoft();
        adapter.setTokenCacheKey("passphrase");
        factory.setGrant("delegated");
        TokenRequest request = request();

        assertThat(request.credential())
                .isEqualTo(new Credential.Delegated(
                        MAILBOX,
                        Optional.of(
                                URI.create("https://login.microsoftonline.com/" + TENANT + "/oauth2/v2.0/devicecode")),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(request.scope())
                .isEqualTo("https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All"
                        + " offline_access");
        factory.setCloud("china");
        assertThat(request().scope()).startsWith("https://partner.outlook.cn/SMTP.Send ");
    }

    @Test
    void delegatedNeedsAKeyForWhatTheUserSignedInFor() {
        microsoft();
        factory.setGrant("delegated");

        assertThat(told()).contains("tokenCacheKey of the resource adapter is missing");
    }

    @Test
    void aGenericProviderNeedsItsEndpointClientAndHosts() {
        factory.setProvider("generic");

        assertThat(told())
                .contains("5 problems", "tokenEndpoint is missing", "clientId is missing", "clientSecret is missing")
                .contains("smtpHost is missing: set it to the name of the mail server", "storeHost is missing");
    }

    private void generic() {
        factory.setProvider("generic");
        factory.setTokenEndpoint("https://sso.example.com/realms/mail/protocol/openid-connect/token");
        factory.setClientId("mail-client");
        factory.setSmtpHost("smtp.example.com");
        factory.setStoreHost("imap.example.com");
    }

    @Test
    void aGenericClientProvesItselfInThreeWays() throws Exception {
        generic();
        factory.setClientSecret("s");
        assertThat(request().credential())
                .isEqualTo(new Credential.Client(new ClientAuthentication.SecretBasic(Secret.of("s"))));
        assertThat(request().tenantId()).isEmpty();
        assertThat(request().scope()).isEmpty();

        factory.setClientAuthentication("client_secret_post");
        assertThat(request().credential())
                .isEqualTo(new Credential.Client(new ClientAuthentication.SecretPost(Secret.of("s"))));

        String file = file("client.pem");
        factory.setClientSecret(null);
        factory.setClientAuthentication("private_key_jwt");
        factory.setClientCertificate(file);
        assertThat(request().credential())
                .isEqualTo(new Credential.Client(new ClientAuthentication.PrivateKeyJwt(
                        new KeyStoreFile(Path.of(file), Optional.empty(), Optional.empty()))));
    }

    @Test
    void aKeyIsNeededToSignWith() {
        generic();
        factory.setClientAuthentication("private_key_jwt");

        assertThat(told()).contains("clientCertificate is missing: private_key_jwt signs with its private key");
    }

    @Test
    void aGenericRefreshTokenMayBelongToAPublicClient() {
        generic();
        adapter.setTokenCacheKey("passphrase");
        factory.setGrant("delegated");
        factory.setRefreshToken("rt");

        assertThat(request().credential())
                .isEqualTo(new Credential.Delegated(
                        MAILBOX, Optional.empty(), Optional.empty(), Optional.of(Secret.of("rt"))));
    }

    @Test
    void googleNeedsAKeyFileAndNothingElse() throws Exception {
        factory.setProvider("google");
        String file = file("key.json");
        factory.setGoogleServiceAccountKey(file);
        MailAccount account = account();

        assertThat(request().credential())
                .isEqualTo(new Credential.ServiceAccount(new ServiceAccountFile(Path.of(file)), MAILBOX));
        assertThat(request().scope()).isEqualTo("https://mail.google.com/");
        assertThat(account.out().server()).hasToString("smtp://smtp.gmail.com:587");
        assertThat(account.in().server()).hasToString("imaps://imap.gmail.com:993");
    }

    @Test
    void googleWithoutAKeyIsTold() {
        factory.setProvider("google");

        assertThat(told()).contains("one problem", "googleServiceAccountKey is missing");
    }

    @Test
    void basicIsChosenByNameAndWarns() {
        factory.setProvider("basic");
        factory.setUserPassword("pw");
        factory.setSmtpHost("smtp.example.com");
        factory.setStoreHost("imap.example.com");

        assertThat(account().out().authentication()).isEqualTo(new Authentication.Password(MAILBOX, Secret.of("pw")));
        assertThat(problems.warnings()).extracting(Diagnosis::code).containsExactly(DiagnosisCode.BASIC_LEGACY);
    }

    @Test
    void noLoginIsChosenByNameAndNeedsTheRelayAlone() {
        factory.setProvider("none");
        factory.setSmtpHost("relay.contoso.com");

        MailAccount account = account();
        assertThat(account.out().authentication()).isEqualTo(new Authentication.None(false));
        assertThat(account.out().server()).hasToString("smtp://relay.contoso.com:25");
        assertThat(problems.warnings()).isEmpty();
    }

    @Test
    void mailInTheClearIsAllowedByNameAndWarns() {
        factory.setProvider("none");
        factory.setSmtpHost("relay.contoso.com");
        factory.setStartTls("offered");

        assertThat(account().out().authentication()).isEqualTo(new Authentication.None(true));
        assertThat(problems.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo(DiagnosisCode.RELAY_IN_CLEAR);
            assertThat(warning.summary()).contains("relay.contoso.com");
        });
    }

    @Test
    void noLoginIsNeverChosenByWhatIsMissing() {
        factory.setProvider("none");
        factory.setClientSecret("secret");

        assertThat(told()).contains("smtpHost is missing", "clientSecret has no effect with provider=\"none\"");
    }

    @Test
    void aLoginNeverGoesInTheClear() {
        microsoft();
        factory.setClientSecret("secret");
        factory.setStartTls("offered");

        assertThat(told()).contains("startTls is \"offered\"", "provider=\"none\"");
    }

    @Test
    void whatBeginsWithTlsIsNotOfferedIt() {
        factory.setProvider("none");
        factory.setSmtpHost("relay.contoso.com");
        factory.setTransport("smtps");
        factory.setStartTls("offered");

        assertThat(told()).contains("startTls has no effect with transport=\"smtps\"");
    }

    @Test
    void aPasswordAloneNeverChoosesBasic() {
        microsoft();
        factory.setUserPassword("pw");

        assertThat(told()).contains("clientSecret is missing");
    }

    @Test
    void theMailServersOfTheDodCloudMustBeNamed() {
        microsoft();
        factory.setClientSecret("s");
        factory.setCloud("us-dod");
        assertThat(told()).contains("2 problems", "smtpHost is missing", "storeHost is missing");
    }

    @Test
    void theDodCloudHasTheAuthorityOfTheGovernmentAndTheScopeOfItsStore() {
        microsoft();
        factory.setClientSecret("s");
        factory.setCloud("us-dod");
        factory.setSmtpHost("smtp.example.mil");
        factory.setStoreHost("outlook.example.mil");

        assertThat(request().tokenEndpoint())
                .hasToString("https://login.microsoftonline.us/" + TENANT + "/oauth2/v2.0/token");
        assertThat(request().scope()).isEqualTo("https://outlook.example.mil/.default");
    }

    @Test
    void aSecretIsNeverInATextForm() {
        microsoft();
        adapter.setTokenCacheKey("do-not-show");
        factory.setClientSecret("do-not-show");
        factory.setClientSecretNext("do-not-show-either");

        assertThat(account().toString() + factory + adapter).doesNotContain("do-not-show");
    }
}
