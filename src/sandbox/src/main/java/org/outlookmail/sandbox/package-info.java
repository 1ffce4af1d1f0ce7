/**
 * Microsoft 365 in a box. Start with {@link org.outlookmail.sandbox.Sandbox}.
 *
 * <p>In the order in which a start passes through them: {@code Main} and {@code CommandLine} (the runnable jar),
 * {@code SandboxBuilder}, {@code SandboxSettings}, {@code Sandbox}, {@code ControlAdapter}; then the values that a test sees:
 * {@code FaultPlan}, {@code SandboxState}, {@code StoredMessage}, {@code OutboundMessage}, {@code PortInUseException}.
 *
 * <p>The parts behind it: {@code tls} (the certificate authority), {@code entra} (tokens), {@code access} (who may open which
 * mailbox), {@code smtp} (submission), {@code delivery} (who gets it), {@code front} (IMAP and POP3), {@code graph}, {@code imap} (IMAP's commands), {@code mime} (a message
 * taken apart), {@code mailstore} (the one store), {@code faults} (what goes wrong on demand), {@code control} (the control
 * API), {@code metadata} (the identity of the machine), {@code wire} (sockets, threads, counters). Nothing in here comes from the product that it tests.
 */
package org.outlookmail.sandbox;
