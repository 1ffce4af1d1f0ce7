package org.outlookmail.it;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBContext;
import jakarta.ejb.Stateless;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.ResourceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** An EJB that keeps an order in a database and confirms it by mail, in one transaction. */
@Stateless
public class OrderBean {

    @Resource(lookup = "jdbc/it")
    private DataSource database;

    @Resource(lookup = "mail/transactional")
    private OutlookMailSessionFactory mail;

    @Resource(lookup = "mail/graphTransactional")
    private OutlookMailSessionFactory mailOverGraph;

    @Resource(lookup = "mail/transactionalSession")
    private Session session;

    @Resource
    private EJBContext context;

    /** How the method ends. */
    public enum End {
        WELL,
        EXCEPTION,
        ROLLBACK_ONLY
    }

    public void prepare() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement create =
                        connection.prepareStatement("create table if not exists orders (name varchar(200))")) {
            create.execute();
        }
    }

    /** In a transaction of its own; {@code copies} mails by two uses of the factory. */
    public void order(String name, String recipient, int copies, End end)
            throws SQLException, ResourceException, MessagingException {
        insert(name);
        for (int copy = 0; copy < copies; copy++) {
            try (OutlookMailSession opened = mail.getConnection()) {
                opened.send(message(opened.mailSession(), name, recipient));
            }
        }
        finish(end);
    }

    /** The same over Microsoft Graph. */
    public void orderOverGraph(String name, End end) throws SQLException, ResourceException, MessagingException {
        insert(name);
        try (OutlookMailSession opened = mailOverGraph.getConnection()) {
            opened.send(message(opened.mailSession(), name, "orders@contoso.com"));
        }
        finish(end);
    }

    /** The same by code that knows Jakarta Mail alone. */
    public void orderBySession(String name, End end) throws SQLException, MessagingException {
        insert(name);
        Transport.send(message(session, name, "orders@contoso.com"));
        finish(end);
    }

    /** Reads in the same transaction, and does without what cannot be read; why it could not, or null. */
    public DiagnosisCode orderAndRead(String name) throws SQLException, ResourceException, MessagingException {
        insert(name);
        try (OutlookMailSession opened = mail.getConnection()) {
            opened.send(message(opened.mailSession(), name, "orders@contoso.com"));
            try {
                opened.openFolder("INBOX", Folder.READ_ONLY).close();
                return null;
            } catch (MessagingException unreadable) {
                return Diagnosis.of(unreadable).orElseThrow().code();
            }
        }
    }

    private void finish(End end) {
        if (end == End.ROLLBACK_ONLY) {
            context.setRollbackOnly();
        } else if (end == End.EXCEPTION) {
            throw new IllegalStateException("the order is not wanted after all");
        }
    }

    private void insert(String name) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into orders values (?)")) {
            insert.setString(1, name);
            insert.executeUpdate();
        }
    }

    private static MimeMessage message(Session session, String name, String recipient) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        InternetAddress address = new InternetAddress();
        address.setAddress(recipient);
        message.setRecipient(Message.RecipientType.TO, address);
        message.setSubject(name);
        message.setText("Thank you for " + name);
        return message;
    }

    public int rows(String name) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select count(*) from orders where name = ?")) {
            select.setString(1, name);
            try (ResultSet count = select.executeQuery()) {
                count.next();
                return count.getInt(1);
            }
        }
    }
}
