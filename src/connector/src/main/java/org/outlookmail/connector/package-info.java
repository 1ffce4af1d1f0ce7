/**
 * The Jakarta Connectors SPI, in packages that see only what stands before them here:
 *
 * <ol>
 *   <li>{@code config}: the beans' properties, checked
 *   <li>{@code transaction}: messages that wait for a commit
 *   <li>{@code handle}: what applications hold, over a {@code Pool} and its {@code Pooled} connections
 *   <li>{@code session}: the plain {@code jakarta.mail.Session} over the same handles
 *   <li>{@code pool}: what the server's pool keeps, creates and matches
 *   <li>{@code adapter}: what all pools share, from start to stop
 * </ol>
 *
 * A message out passes {@code handle} (or {@code session}, then {@code handle}) and {@code pool}, and leaves by {@link
 * org.outlookmail.mail.MailConnection}.
 */
package org.outlookmail.connector;
