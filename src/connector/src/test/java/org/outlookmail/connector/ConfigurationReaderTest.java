package org.outlookmail.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.cluster.CacheConfiguration;
import org.outlookmail.configuration.Problems;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.connector.adapter.MailResourceAdapter;
import org.outlookmail.connector.config.ConfigurationReader;
import org.outlookmail.connector.config.MailConfiguration;
import org.outlookmail.connector.config.SenderPolicy;
import org.outlookmail.connector.config.StanzaProperties;
import org.outlookmail.connector.pool.MailManagedConnectionFactory;
import org.outlookmail.mail.Authentication;
import org.outlookmail.mail.Endpoint;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.quota.QuotaLimits;
import org.outlookmail.secret.Secret;
import org.outlookmail.token.Credential;
import org.outlookmail.token.TokenRequest;
import org.outlookmail.token.TrustStoreFile;
import org.outlookmail.token.configuration.ClusterReader;

/** What a factory's and the adapter's properties become together, and every way in which they are refused. */
@Tag("unit")
class ConfigurationReaderTest {

    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String CLIENT = "66666666-7777-8888-9999-000000000000";
    private static final String SECRET = "the~secret.value";

    private final MailResourceAdapter adapter = new MailResourceAdapter();
    private final MailManagedConnectionFactory factory = new MailManagedConnectionFactory();
    private final Problems problems = new Problems("<here/>");

    @BeforeEach
    void whatIsRequired() {
        factory.setTenantId(TENANT);
        factory.setClientId(CLIENT);
        factory.setClientSecret(SECRET);
        factory.setMailbox("noreply@contoso.com");
    }

    private Optional<MailAccount> read() {
        return new ConfigurationReader(new PropertyReader(new StanzaProperties(factory, adapter), problems))
                .configuration()
                .map(MailConfiguration::account);
    }

    private MailAccount account() {
        Optional<MailAccount> account = read();
        assertThat(problems.diagnosis().summary()).contains("0 problems");
        return account.orElseThrow();
    }

    private CacheConfiguration tokenCache() {
        ClusterReader reader = new ClusterReader(new PropertyReader(new StanzaProperties(adapter, adapter), problems));
        reader.storeFile();
        return reader.cache();
    }

    private static TokenRequest request(MailAccount account) {
        return ((Authentication.Token) account.out().authentication()).request();
    }

    private String told() {
        assertThat(read()).isEmpty();
        assertThat(problems.none()).isFalse();
        assertThat(problems.diagnosis().code()).isEqualTo(DiagnosisCode.CONFIGURATION_INVALID);
        return problems.diagnosis().summary();
    }

    @Test
    void fourPropertiesAreEnough() {
        MailAccount account = account();
        assertThat(account.mailbox()).isEqualTo("noreply@contoso.com");
        assertThat(account.out().server()).hasToString("smtp://smtp.office365.com:587");
        assertThat(account.in().server()).hasToString("imaps://outlook.office365.com:993");
        assertThat(account.route().timeouts().connect()).isEqualTo(Duration.ofSeconds(10));
        assertThat(account.route().timeouts().read()).isEqualTo(Duration.ofSeconds(60));
        assertThat(account.route().timeouts().write()).isEqualTo(Duration.ofSeconds(60));
        assertThat(account.mailProperties()).isEmpty();
        assertThat(request(account).tenantId()).isEqualTo(TENANT);
        assertThat(request(account).clientId()).isEqualTo(CLIENT);
        assertThat(request(account).credential())
                .isEqualTo(new Credential.ClientSecret(Secret.of(SECRET), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "global, login.microsoftonline.com, smtp.office365.com, outlook.office365.com",
        "us-gov-high, login.microsoftonline.us, smtp.office365.us, outlook.office365.us",
        "china, login.partner.microsoftonline.cn, smtp.partner.outlook.cn, partner.outlook.cn"
    })
    void eachCloudHasItsHostsAndItsScope(String cloud, String authority, String smtp, String store) {
        factory.setCloud(cloud);
        MailAccount account = account();
        assertThat(request(account).tokenEndpoint())
                .hasToString("https://" + authority + "/" + TENANT + "/oauth2/v2.0/token");
        assertThat(request(account).scope()).isEqualTo("https://" + store + "/.default");
        assertThat(account.out().server().host()).isEqualTo(smtp);
        assertThat(account.in().server().host()).isEqualTo(store);
    }

    @Test
    void whatIsSetIsUsed() {
        factory.setAuthority("https://localhost:8450/");
        factory.setScope("https://outlook.office.com/.default");
        factory.setSmtpHost("smtp.contoso.com");
        factory.setSmtpPort(2587);
        factory.setStoreHost("192.0.2.1");
        factory.setStorePort(2993);
        factory.setConnectTimeoutMillis(1);
        factory.setReadTimeoutMillis(2);
        factory.setWriteTimeoutMillis(3);
        factory.setGrant("client_credentials");
        factory.setTransport("smtp");
        factory.setStore("imaps");
        factory.setMailProperties("mail.smtp.submitter=a=b; mail.imaps.fetchsize = 65536;\n mail.debug=true;");
        MailAccount account = account();
        assertThat(request(account).tokenEndpoint())
                .hasToString("https://localhost:8450/" + TENANT + "/oauth2/v2.0/token");
        assertThat(request(account).scope()).isEqualTo("https://outlook.office.com/.default");
        assertThat(account.out().server()).hasToString("smtp://smtp.contoso.com:2587");
        assertThat(account.in().server()).hasToString("imaps://192.0.2.1:2993");
        assertThat(account.route().timeouts().connect()).isEqualTo(Duration.ofMillis(1));
        assertThat(account.route().timeouts().read()).isEqualTo(Duration.ofMillis(2));
        assertThat(account.route().timeouts().write()).isEqualTo(Duration.ofMillis(3));
        assertThat(account.mailProperties())
                .containsEntry("mail.smtp.submitter", "a=b")
                .containsEntry("mail.imaps.fetchsize", "65536")
                .containsEntry("mail.debug", "true")
                .hasSize(3);
    }

    @Test
    void theAdaptersPropertiesAreDefaultsAndTheFactorysOwnComeFirst() {
        adapter.setClientSecret("of the adapter");
        adapter.setMailbox("adapter@contoso.com");
        adapter.setSmtpPort(25);
        adapter.setStorePort(143);
        adapter.setReadTimeoutMillis(5);
        factory.setClientSecret(null);
        factory.setMailbox("factory@contoso.com");
        factory.setSmtpPort(26);
        MailAccount account = account();
        assertThat(request(account).credential())
                .isEqualTo(new Credential.ClientSecret(Secret.of("of the adapter"), Optional.empty()));
        assertThat(account.mailbox()).isEqualTo("factory@contoso.com");
        assertThat(account.out().server().port()).isEqualTo(26);
        assertThat(account.in().server().port()).isEqualTo(143);
        assertThat(account.route().timeouts().read()).isEqualTo(Duration.ofMillis(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void blankIsAsGoodAsAbsent(String blank) {
        adapter.setMailbox("adapter@contoso.com");
        factory.setMailbox(blank);
        factory.setCloud(blank);
        factory.setGrant(blank);
        factory.setMailProperties(blank);
        factory.setSmtpHost(blank);
        MailAccount account = account();
        assertThat(account.mailbox()).isEqualTo("adapter@contoso.com");
        assertThat(account.out().server().host()).isEqualTo("smtp.office365.com");
    }

    @Test
    void spacesAroundAValueAreNoPartOfIt() {
        factory.setMailbox(" noreply@contoso.com ");
        assertThat(account().mailbox()).isEqualTo("noreply@contoso.com");
    }

    @Test
    void aTenantMayBeADomain() {
        factory.setTenantId("contoso.onmicrosoft.com");
        assertThat(request(account()).tenantId()).isEqualTo("contoso.onmicrosoft.com");
    }

    @Test
    void whatIsMissingIsNamedWithTheWayToSetIt() {
        factory.setTenantId(null);
        factory.setClientId(" ");
        factory.setClientSecret("");
        factory.setMailbox(null);
        assertThat(told())
                .contains("<here/> has 4 problems")
                .contains("tenantId is missing: set it to the \"Directory (tenant) ID\"")
                .contains("clientId is missing: set it to the \"Application (client) ID\"")
                .contains("clientSecret is missing")
                .contains("mailbox is missing")
                .contains("here or at the resource adapter");
    }

    @ParameterizedTest
    @CsvSource({"smtp, 587, imap, 143", "smtps, 465, imaps, 993", "smtp, 587, pop3, 110", "smtps, 465, pop3s, 995"})
    void everyProtocolHasItsPort(String transport, int smtpPort, String store, int storePort) {
        factory.setTransport(transport);
        factory.setStore(store);

        MailAccount account = account();
        assertThat(account.out().server()).isEqualTo(new MailServer(transport, "smtp.office365.com", smtpPort));
        assertThat(account.in().server()).isEqualTo(new MailServer(store, "outlook.office365.com", storePort));
    }

    private MailConfiguration configuration() {
        return new ConfigurationReader(new PropertyReader(new StanzaProperties(factory, adapter), problems))
                .configuration()
                .orElseThrow();
    }

    @Test
    void withoutFurtherWordsTheLimitsAreThoseOfExchange() {
        assertThat(configuration().limits())
                .isEqualTo(QuotaLimits.ofConnections(3, 0, 0, Duration.ofSeconds(30))
                        .andRequests(4, 0));
        assertThat(configuration().senders()).isEqualTo(new SenderPolicy(false, "noreply@contoso.com", List.of()));
        assertThat(configuration().transactional()).isFalse();
    }

    @Test
    void limitsSendersAndTransactionsAreRead() {
        adapter.setMaxConnectionsPerMailbox(2);
        factory.setMaxMessagesPerMinute(30);
        factory.setMaxMessagesPerConnection(100);
        factory.setMaxWaitMillis(0);
        factory.setMaxGraphRequestsPerMailbox(3);
        factory.setMaxGraphRequests(12);
        factory.setSenderPolicy("sender");
        factory.setAllowedMailboxes("Orders@contoso.com, @fabrikam.com;x@y");
        factory.setTransaction("local");

        assertThat(configuration().limits())
                .isEqualTo(QuotaLimits.ofConnections(2, 30, 100, Duration.ZERO).andRequests(3, 12));
        assertThat(configuration().senders())
                .isEqualTo(new SenderPolicy(
                        true, "noreply@contoso.com", List.of("orders@contoso.com", "@fabrikam.com", "x@y")));
        assertThat(configuration().transactional()).isTrue();
    }

    @Test
    void senderNeedsToKnowAsWhom() {
        factory.setSenderPolicy("sender");
        assertThat(told()).contains("allowedMailboxes is missing: senderPolicy=\"sender\" needs to know");
    }

    @Test
    void badLimitsAndSendersAreToldTogether() {
        factory.setMaxConnectionsPerMailbox(-1);
        factory.setMaxMessagesPerMinute(-1);
        factory.setMaxMessagesPerConnection(-1);
        factory.setMaxWaitMillis(-1);
        factory.setSenderPolicy("anybody");
        factory.setAllowedMailboxes("contoso.com");
        factory.setTransaction("xa");
        assertThat(told())
                .contains("7 problems")
                .contains("maxConnectionsPerMailbox is -1: it must be 0 or more")
                .contains("senderPolicy is \"anybody\": this version knows fixed, sender")
                .contains("allowedMailboxes has \"contoso.com\": each part must be an address or @domain")
                .contains("transaction is \"xa\": this version knows none, local");
    }

    @Test
    void onePropertyTakesAnAccountToGraphWhateverItsServersWere() {
        factory.setSmtpHost("smtp.office365.com");
        factory.setStorePort(993);
        factory.setTransport("graph");
        factory.setStore("graph");

        MailAccount account = read().orElseThrow();

        assertThat(account.out().server()).isEqualTo(new MailServer("graph", "graph.microsoft.com", 443));
        assertThat(account.in()).isEqualTo(account.out());
        assertThat(scope(account.out())).isEqualTo("https://graph.microsoft.com/.default");
        assertThat(account.mailProperties())
                .containsEntry("mail.graph.send", "auto")
                .containsEntry("mail.graph.savetosentitems", "true");
    }

    @Test
    void eachEndHasATokenOfItsOwn() {
        factory.setTransport("graph");
        factory.setCloud("us-gov-high");

        MailAccount account = read().orElseThrow();

        assertThat(account.out().server()).isEqualTo(new MailServer("graph", "graph.microsoft.us", 443));
        assertThat(scope(account.out())).isEqualTo("https://graph.microsoft.us/.default");
        assertThat(account.in().server()).isEqualTo(new MailServer("imaps", "outlook.office365.us", 993));
        assertThat(scope(account.in())).isEqualTo("https://outlook.office365.us/.default");
    }

    @Test
    void theDepartmentOfDefenseNeedsNoHostsOverGraph() {
        factory.setCloud("us-dod");
        factory.setTransport("graph");
        factory.setStore("graph");

        assertThat(read().orElseThrow().in().server().host()).isEqualTo("dod-graph.microsoft.us");
    }

    private static String scope(Endpoint end) {
        return ((Authentication.Token) end.authentication()).request().scope();
    }

    @Test
    void whatGraphCannotDoIsToldTogether() {
        factory.setTransport("graph");
        factory.setScope("https://graph.microsoft.com/.default");
        factory.setGraphEndpoint("https://graph.microsoft.com/v1.0");
        factory.setGraphSend("draft");
        factory.setSaveToSentItems("false");

        assertThat(told())
                .contains("3 problems")
                .contains("graphEndpoint is \"https://graph.microsoft.com/v1.0\": it must be https://host")
                .contains("scope is set, and transport and store need tokens of two services: remove it")
                .contains("saveToSentItems is \"false\", and graphSend=\"draft\" always keeps a copy");
    }

    @Test
    void aManagedIdentityOpensBothServices() {
        factory.setGrant("managed-identity");
        factory.setClientSecret(null);
        factory.setTransport("graph");

        MailAccount account = read().orElseThrow();

        assertThat(scope(account.out())).isEqualTo("https://graph.microsoft.com/.default");
        assertThat(scope(account.in())).isEqualTo("https://outlook.office365.com/.default");
    }

    @Test
    void whatMailPropertiesSayOfGraphIsChecked() {
        factory.setTransport("graph");
        factory.setMailProperties("mail.graph.user=a/../b c; mail.graph.pagesize=5000; mail.graph.maxmimesize=0;"
                + " mail.graph.send=draft");

        assertThat(told())
                .contains("4 problems")
                .contains("mailProperties has mail.graph.user=a/../b c: it must be the object id")
                .contains("mailProperties has mail.graph.pagesize=5000: it must be a number from 1 to 1000")
                .contains("mailProperties has mail.graph.maxmimesize=0")
                .contains("mailProperties has mail.graph.send, which is the adapter's own to set");
    }

    @Test
    void graphIsMicrosofts() {
        factory.setProvider("google");
        factory.setStore("graph");

        assertThat(told()).contains("store is \"graph\", which is Microsoft's: it needs provider=\"microsoft\"");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        factory.setTenantId("not a tenant");
        factory.setClientId("an-application");
        factory.setMailbox("Somebody <somebody@contoso.com>");
        factory.setCloud("moon");
        factory.setGrant("implicit");
        factory.setTransport("ews");
        factory.setStore("mapi");
        factory.setSmtpHost("smtp://smtp.office365.com");
        factory.setStoreHost("outlook office365 com");
        factory.setSmtpPort(0);
        factory.setStorePort(65_536);
        factory.setConnectTimeoutMillis(0);
        factory.setReadTimeoutMillis(-1);
        factory.setWriteTimeoutMillis(0);
        factory.setAuthority("http://login.microsoftonline.com");
        factory.setMailProperties("smtp.localhost=x; mail.debug; mail.imaps.ssl.trust=*; mail.a=1; mail.a=2");
        assertThat(told())
                .contains("19 problems")
                .contains("tenantId is \"not a tenant\": it must be a GUID or a domain")
                .contains("clientId is \"an-application\": it must be a GUID")
                .contains("mailbox is \"Somebody <somebody@contoso.com>\": it must be one address")
                .contains("cloud is \"moon\": this version knows global, us-gov-high, us-dod, china")
                .contains("grant is \"implicit\": this version knows client_credentials, delegated,"
                        + " federated, managed-identity, password")
                .contains("transport is \"ews\": this version knows smtp, smtps, graph")
                .contains("store is \"mapi\": this version knows imaps, imap, pop3s, pop3, graph")
                .contains("smtpHost is \"smtp://smtp.office365.com\": it must be a host name")
                .contains("storeHost is \"outlook office365 com\"")
                .contains("smtpPort is 0: it must be between 1 and 65535")
                .contains("storePort is 65536")
                .contains("connectTimeoutMillis is 0: it must be at least 1 millisecond")
                .contains("readTimeoutMillis is -1")
                .contains("writeTimeoutMillis is 0")
                .contains("authority is \"http://login.microsoftonline.com\": it must be https://host")
                .contains("mailProperties has \"smtp.localhost=x\": each part must be mail.key=value")
                .contains("mailProperties has \"mail.debug\": each part")
                .contains("mailProperties has mail.imaps.ssl.trust, which is the adapter's own to set")
                .contains("mailProperties has mail.a twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login.microsoftonline.com",
                "https://",
                "https://host/tenant",
                "https://user@host",
                "https://host?x=y",
                "https://host#x",
                "https://ho st"
            })
    void anAuthorityIsHttpsAndAHostAndNothingMore(String authority) {
        factory.setAuthority(authority);
        assertThat(told()).contains("one problem").contains("authority is \"" + authority + "\"");
    }

    @Test
    void aVariableThatTheServerDoesNotKnowIsNamedWithTheWayToDefineIt() {
        factory.setMailbox("${mail.address}");
        factory.setSmtpHost("smtp.${domain}");
        assertThat(told())
                .contains("2 problems")
                .contains("mailbox holds ${mail.address}, a variable that is not defined")
                .contains("define it where the server looks for variables")
                .contains("smtpHost holds ${domain}");
    }

    /** On Open Liberty the factory has a copy of what the adapter sets. */
    @Test
    void aValueThatStandsAtTheAdapterIsToldToStandThere() {
        adapter.setReadTimeoutMillis(-1);
        factory.setReadTimeoutMillis(-1);
        adapter.setSmtpPort(25);
        factory.setSmtpPort(99999);
        assertThat(told())
                .contains("readTimeoutMillis of the resource adapter is -1")
                .contains("smtpPort is 99999")
                .doesNotContain("smtpPort of");
    }

    @Test
    void aSecretIsNeverTold() {
        factory.setClientSecret("{aes}AEfuSecretSecret");
        factory.setClientId("wrong");
        String told = told();
        assertThat(told)
                .contains("clientSecret is encoded, and this server has nothing to decode it")
                .doesNotContain("AEfu");
        assertThat(account(SECRET).toString()).doesNotContain(SECRET);
        assertThat(factory.toString() + adapter).doesNotContain(SECRET).doesNotContain("AEfu");
    }

    private MailAccount account(String secret) {
        factory.setClientSecret(secret);
        factory.setClientId(CLIENT);
        return new ConfigurationReader(new PropertyReader(new StanzaProperties(factory, adapter), new Problems("x")))
                .configuration()
                .orElseThrow()
                .account();
    }

    @Test
    void theTokenCacheIsLocalUnlessAFileIsNamed(@TempDir Path folder) throws Exception {
        assertThat(tokenCache()).isEqualTo(CacheConfiguration.local());
        Path file = Files.createFile(folder.resolve("hazelcast.xml"));
        adapter.setTokenCacheConfig(file.toString());
        adapter.setTokenCacheName("ours");
        adapter.setTokenCacheKey("passphrase");
        assertThat(tokenCache())
                .isEqualTo(new CacheConfiguration(
                        Optional.empty(),
                        Optional.of(file),
                        "ours",
                        Optional.empty(),
                        Optional.of(Secret.of("passphrase")),
                        Optional.empty()));
        assertThat(problems.none()).isTrue();
    }

    @Test
    void aTokenCacheFileThatIsNotThereIsToldWithItsFullPathAndItsStanza(@TempDir Path folder) {
        Path missing = folder.resolve("hazelcast.xml");
        adapter.setTokenCacheConfig(missing.toString());
        adapter.setTokenCacheName("${cache}");
        adapter.setTokenCacheKey("{xor}KeyKeyKey");
        tokenCache();
        assertThat(problems.diagnosis().summary())
                .contains("3 problems")
                .contains("tokenCacheConfig of the resource adapter names " + missing + ": there is no such file")
                .contains("tokenCacheName of the resource adapter holds ${cache}")
                .contains("tokenCacheKey of the resource adapter is encoded")
                .doesNotContain("KeyKeyKey");
    }

    @Test
    void theTokenEndpointIsReachedAsTheMailServersAre(@TempDir Path folder) throws Exception {
        adapter.setConnectTimeoutMillis(7);
        factory.setProxyHost("proxy.contoso.com");
        factory.setProxyPort(3128);
        Path trust = Files.createFile(folder.resolve("trust.p12"));
        factory.setTrustStore(trust.toString());
        factory.setTrustStorePassword("changeit");
        MailAccount account = account();
        assertThat(request(account).http().connect()).isEqualTo(Duration.ofMillis(7));
        assertThat(request(account).http().read()).isEqualTo(Duration.ofSeconds(60));
        assertThat(request(account).http().proxy()).isEqualTo(account.route().proxy());
        assertThat(account.route().proxy().address())
                .isEqualTo(InetSocketAddress.createUnresolved("proxy.contoso.com", 3128));
        assertThat(request(account).http().trust())
                .isEqualTo(account.route().trust())
                .contains(new TrustStoreFile(trust, Optional.of(Secret.of("changeit"))));
    }

    @Test
    void aTrustStoreThatIsNotThereIsTold() {
        factory.setTrustStore("/no/such/trust.p12");
        factory.setProxyPort(0);
        assertThat(told()).contains("trustStore names /no/such/trust.p12", "proxyPort is 0");
    }

    @Test
    void oneCacheAndOneStore(@TempDir Path folder) throws Exception {
        adapter.setTokenCacheConfig(
                Files.createFile(folder.resolve("hazelcast.xml")).toString());
        adapter.setTokenCacheJndiName("services/cache/tokens");
        adapter.setTokenCacheKeyPrevious("old");
        adapter.setTokenStoreFile(folder.resolve("tokens").toString());
        adapter.setTokenStoreDataSource("jdbc/tokens");
        tokenCache();
        assertThat(problems.diagnosis().summary())
                .contains("4 problems")
                .contains("tokenCacheJndiName of the resource adapter is set beside")
                .contains("tokenCacheKeyPrevious of the resource adapter is set without tokenCacheKey")
                .contains("tokenStoreFile of the resource adapter and tokenStoreDataSource are both set")
                .contains("tokenCacheKey of the resource adapter is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app1.contoso.com", "[10.0.0.7]", "[IPv6:2001:db8::7]"})
    void theNameInEhloReachesTheTransportWhoseItIs(String name) {
        factory.setSmtpHelloName(name);
        factory.setTransport("smtps");
        assertThat(account().mailProperties()).containsEntry("mail.smtps.localhost", name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"my_app_1", "app1.contoso.com.", "m\u00fcller-pc.contoso.com", "10.0.0.7", "[300.0.0.7]", "a b"})
    void aNameThatNoServerTakesInEhloIsRefusedWhereverItIsSet(String name) {
        factory.setSmtpHelloName(name);
        assertThat(told()).contains("smtpHelloName is \"" + name + "\": it must be a full name such as");
        factory.setSmtpHelloName(null);
        factory.setMailProperties("mail.smtp.localhost=" + name);
        assertThat(told()).contains("mailProperties has mail.smtp.localhost=" + name + ": it must be a full name");
    }

    @Test
    void twoNamesInEhloContradictEachOtherAndOneThatIsSetAsBeforeStays() {
        factory.setMailProperties("mail.smtp.localhost=old.contoso.com; mail.smtp.localaddress=10.0.0.7");
        assertThat(account().mailProperties()).containsEntry("mail.smtp.localhost", "old.contoso.com");
        factory.setSmtpHelloName("new.contoso.com");
        factory.setMailProperties("mail.smtp.localhost=old.contoso.com; mail.smtp.localaddress=not here");
        assertThat(told())
                .contains("smtpHelloName is \"new.contoso.com\", and mailProperties has another mail.smtp.localhost")
                .contains("mailProperties has mail.smtp.localaddress=not here: it must be an address");
    }
}
