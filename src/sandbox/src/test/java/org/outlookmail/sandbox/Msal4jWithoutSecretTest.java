package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's own client for Java agrees with the box where there is no secret: a federated token, a managed identity. */
@Tag("unit")
class Msal4jWithoutSecretTest {
    private static final String SUBJECT = "system:serviceaccount:shop:mailer";
    private static final String EXCHANGE = "https://outlook.office365.com";

    private static Sandbox box;

    @BeforeAll
    static void start() {
        box = Sandbox.builder().randomPorts().federate(SUBJECT).start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @BeforeEach
    void reset() {
        box.reset();
    }

    private static <T> T done(CompletableFuture<T> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    private static String application(IAuthenticationResult result) throws Exception {
        return SignedJWT.parse(result.accessToken()).getJWTClaimsSet().getStringClaim("appid");
    }

    private static IAuthenticationResult byAssertion(String assertion) throws Exception {
        return done(ConfidentialClientApplication.builder(
                        box.clientId(), ClientCredentialFactory.createFromClientAssertion(assertion))
                .authority("https://login.microsoftonline.com/" + box.tenantId() + "/")
                .instanceDiscovery(false)
                .httpClient(new RedirectingHttpClient(box))
                .build()
                .acquireToken(ClientCredentialParameters.builder(Set.of(EXCHANGE + "/.default"))
                        .build()));
    }

    @Test
    void aClustersTokenIsTakenAsItsAssertion() throws Exception {
        assertThat(application(byAssertion(box.entra().assertion(SUBJECT)))).isEqualTo(box.clientId());
    }

    @Test
    void anUnknownSubjectIsToldAsEntraTellsIt() {
        assertThatThrownBy(() -> byAssertion(box.entra().assertion("system:serviceaccount:shop:stranger")))
                .cause()
                .isInstanceOf(MsalServiceException.class)
                .hasMessageContaining("AADSTS700213");
    }

    private static IAuthenticationResult ofMachine(ManagedIdentityId identity) throws Exception {
        return done(ManagedIdentityApplication.builder(identity)
                .httpClient(RedirectingHttpClient.toMetadata(box))
                .disableInternalRetries()
                .build()
                .acquireTokenForManagedIdentity(ManagedIdentityParameters.builder(EXCHANGE)
                        .forceRefresh(true)
                        .build()));
    }

    @Test
    void theMachinesOwnIdentityAndOneThatIsNamed() throws Exception {
        assertThat(application(ofMachine(ManagedIdentityId.systemAssigned()))).isEqualTo(box.clientId());
        assertThat(application(ofMachine(ManagedIdentityId.userAssignedClientId(box.clientId()))))
                .isEqualTo(box.clientId());
        assertThat(box.state().metadata()).isEqualTo(new SandboxState.Metadata(2, 2, 0));
    }

    @Test
    void aProgramInAppServiceFindsItsEndpointInTheEnvironment(@TempDir Path folder) throws Exception {
        ForeignProgram program = new ForeignProgram(
                folder,
                Map.of(
                        "IDENTITY_ENDPOINT",
                        box.identityEndpoint().toString(),
                        "IDENTITY_HEADER",
                        box.identityHeader()));
        ForeignProgram.Ended ended = program.run(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "-cp",
                System.getProperty("java.class.path"),
                AppServiceProgram.class.getName(),
                EXCHANGE);

        assertThat(ended.output()).as(ended.errors()).isEqualToIgnoringNewLines(box.clientId());
        assertThat(box.state().metadata()).isEqualTo(new SandboxState.Metadata(1, 1, 0));
    }

    @Test
    void aMachineWithoutAnIdentityIsTold() {
        box.faults(new FaultPlan().noIdentity());

        assertThatThrownBy(() -> ofMachine(ManagedIdentityId.systemAssigned()))
                .cause()
                .isInstanceOf(MsalServiceException.class)
                .hasMessageContaining("Identity not found");
    }
}
