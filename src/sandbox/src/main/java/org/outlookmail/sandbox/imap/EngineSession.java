package org.outlookmail.sandbox.imap;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.imap.ImapResponse;
import com.icegreen.greenmail.imap.ImapSession;
import com.icegreen.greenmail.imap.ImapSessionState;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.MessageFlags;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserManager;

/**
 * The state of one IMAP connection to the store. GreenMail's own session loses, or even dies of, a message that arrives
 * while it reports another; this one takes what has changed in one step and then reports it. For the connection's thread.
 */
final class EngineSession implements ImapSession {
    private final Managers managers;
    private final ProtocolHandler connection;
    private ImapSessionState state = ImapSessionState.NON_AUTHENTICATED;
    private GreenMailUser user;
    private SelectedFolder selected;

    EngineSession(Managers managers, ProtocolHandler connection) {
        this.managers = managers;
        this.connection = connection;
    }

    @Override
    public void unsolicitedResponses(ImapResponse response) {
        unsolicitedResponses(response, false);
    }

    /** Removals first: the numbers of all else are those after them. */
    @Override
    public void unsolicitedResponses(ImapResponse response, boolean withoutRemovals) {
        if (selected == null) {
            return;
        }
        SelectedFolder.Changes changes = selected.take(withoutRemovals);
        changes.removed().forEach(response::expungeResponse);
        if (changes.grown()) {
            response.existsResponse(selected.getMessageCount());
            response.recentResponse(selected.getRecentCount(true));
        }
        changes.flags()
                .forEach((number, flags) -> response.fetchResponse(number, "FLAGS " + MessageFlags.format(flags)));
    }

    @Override
    public void setSelected(MailFolder folder, boolean readOnly) {
        deselect();
        selected = new SelectedFolder(folder, this, readOnly);
        state = ImapSessionState.SELECTED;
    }

    @Override
    public void deselect() {
        if (selected != null) {
            selected.deselect();
            selected = null;
            state = ImapSessionState.AUTHENTICATED;
        }
    }

    @Override
    public SelectedFolder getSelected() {
        return selected;
    }

    @Override
    public void setAuthenticated(GreenMailUser authenticated) {
        user = authenticated;
        state = ImapSessionState.AUTHENTICATED;
    }

    @Override
    public GreenMailUser getUser() {
        return user;
    }

    @Override
    public ImapSessionState getState() {
        return state;
    }

    @Override
    public ImapHostManager getHost() {
        return managers.getImapHostManager();
    }

    @Override
    public UserManager getUserManager() {
        return managers.getUserManager();
    }

    @Override
    public String getClientIP() {
        return "127.0.0.1";
    }

    @Override
    public void closeConnection() {
        connection.close();
    }

    @Override
    public void closeConnection(String byeMessage) {
        connection.close();
    }
}
