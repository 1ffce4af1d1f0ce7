/**
 * How a token is obtained from an identity provider, in the order in which a request passes:
 *
 * <ol>
 *   <li>{@link org.outlookmail.token.grant.Grants}: the credential decides which grant
 *   <li>{@code RotatingSecret}: two client secrets that overlap
 *   <li>{@code MicrosoftGrant}: through MSAL4J, which works on the caller's thread by {@code CallerRunsExecutor} and
 *       reaches the network by {@code MsalHttpClient}; {@code OAuthGrant}: any RFC 6749 provider, through Nimbus by {@code
 *       NimbusHttpClient}, with a {@code ClientProof} of who asks; {@code GoogleGrant}: a service account, through
 *       Google's library by {@code GoogleHttpTransport}; {@code ManagedIdentityGrant}: the identity of the machine, asked
 *       for directly
 *   <li>{@code TokenEndpointClient}: the one way to the network, within the {@link org.outlookmail.token.HttpSettings};
 *       over the addresses of a host by an {@link org.outlookmail.net.Dialer} and {@code AddressedSockets}
 *   <li>{@code TokenAnswer}: what an answer says, read strictly; {@code ReceivedToken}, or a {@link org.outlookmail.token.TokenException} that {@code TokenFailure} wrote with the
 *       table of {@code EntraErrors}
 * </ol>
 *
 * <p>{@link org.outlookmail.token.grant.DeviceSignIn} is how a user signs in, once, for the grant delegated.
 */
package org.outlookmail.token.grant;
