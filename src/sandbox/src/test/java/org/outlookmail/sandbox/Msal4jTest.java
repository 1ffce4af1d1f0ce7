package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.InteractiveRequestParameters;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import com.microsoft.aad.msal4j.SystemBrowserOptions;
import com.microsoft.aad.msal4j.UserNamePasswordParameters;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Microsoft's own client for Java, as a public client: it gets an account from the box and renews silently. */
@Tag("unit")
class Msal4jTest {
    private static final String USER = "orders@contoso.com";
    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final Set<String> SCOPES =
            Set.of("https://outlook.office.com/SMTP.Send", "https://outlook.office.com/IMAP.AccessAsUser.All");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Sandbox box;

    @BeforeAll
    static void start() {
        box = Sandbox.builder().randomPorts().tenantId(TENANT).user(USER, "pw").start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @BeforeEach
    void reset() {
        box.reset();
    }

    private static PublicClientApplication application(Sandbox of, String tenant) throws Exception {
        return PublicClientApplication.builder(of.clientId())
                .authority("https://login.microsoftonline.com/" + tenant + "/")
                .instanceDiscovery(false)
                .httpClient(new RedirectingHttpClient(of))
                .build();
    }

    private static <T> T done(CompletableFuture<T> answer) throws Exception {
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static IAuthenticationResult byDeviceCode(Sandbox at, PublicClientApplication application)
            throws Exception {
        return done(application.acquireToken(DeviceCodeFlowParameters.builder(
                        SCOPES, code -> at.entra().signIn(code.userCode(), USER))
                .build()));
    }

    private static IAuthenticationResult silently(PublicClientApplication application, IAccount account, boolean force)
            throws Exception {
        return done(application.acquireTokenSilently(
                SilentParameters.builder(SCOPES, account).forceRefresh(force).build()));
    }

    private static JWTClaimsSet claims(String token) throws Exception {
        return SignedJWT.parse(token).getJWTClaimsSet();
    }

    private static void assertAccountOfTheUser(IAuthenticationResult result) throws Exception {
        JWTClaimsSet access = claims(result.accessToken());
        assertThat(access.getStringClaim("upn")).isEqualTo(USER);
        assertThat(access.getStringClaim("scp")).isEqualTo("IMAP.AccessAsUser.All SMTP.Send");
        assertThat(result.account().username()).isEqualTo(USER);
        assertThat(result.account().homeAccountId()).isEqualTo(access.getStringClaim("oid") + "." + TENANT);
        assertThat(claims(result.idToken()).getStringClaim("oid")).isEqualTo(access.getStringClaim("oid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {TENANT, "common", "organizations"})
    void aUserWhoEnteredTheDeviceCodeIsKnownAndRenewedSilently(String tenant) throws Exception {
        PublicClientApplication application = application(box, tenant);

        IAuthenticationResult first = byDeviceCode(box, application);
        assertAccountOfTheUser(first);
        assertThat(box.state().entra().grant("device_code").issued()).isEqualTo(1);
        long requests = box.state().entra().tokenRequests();

        IAccount account = done(application.getAccounts()).iterator().next();
        assertThat(silently(application, account, false).accessToken()).isEqualTo(first.accessToken());
        assertThat(box.state().entra().tokenRequests()).isEqualTo(requests);

        IAuthenticationResult renewed = silently(application, account, true);
        assertAccountOfTheUser(renewed);
        assertThat(renewed.accessToken()).isNotEqualTo(first.accessToken());
        assertThat(box.state().entra().tokenRequests()).isEqualTo(requests + 1);
        assertThat(box.state().entra().grant("refresh_token")).isEqualTo(new SandboxState.Grant(1, 0));
        assertThat(done(application.getAccounts())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {TENANT, "common"})
    void anAccessTokenThatIsAboutToEndIsRenewedWithoutBeingForced(String tenant) throws Exception {
        try (Sandbox hasty = Sandbox.builder()
                .randomPorts()
                .tenantId(TENANT)
                .user(USER, "pw")
                .tokenLifetime(Duration.ofSeconds(30))
                .start()) {
            PublicClientApplication application = application(hasty, tenant);
            IAuthenticationResult first = byDeviceCode(hasty, application);

            IAuthenticationResult second = silently(application, first.account(), false);
            IAuthenticationResult third = silently(application, second.account(), false);

            assertAccountOfTheUser(third);
            assertThat(Set.of(first.accessToken(), second.accessToken(), third.accessToken()))
                    .hasSize(3);
            assertThat(hasty.state().entra().grant("refresh_token")).isEqualTo(new SandboxState.Grant(2, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TENANT, "organizations"})
    void aPasswordBringsAnAccountThatIsRenewedSilently(String tenant) throws Exception {
        PublicClientApplication application = application(box, tenant);

        IAuthenticationResult first = byPassword(application);
        assertAccountOfTheUser(first);

        assertAccountOfTheUser(silently(application, first.account(), true));
        assertThat(box.state().entra().tokenRequests()).isEqualTo(2);
        assertThat(box.state().entra().grant("password")).isEqualTo(new SandboxState.Grant(1, 0));
        assertThat(box.state().entra().grant("refresh_token")).isEqualTo(new SandboxState.Grant(1, 0));
    }

    /** Microsoft advises against passwords, and yet programs have them. */
    @SuppressWarnings("deprecation")
    private static IAuthenticationResult byPassword(PublicClientApplication application) throws Exception {
        return done(application.acquireToken(UserNamePasswordParameters.builder(SCOPES, USER, "pw".toCharArray())
                .build()));
    }

    @Test
    void aPasswordAtCommonIsRefusedAsEntraRefusesIt() throws Exception {
        PublicClientApplication application = application(box, "common");

        assertThatThrownBy(() -> byPassword(application))
                .cause()
                .isInstanceOf(MsalServiceException.class)
                .hasMessageContaining("AADSTS9001023");
    }

    @ParameterizedTest
    @ValueSource(strings = {TENANT, "common"})
    void aUserAtTheBrowserComesBackWithACode(String tenant) throws Exception {
        PublicClientApplication application = application(box, tenant);
        Browser browser = new Browser(box);
        InteractiveRequestParameters parameters = InteractiveRequestParameters.builder(new URI("http://localhost"))
                .scopes(SCOPES)
                .systemBrowserOptions(SystemBrowserOptions.builder()
                        .openBrowserAction(page -> browser.signIn(atTheBox(page.getFile()), USER, "pw"))
                        .build())
                .build();

        IAuthenticationResult result = done(application.acquireToken(parameters));

        assertAccountOfTheUser(result);
        assertThat(box.state().entra().grant("authorization_code")).isEqualTo(new SandboxState.Grant(1, 0));
        assertAccountOfTheUser(silently(application, result.account(), true));
    }

    private static URI atTheBox(String path) {
        try {
            return box.entraUrl().resolve(new URI(path));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("MSAL4J asks for a page that has no address", e);
        }
    }

    @Test
    void aRefreshTokenThatEndedNeedsTheUserAgain() throws Exception {
        PublicClientApplication application = application(box, TENANT);
        IAuthenticationResult first = byDeviceCode(box, application);
        box.entra().revokeRefreshTokens();

        assertThatThrownBy(() -> silently(application, first.account(), true))
                .cause()
                .isInstanceOf(MsalServiceException.class)
                .hasMessageContaining("AADSTS50173");
    }
}
