package com.contoso;

import jakarta.mail.Session;
import jakarta.mail.Store;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** An application that does not close what it opens. */
public final class Forgetful {

    private Forgetful() {}

    public static OutlookMailSession session(OutlookMailSessionFactory factory) throws Exception {
        return factory.getConnection();
    }

    public static Store store(Session session) throws Exception {
        Store store = session.getStore();
        store.connect();
        return store;
    }
}
