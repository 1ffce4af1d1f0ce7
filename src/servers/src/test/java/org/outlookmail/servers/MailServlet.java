package org.outlookmail.servers;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.SubjectTerm;
import jakarta.resource.ResourceException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** The application on each server: does what it is asked to with the name in JNDI, and answers in a word. */
@WebServlet("/mail")
@SuppressWarnings("BanJNDI") // The names are the test's.
public class MailServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        String name = request.getParameter("name");
        String subject = request.getParameter("subject");
        try {
            response.getWriter()
                    .print(
                            switch (request.getParameter("do")) {
                                case "send" -> send(name, subject);
                                case "read" -> read(name, subject);
                                case "session" -> session(name, subject);
                                case "commit" -> transaction(name, subject, true);
                                case "rollback" -> transaction(name, subject, false);
                                default -> "unknown";
                            });
        } catch (Exception failure) {
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            String code = Diagnosis.of(failure)
                    .map(diagnosis -> diagnosis.code().code())
                    .orElse("undiagnosed");
            response.getWriter().print(code + " " + failure.getClass().getSimpleName() + "\n" + trace);
        }
    }

    private static OutlookMailSessionFactory factory(String name) throws NamingException {
        return InitialContext.doLookup(name);
    }

    private static String send(String name, String subject)
            throws NamingException, ResourceException, MessagingException {
        try (OutlookMailSession session = factory(name).getConnection()) {
            session.send(message(session.mailSession(), session.mailbox(), subject));
            return "sent by " + session.mailbox();
        }
    }

    private static MimeMessage message(Session session, String to, String subject) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setRecipients(Message.RecipientType.TO, to);
        message.setSubject(subject);
        message.setText("Hello");
        return message;
    }

    private static String read(String name, String subject)
            throws NamingException, ResourceException, MessagingException {
        try (OutlookMailSession session = factory(name).getConnection();
                Folder inbox = session.openFolder("INBOX", Folder.READ_ONLY)) {
            return inbox.search(new SubjectTerm(subject)).length + " read";
        }
    }

    private static String session(String name, String subject) throws NamingException, MessagingException {
        Session session = InitialContext.doLookup(name);
        Transport.send(message(session, "orders@contoso.com", subject));
        return "sent";
    }

    private static String transaction(String name, String subject, boolean commit) throws Exception {
        UserTransaction transaction = InitialContext.doLookup("java:comp/UserTransaction");
        transaction.begin();
        boolean over = false;
        try {
            send(name, subject);
            over = true;
            if (commit) {
                transaction.commit();
                return "committed";
            }
            transaction.rollback();
            return "rolled back";
        } finally {
            if (!over) {
                transaction.rollback();
            }
        }
    }
}
