/**
 * Who may open which mailbox: {@code XOAuth2} or {@code Credentials} (what the client sent), {@code Gatekeeper} (token, then
 * right on the mailbox; or one of the {@code Passwords}), {@code Login}, {@code LoginRefusedException} or
 * {@code BasicOffException}, {@code ConnectionSlots} (how many at a time).
 */
package org.outlookmail.sandbox.access;
