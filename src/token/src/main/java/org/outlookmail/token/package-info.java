/**
 * Access tokens, in the order in which a request for one passes:
 *
 * <ol>
 *   <li>{@link org.outlookmail.token.TokenRequest}: which token, with which {@link org.outlookmail.token.Credential} and
 *       {@link org.outlookmail.token.ClientAuthentication}; those in files ({@link org.outlookmail.token.KeyStoreFile} by
 *       {@code KeyStoreKey} and {@code PemKey}, {@link org.outlookmail.token.ServiceAccountFile}, {@link
 *       org.outlookmail.token.FederatedTokenFile}) follow their {@code
 *       WatchedFile}
 *   <li>{@link org.outlookmail.token.TokenSource}: the whole way; its {@code NearCache} answers almost always
 *   <li>{@code SingleFlight}: one thread of this JVM goes on, the others wait for its result
 *   <li>{@code TokenFetch}: the shared token or a new one
 *   <li>{@code Refusals}: each {@code Refusal} says why there was none a moment ago; {@code Replacements}: each
 *       {@code Replacement} says when a refused token was replaced, and so when the next may be
 *   <li>{@link org.outlookmail.token.TokenService}: opens the cache
 *   <li>{@code ClusterTokenCache}: tokens and refusals as the cluster's sealed entries; a lease lets one node go on
 *   <li>{@link org.outlookmail.token.Grant}: asks the identity provider; see the package {@code grant}
 *   <li>{@link org.outlookmail.token.RefreshTokens}: those of users who have signed in, durable in a {@link
 *       org.outlookmail.cluster.durable.DurableStore}
 *   <li>{@link org.outlookmail.token.AccessToken} with its {@link org.outlookmail.token.TokenClaims}, or a {@link
 *       org.outlookmail.token.TokenException}
 * </ol>
 */
package org.outlookmail.token;
