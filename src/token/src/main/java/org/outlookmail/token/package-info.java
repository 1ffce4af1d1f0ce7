/**
 * Access tokens, in the order in which a request for one passes:
 *
 * <ol>
 *   <li>{@link org.outlookmail.token.SecretDecoder}: reads {@code {aes}} and {@code {xor}} values of the configuration
 *       into a {@link org.outlookmail.token.Secret}
 *   <li>{@link org.outlookmail.token.TokenRequest}: which token
 *   <li>{@link org.outlookmail.token.TokenSource}: the whole way; its near cache answers almost always
 *   <li>{@code SingleFlight}: one thread of this JVM goes on, the others wait for its result
 *   <li>{@code Refusals}: why there was none a moment ago
 *   <li>{@link org.outlookmail.token.TokenService}: opens the cache, a {@code TokenCacheBackend} as its {@link
 *       org.outlookmail.token.TokenCacheConfiguration} says: {@code EmbeddedCache} or {@code HazelcastCache}
 *   <li>{@code ClusterTokenCache}: the entries all nodes share, sealed by {@code TokenCipher}
 *   <li>{@code ClusterLease}: one node of the cluster goes on
 *   <li>{@link org.outlookmail.token.Grant}: asks the identity provider; {@link org.outlookmail.token.ClientSecretGrant}
 *       through MSAL4J, which works on the caller's thread by {@code CallerRunsExecutor}
 *   <li>{@code TokenEndpointClient}: takes its requests to the network, within the {@link
 *       org.outlookmail.token.HttpTimeouts}
 *   <li>{@link org.outlookmail.token.AccessToken} with its {@link org.outlookmail.token.TokenClaims}, or a {@link
 *       org.outlookmail.token.TokenException} that {@code TokenFailure} wrote
 * </ol>
 */
package org.outlookmail.token;
