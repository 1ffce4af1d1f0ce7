/**
 * Configuration, once: {@link org.outlookmail.configuration.Property} says what there is, a {@link
 * org.outlookmail.configuration.PropertySource} where the values come from and what its users call them, a {@link
 * org.outlookmail.configuration.PropertyReader} checks one at a time, and {@link org.outlookmail.configuration.Problems}
 * collects what is wrong, so that it is told all at once. What belongs together is read by those who need it: tokens and
 * the cluster's cache in {@code token.configuration}, a mailbox in {@code mail.configuration}.
 */
package org.outlookmail.configuration;
