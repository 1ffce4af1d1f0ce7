package org.outlookmail.it;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import org.outlookmail.Mailbox;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** A CDI bean, on the thread of its caller and on one of a managed executor. */
@ApplicationScoped
public class ForgetfulCdiBean extends Forgetful {

    @Inject
    @Mailbox("mail/forgotten")
    private OutlookMailSessionFactory byMailbox;

    @Resource
    private ManagedExecutorService executor;

    @Override
    OutlookMailSession open(OutlookMailSessionFactory factory) throws Exception {
        return factory.getConnection();
    }

    public void here(boolean local, Access access, What what, String subject) throws Exception {
        forget(access == Access.INJECTED && !local ? byMailbox : factory(local, access), what, subject);
    }

    public void onAnotherThread(boolean local, Access access, What what, String subject) throws Exception {
        executor.submit(() -> {
                    forget(factory(local, access), what, subject);
                    return null;
                })
                .get(30, TimeUnit.SECONDS);
    }
}
