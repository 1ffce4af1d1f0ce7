package com.contoso;

import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** An application that does not close what it opens. */
public final class Forgetful {

    private Forgetful() {}

    public static OutlookMailSession session(OutlookMailSessionFactory factory) throws Exception {
        return factory.getConnection();
    }

    public static Transport transport(Session session) throws Exception {
        Transport transport = session.getTransport();
        transport.connect();
        return transport;
    }

    public static Store store(Session session) throws Exception {
        Store store = session.getStore();
        store.connect();
        return store;
    }
}
