package org.outlookmail.sandbox.control;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.outlookmail.sandbox.OutboundMessage;
import org.outlookmail.sandbox.SandboxSettings;
import org.outlookmail.sandbox.SandboxState;
import org.outlookmail.sandbox.StoredMessage;
import org.outlookmail.sandbox.entra.EntraAdmin;
import org.outlookmail.sandbox.faults.Faults;

/** What the control API can do with the box. Safe for any thread. */
public interface SandboxControl {
    /** Figures and folders. */
    SandboxState state();

    /** All mailboxes. */
    List<SandboxSettings.Mailbox> mailboxes();

    /** Adds a mailbox; {@code apps} null means the default client. */
    void createMailbox(String address, Set<String> sendAs, Set<String> apps);

    /** The messages of a folder. */
    List<StoredMessage> messages(String address, String folder);

    /** Puts a message into a folder and gives its UID. */
    long deliver(String address, String folder, byte[] mime);

    /** Messages for people outside. */
    List<OutboundMessage> outbound();

    /** Counters and faults, not mail. */
    void reset();

    /** Adds faults, as JSON. */
    void faults(String json);

    /** What can be done in Entra. */
    EntraAdmin entra();

    /** The default client's id. */
    String clientId();

    /** The limits in force. */
    Faults.Limits limits();

    /** A token for Exchange with {@code changes} put over its claims. */
    String token(Map<String, ?> changes);

    /** The authority's certificate. */
    String caPem();
}
