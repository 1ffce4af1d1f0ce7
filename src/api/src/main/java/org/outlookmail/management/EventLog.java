package org.outlookmail.management;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

    /**
     * @param names what its reader calls the properties; not null
     */
    public EventLog(PropertyNames names) {
        this.names = names;
    }

    @Override
    public void onTokenRefused(Diagnosis diagnosis) {
        LOG.log(Level.WARNING, diagnosis.naming(names).toString());
    }

    @Override
    public void onConnectionFailed(Diagnosis diagnosis, boolean again) {
        LOG.log(again ? Level.DEBUG : Level.WARNING, diagnosis.naming(names).toString());
    }

    @Override
    public void onSharedCacheFailed(Diagnosis diagnosis, Throwable failure) {
        LOG.log(Level.WARNING, diagnosis.naming(names).toString(), OneLine.cause(failure));
    }

    @Override
    public void onSharedCacheRestored() {
        LOG.log(Level.INFO, "The token cache works again; tokens and limits are shared in the cluster.");
    }

    @Override
    public void onTokenStoreFailed(Diagnosis diagnosis, Throwable failure) {
        LOG.log(Level.WARNING, diagnosis.naming(names).toString(), OneLine.cause(failure));
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

    /** The application has the exception; a fault of the message itself is nobody else's business. */
    @Override
    public void onMessageFailed(String mailbox, Diagnosis diagnosis, boolean again) {
        boolean itsOwn = diagnosis.code().fault() == Fault.MESSAGE;
        LOG.log(
                again || itsOwn ? Level.DEBUG : Level.WARNING,
                diagnosis.naming(names).toString());
    }
}
