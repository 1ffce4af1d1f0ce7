package org.outlookmail.it;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.outlookmail.OutlookMailSession;
import org.outlookmail.OutlookMailSessionFactory;

/** A stateless EJB, with and without a transaction, and its timer. */
@Stateless
public class ForgetfulBean extends Forgetful {

    /** What the timer has done: an empty text, or why not. */
    private static final BlockingQueue<String> EXPIRED = new LinkedBlockingQueue<>();

    @Resource
    private TimerService timers;

    @Override
    OutlookMailSession open(OutlookMailSessionFactory factory) throws Exception {
        return factory.getConnection();
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void withoutTransaction(boolean local, Access access, What what, String subject) throws Exception {
        forget(factory(local, access), what, subject);
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void inTransactionOfItsOwn(boolean local, Access access, What what, String subject) throws Exception {
        forget(factory(local, access), what, subject);
    }

    /** As an orderly application does; in a call of its own, so that nothing stays with the test's request. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void borrowAndClose(boolean local) throws Exception {
        factory(local, Access.INJECTED_UNSHAREABLE).getConnection().close();
    }

    /** By a timer that expires at once; returns when it has. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void byTimer(boolean local, Access access, What what, String subject) throws Exception {
        timers.createSingleActionTimer(1, new TimerConfig(local + " " + access + " " + what + " " + subject, false));
        String failure = EXPIRED.poll(30, TimeUnit.SECONDS);
        if (failure == null || !failure.isEmpty()) {
            throw new IllegalStateException("the timer: " + failure);
        }
    }

    @Timeout
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void expired(Timer timer) {
        String[] info = ((String) timer.getInfo()).split(" ", 4);
        try {
            forget(factory(Boolean.parseBoolean(info[0]), Access.valueOf(info[1])), What.valueOf(info[2]), info[3]);
            EXPIRED.add("");
        } catch (Exception failure) {
            EXPIRED.add(failure.toString());
        }
    }
}
