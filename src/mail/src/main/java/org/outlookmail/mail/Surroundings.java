package org.outlookmail.mail;

import java.time.Clock;
import org.outlookmail.management.ConnectorListener;
import org.outlookmail.token.TokenSource;

/**
 * What a way out or in needs beside its account.
 *
 * @param tokens where tokens come from
 * @param clock what time it is
 * @param quota what the mailbox may do there; it enters before it connects, and leaves when it has hung up
 * @param guest who enters
 * @param listener is told what happens
 */
public record Surroundings(
        TokenSource tokens, Clock clock, Quota quota, Quota.Guest guest, ConnectorListener listener) {}
