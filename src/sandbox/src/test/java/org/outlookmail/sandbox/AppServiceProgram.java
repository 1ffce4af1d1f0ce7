package org.outlookmail.sandbox;

import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import com.nimbusds.jwt.SignedJWT;

/**
 * A program as it runs in App Service: MSAL4J finds its endpoint in the environment, which is why it is a process of its own.
 * Prints which application the token is of.
 */
final class AppServiceProgram {
    private AppServiceProgram() {}

    public static void main(String[] resources) throws Exception {
        String token = ManagedIdentityApplication.builder(ManagedIdentityId.systemAssigned())
                .disableInternalRetries()
                .build()
                .acquireTokenForManagedIdentity(
                        ManagedIdentityParameters.builder(resources[0]).build())
                .get()
                .accessToken();
        System.out.println(SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("appid"));
    }
}
