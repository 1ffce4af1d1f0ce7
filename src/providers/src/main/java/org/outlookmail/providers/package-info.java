/**
 * Providers of Jakarta Mail for any {@code Session}, such as Open Liberty's {@code <mailSession>}: without the resource
 * adapter and its pool, configured by the session's own properties, which are those of the Kalisto providers
 * ({@code o365.*}, {@code websphere.cache}, {@code mail.*}). In the order in which a connect passes:
 *
 * <ol>
 *   <li>{@link org.outlookmail.providers.SmtpTransport}, {@link org.outlookmail.providers.SmtpsTransport}, {@link
 *       org.outlookmail.providers.ImapStore}, {@link org.outlookmail.providers.ImapsStore}, {@link
 *       org.outlookmail.providers.Pop3Store}, {@link org.outlookmail.providers.Pop3sStore}: the classes that a
 *       configuration names; each is a {@code ProviderTransport} or a {@code ProviderStore} of its {@code Protocol}. The files
 *       {@code META-INF/javamail.providers} and {@code META-INF/jakarta.providers} make them known by class name, under
 *       protocol names of their own, so that no other session's {@code smtp} becomes ours
 *   <li>{@code ProviderLogin}: the connection of its own that each of them has
 *   <li>{@code Target}: what {@code connect} was given
 *   <li>{@code SessionReader}: the properties, one at a time by {@code PropertyReader}, who asks by {@code
 *       IdentityReader}, those that this module decides by {@code ReservedProperties}; what is wrong, by {@code Problems}
 *   <li>{@code SessionConfiguration}: the result
 *   <li>{@code SharedTokens}: one token cache for all sessions that name the same
 * </ol>
 */
package org.outlookmail.providers;
