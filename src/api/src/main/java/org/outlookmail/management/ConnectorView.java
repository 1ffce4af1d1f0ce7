package org.outlookmail.management;

import java.util.List;

/**
 * What a connector is at this moment, on this server alone: asking goes over no network, changes nothing and waits for nobody
 * who works. What is counted while work goes on may be off by what happens in between.
 *
 * <p>Thread rule: free for any thread.
 */
public interface ConnectorView {

    /** Each mailbox that has been used and whose connections are not all gone, by address; empty if the connector does not run. */
    List<MailboxSnapshot> mailboxes();

    /** The access tokens at hand; empty if the connector does not run. */
    List<TokenSnapshot> tokensAtHand();

    /** What the servers of the cluster share. */
    CacheSnapshot cache();
}
