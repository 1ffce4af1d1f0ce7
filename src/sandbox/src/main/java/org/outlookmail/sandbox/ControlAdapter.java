package org.outlookmail.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.outlookmail.sandbox.control.SandboxControl;
import org.outlookmail.sandbox.entra.EntraAdmin;
import org.outlookmail.sandbox.faults.Faults;

/** The control API's way into the box: what a test can do in Java, no more and no less. As safe as {@link Sandbox}. */
final class ControlAdapter implements SandboxControl {
    private final Sandbox sandbox;

    ControlAdapter(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public SandboxState state() {
        return sandbox.state();
    }

    @Override
    public List<SandboxSettings.Mailbox> mailboxes() {
        return sandbox.mailboxes();
    }

    @Override
    public void createMailbox(String address, Set<String> sendAs, Set<String> apps) {
        sandbox.createMailbox(address, sendAs, apps);
    }

    @Override
    public List<StoredMessage> messages(String address, String folder) {
        return sandbox.messages(address, folder);
    }

    @Override
    public long deliver(String address, String folder, byte[] mime) {
        return sandbox.deliver(address, folder, mime);
    }

    @Override
    public List<OutboundMessage> outbound() {
        return sandbox.outbound();
    }

    @Override
    public void reset() {
        sandbox.reset();
    }

    @Override
    public void faults(String json) {
        sandbox.faults(json);
    }

    @Override
    public EntraAdmin entra() {
        return sandbox.entra();
    }

    @Override
    public String clientId() {
        return sandbox.clientId();
    }

    @Override
    public Faults.Limits limits() {
        return sandbox.limits();
    }

    @Override
    public String token(Map<String, ?> changes) {
        return sandbox.issueToken(changes);
    }

    @Override
    public String caPem() {
        return sandbox.caPem();
    }
}
