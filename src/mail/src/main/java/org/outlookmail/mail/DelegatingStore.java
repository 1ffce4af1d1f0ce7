package org.outlookmail.mail;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.URLName;

/**
 * A store that asks another one, which is logged in, for everything that it is asked.
 *
 * <p>Thread rule: as every {@code Store}.
 */
public abstract class DelegatingStore extends Store {

    protected DelegatingStore(Session session, URLName name) {
        super(session, name);
    }

    /**
     * The one to ask.
     *
     * @throws MessagingException diagnosed, if it cannot be logged in
     * @throws IllegalStateException if this store is not connected
     */
    protected abstract Store store() throws MessagingException;

    @Override
    public Folder getDefaultFolder() throws MessagingException {
        return store().getDefaultFolder();
    }

    @Override
    public Folder getFolder(String name) throws MessagingException {
        return store().getFolder(name);
    }

    @Override
    public Folder getFolder(URLName url) throws MessagingException {
        return store().getFolder(url);
    }

    @Override
    public Folder[] getPersonalNamespaces() throws MessagingException {
        return store().getPersonalNamespaces();
    }

    @Override
    public Folder[] getUserNamespaces(String user) throws MessagingException {
        return store().getUserNamespaces(user);
    }

    @Override
    public Folder[] getSharedNamespaces() throws MessagingException {
        return store().getSharedNamespaces();
    }
}
