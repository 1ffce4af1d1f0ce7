/**
 * Entra, and two providers beside it. A request passes through {@code EntraServer} (paths). One for a token goes on to
 * {@code TokenEndpoint} (faults, counting, tenant), {@code TokenRequest} (parameters) and a {@code Grant}:
 * {@code ClientCredentialsGrant}, {@code PasswordGrant}, {@code RefreshTokenGrant} with the {@code RefreshTokenBook},
 * {@code DeviceCodeGrant} with the {@code DeviceCodes} that {@code DeviceEndpoint} hands out, {@code AuthorizationCodeGrant}
 * with the {@code AuthorizationCodes}, or {@code GoogleGrant} with its {@code ServiceAccount}. {@code ClientProof} decides
 * whether the client is who it says, with {@code FederatedCredentials} for tokens of others such as the {@code
 * ClusterIssuer}, {@code Directory} knows tenant, clients and permissions, {@code Users} the users,
 * {@code UserScope} what is asked for; {@code UserTokens}, {@code IdTokens} and {@code TokenIssuer} make the JWTs.
 *
 * <p>A browser comes to {@code DeviceEndpoint} or, with an {@code AuthorizeRequest}, to {@code AuthorizeEndpoint}, sees a
 * {@code SignInPage} and is sent back to a {@code ReturnAddress}. {@code DiscoveryDocument}, {@code KeyDocument} and
 * {@code UserRealm} are documents to read.
 *
 * <p>{@code EntraRefusedException} carries an {@code EntraError} back, one of its own or of {@code SignInErrors}. Later the
 * mail protocols ask {@code TokenCheck}. {@code Entra} holds it all, {@code EntraAdmin} changes it, {@code TokenCounters}
 * count.
 */
package org.outlookmail.sandbox.entra;
