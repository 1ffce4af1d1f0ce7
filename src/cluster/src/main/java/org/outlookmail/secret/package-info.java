/**
 * Values that must not be seen: {@link org.outlookmail.secret.SecretDecoder} reads {@code {aes}} and {@code {xor}} values of
 * the configuration into a {@link org.outlookmail.secret.Secret}, which keeps them under the {@code Veil}.
 */
package org.outlookmail.secret;
