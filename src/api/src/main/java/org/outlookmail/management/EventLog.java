package org.outlookmail.management;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode.Fault;
import org.outlookmail.OneLine;
import org.outlookmail.PropertyNames;

/**
 * Writes into the log what an administrator must know: a warning for trouble, once and not at every attempt of an application
 * that tries on and on.
 *
 * <p>Thread rule: free for any thread.
 */
public final class EventLog implements ConnectorListener {

    /** With the names of the resource adapter's properties. */
    public static final EventLog STANDARD = new EventLog(PropertyNames.STANDARD);

    private static final Logger LOG = System.getLogger(EventLog.class.getName());

    private final PropertyNames names;
    private final OncePerMinute refusals;
    private final OncePerMinute warnings;

    /**
     * @param names what its reader calls the properties; not null
     */
    public EventLog(PropertyNames names) {
        this(names, System::nanoTime);
    }

    EventLog(PropertyNames names, LongSupplier nanos) {
        this.names = names;
        this.refusals = new OncePerMinute(nanos);
        this.warnings = new OncePerMinute(nanos);
    }

    /** After a refusal: who has changed something sees that it was the right thing. */
    @Override
    public void onTokenObtained(String subject, Instant expiresAt, Duration took, boolean again) {
        LOG.log(
                again ? Level.INFO : Level.DEBUG,
                () -> "The identity provider gave a token for " + OneLine.of(subject) + (again ? " again" : "")
                        + "; it is good until " + expiresAt.truncatedTo(ChronoUnit.SECONDS) + ".");
    }

    @Override
    public void onConnectionOpened(String mailbox, String server, Duration took, boolean again) {
        LOG.log(
                again ? Level.INFO : Level.DEBUG,
                () -> server + " let " + mailbox + " in" + (again ? " again" : "") + " after " + took.toMillis()
                        + " ms.");
    }

    @Override
    public void onFactoryConfigured(String mailbox, String description) {
        LOG.log(Level.INFO, mailbox + " is configured: " + OneLine.of(description));
    }

    @Override
    public void onFactoryChecked(String mailbox, String what) {
        LOG.log(Level.INFO, mailbox + " was checked: " + OneLine.of(what));
    }

    /** In brief, if the log has just had it where it arose. */
    @Override
    public void onFactoryCheckFailed(String mailbox, Diagnosis diagnosis) {
        boolean told = !warnings.isFirst("", diagnosis.code());
        Diagnosis named = diagnosis.naming(names);
        LOG.log(
                Level.WARNING,
                mailbox + " was checked and cannot be used: " + (told ? named.brief() : named.toString()));
    }

    @Override
    public void onSharedCacheOpened(String description) {
        LOG.log(Level.INFO, "The token cache is open: " + OneLine.of(description) + ".");
    }

    @Override
    public void onTokenRefused(Diagnosis diagnosis) {
        warnings.isFirst("", diagnosis.code());
        LOG.log(Level.WARNING, diagnosis.naming(names).toString());
    }

    @Override
    public void onConnectionFailed(Diagnosis diagnosis, boolean again) {
        warnings.isFirst("", diagnosis.code());
        LOG.log(again ? Level.DEBUG : Level.WARNING, diagnosis.naming(names).toString());
    }

    /** In one line: of a cluster that does not start the stack trace alone has hundreds. */
    @Override
    public void onSharedCacheFailed(Diagnosis diagnosis, Throwable failure) {
        LOG.log(Level.WARNING, diagnosis.naming(names).toString());
        LOG.log(Level.DEBUG, diagnosis.code().code() + " in detail", OneLine.cause(failure));
    }

    @Override
    public void onSharedCacheRestored() {
        LOG.log(Level.INFO, "The token cache works again; tokens and limits are shared in the cluster.");
    }

    @Override
    public void onTokenStoreFailed(Diagnosis diagnosis, Throwable failure) {
        LOG.log(Level.WARNING, diagnosis.naming(names).toString());
        LOG.log(Level.DEBUG, diagnosis.code().code() + " in detail", OneLine.cause(failure));
    }

    @Override
    public void onTokenStoreRestored() {
        LOG.log(Level.INFO, "The store of refresh tokens works again.");
    }

    @Override
    public void onConfigurationInvalid(Diagnosis diagnosis) {
        LOG.log(Level.ERROR, diagnosis.naming(names).toString());
    }

    @Override
    public void onWarning(Diagnosis diagnosis, boolean again) {
        LOG.log(again ? Level.DEBUG : Level.WARNING, diagnosis.naming(names).toString());
    }

    /**
     * The application has the exception, and perhaps tells nobody. A fault of the message itself is no sign that something is
     * wrong with the next one, so such are told once a minute for each mailbox and code.
     */
    @Override
    public void onMessageFailed(String mailbox, Diagnosis diagnosis, boolean again) {
        boolean known =
                diagnosis.code().fault() == Fault.MESSAGE ? !refusals.isFirst(mailbox, diagnosis.code()) : again;
        LOG.log(known ? Level.DEBUG : Level.WARNING, diagnosis.naming(names).toString());
    }
}
