package org.outlookmail.it;

import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.outlookmail.Mailbox;
import org.outlookmail.OutlookMailSession;

/** One HTTP request that sends from three places, each with the session of the request, and closes none. */
@WebServlet("/mail")
public class MailServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    @Mailbox("mail/oneConnection")
    private transient OutlookMailSession session;

    @Inject
    private transient MailDesk desk;

    @Inject
    private transient MailClerk clerk;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            String subject = request.getParameter("subject");
            String byServlet = MailDesk.send(session, subject + " by the servlet");
            String byDesk = desk.send(subject + " by the desk");
            String byClerk = clerk.send(subject + " by the clerk");
            response.setContentType("text/plain");
            response.getWriter()
                    .print(clerk.subjectOf(byServlet) + ", " + clerk.subjectOf(byDesk) + ", "
                            + MailDesk.subjectOf(session, byClerk));
        } catch (MessagingException failure) {
            throw new ServletException(failure);
        }
    }
}
