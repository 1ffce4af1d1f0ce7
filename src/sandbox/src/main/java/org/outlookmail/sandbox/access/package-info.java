/**
 * Who may open which mailbox: {@code XOAuth2} (what the client sent), {@code Gatekeeper} (token, then right on the mailbox),
 * {@code Login} or {@code LoginRefusedException}, {@code ConnectionSlots} (how many at a time).
 */
package org.outlookmail.sandbox.access;
