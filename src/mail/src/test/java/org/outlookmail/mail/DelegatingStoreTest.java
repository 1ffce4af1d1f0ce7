package org.outlookmail.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Folder;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.URLName;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a store can be asked, the one that is logged in answers; {@code Store} itself knows no shared mailboxes. */
@Tag("unit")
class DelegatingStoreTest {

    private final Session session = Session.getInstance(new Properties());
    private final Folder[] shared = new Folder[1];
    private final Folder[] ofUser = new Folder[2];
    private final Folder[] personal = new Folder[3];

    private final Store loggedIn = new IMAPStore(session, new URLName("imap://localhost")) {
        @Override
        public Folder[] getSharedNamespaces() {
            return shared;
        }

        @Override
        public Folder[] getUserNamespaces(String user) {
            return user.equals("orders@contoso.com") ? ofUser : null;
        }

        @Override
        public Folder[] getPersonalNamespaces() {
            return personal;
        }
    };

    private final Store store = new DelegatingStore(session, new URLName("imap://localhost")) {
        @Override
        protected Store store() {
            return loggedIn;
        }
    };

    @Test
    void theNamespacesAreThoseOfTheServer() throws Exception {
        assertThat(store.getSharedNamespaces()).isSameAs(shared);
        assertThat(store.getUserNamespaces("orders@contoso.com")).isSameAs(ofUser);
        assertThat(store.getPersonalNamespaces()).isSameAs(personal);
    }
}
