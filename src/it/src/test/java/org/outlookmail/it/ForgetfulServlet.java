package org.outlookmail.it;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;
import org.outlookmail.it.Forgetful.Access;
import org.outlookmail.it.Forgetful.What;

/** Each request has one part of the application forget something, or does what the test needs inside the server. */
@WebServlet("/forget")
public class ForgetfulServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Resource(name = "forgotten/shared", lookup = "mail/forgotten")
    private transient OutlookMailSessionFactory shared;

    @Resource(name = "forgottenLocal/shared", lookup = "mail/forgottenLocal")
    private transient OutlookMailSessionFactory localShared;

    @Inject
    private transient ForgetfulBean ejb;

    @Inject
    private transient ForgetfulCdiBean cdi;

    /** The servlet itself. */
    private final class Here extends Forgetful {

        @Override
        OutlookMailSession open(OutlookMailSessionFactory factory) throws Exception {
            return factory.getConnection();
        }

        @Override
        OutlookMailSessionFactory factory(boolean local, Access access) throws Exception {
            return switch (access) {
                case INJECTED -> local ? localShared : shared;
                case INJECTED_UNSHAREABLE -> super.factory(local, Access.LOOKED_UP_UNSHAREABLE);
                default -> super.factory(local, access);
            };
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        boolean local = Boolean.parseBoolean(request.getParameter("local"));
        Access access = Access.valueOf(request.getParameter("access"));
        What what = What.valueOf(request.getParameter("what"));
        String subject = request.getParameter("subject");
        try {
            switch (request.getParameter("place")) {
                case "servlet" -> new Here().forget(new Here().factory(local, access), what, subject);
                case "ejb" -> ejb.withoutTransaction(local, access, what, subject);
                case "ejbInTransaction" -> ejb.inTransactionOfItsOwn(local, access, what, subject);
                case "timer" -> ejb.byTimer(local, access, what, subject);
                case "cdi" -> cdi.here(local, access, what, subject);
                case "executor" -> cdi.onAnotherThread(local, access, what, subject);
                case "borrow" -> ejb.borrowAndClose(local);
                case "collect" -> System.gc();
                default -> throw new ServletException("no such place");
            }
        } catch (ServletException failure) {
            throw failure;
        } catch (Exception failure) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            response.setContentType("text/plain");
            response.getWriter().print(failure);
        }
    }
}
