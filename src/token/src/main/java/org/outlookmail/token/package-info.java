/**
 * Access tokens, in the order in which a request for one passes:
 *
 * <ol>
 *   <li>{@link org.outlookmail.token.TokenRequest}: which token
 *   <li>{@link org.outlookmail.token.TokenSource}: the whole way; its near cache answers almost always
 *   <li>{@code SingleFlight}: one thread of this JVM goes on, the others wait for its result
 *   <li>{@code ClusterTokenCache}: the entries all nodes share, sealed by {@code TokenCipher}
 *   <li>{@code ClusterLease}: one node of the cluster goes on
 *   <li>{@link org.outlookmail.token.Grant}: asks the identity provider; {@link org.outlookmail.token.ClientSecretGrant}
 *       through MSAL4J, whose requests leave by {@code TokenEndpointClient}
 *   <li>{@link org.outlookmail.token.AccessToken}, or a {@link org.outlookmail.token.TokenException} that
 *       {@code TokenFailure} wrote
 * </ol>
 *
 * {@link org.outlookmail.token.TokenService} owns the cache, whose {@code TokenCacheBackend} is an {@code EmbeddedCache}
 * or a {@code HazelcastCache}. {@link org.outlookmail.token.SecretDecoder} reads {@code {aes}} and {@code {xor}} values.
 */
package org.outlookmail.token;
