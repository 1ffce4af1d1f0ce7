/**
 * From the properties that the server sets to an immutable configuration.
 *
 * <ol>
 *   <li>{@code PropertyBean} keeps what is set; {@link org.outlookmail.connector.config.IdentityProperties}, {@link
 *       org.outlookmail.connector.config.MailboxProperties} and {@link org.outlookmail.connector.config.MailProperties} are the
 *       setters
 *   <li>{@code StanzaProperties}: a factory's own values, and behind them the adapter's
 *   <li>{@code ConfigurationReader}, with {@code MailPropertiesReader}, reads them by the readers of the modules below
 *   <li>{@code MailConfiguration}, with its {@code SenderPolicy} and {@code StartCheck}
 * </ol>
 */
package org.outlookmail.connector.config;
