package org.outlookmail.connector.handle;

import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ResourceAllocationException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.outlookmail.DelegatedSignIn;
import org.outlookmail.Diagnosed;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Endpoint;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailServer;

/**
 * Borrows from the server's pool: the one place where an application's call passes into its connection manager.
 *
 * @param pool which connections
 * @param manager the server's pool
 */
public record ConnectionSource(Pool pool, ConnectionManager manager) implements Serializable {

    /** Words of Open Liberty, while it restarts an adapter: that is not for want of connections. */
    private static final Pattern SHUTTING_DOWN = Pattern.compile("(?i)shut\\s?down");

    /**
     * A session over a pooled connection.
     *
     * @param request which mailbox; null for the factory's own
     * @throws ResourceException the configuration's diagnosis, or what the server says of its pool
     */
    public BorrowedSession borrow(MailboxRequest request) throws ResourceException {
        pool.configuration();
        Object borrower = pool.forgotten().waiting(pool);
        try {
            MailSessionHandle allocated = (MailSessionHandle) manager.allocateConnection(pool, request);
            return allocated.self().of(this, request, Caller.place(), allocated);
        } catch (ResourceException failure) {
            // Servers wrap what a factory throws; the diagnosis belongs in front.
            Optional<Diagnosis> diagnosis = Diagnosis.of(failure);
            if (diagnosis.isPresent() && !(failure instanceof Diagnosed)) {
                throw new DiagnosedResourceException(diagnosis.get(), failure);
            }
            boolean exhausted = failure instanceof ResourceAllocationException
                    && diagnosis.isEmpty()
                    && !SHUTTING_DOWN
                            .matcher(String.valueOf(failure.getMessage()))
                            .find()
                    && pool.handles().has(pool);
            throw exhausted ? exhausted(failure) : failure;
        } finally {
            pool.forgotten().served(borrower);
        }
    }

    /** The server had no connection to give in time; perhaps somebody keeps them. */
    private ResourceException exhausted(ResourceException failure) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", mailbox());
        details.put("server", failure.getMessage());
        details.putAll(pool.handles().of(pool));
        return new DiagnosedResourceException(
                Diagnosis.of(
                        DiagnosisCode.POOL_EXHAUSTED,
                        "The server had no connection of " + mailbox() + " to give in time.",
                        details),
                failure);
    }

    /** The plain session of the factory's own mailbox; it needs no closing. */
    public Session mailSession() {
        return mailSession(null, mailbox());
    }

    /**
     * A plain session; it needs no closing.
     *
     * @param request which mailbox it borrows; null for the factory's own
     * @param mailbox its address, or null
     */
    public Session mailSession(MailboxRequest request, String mailbox) {
        return pool.session(this, request, mailbox);
    }

    /**
     * Starts the sign-in of a user for the mailbox.
     *
     * @throws ResourceException the configuration's diagnosis, or the provider's
     */
    DelegatedSignIn signIn() throws ResourceException {
        return pool.signIn();
    }

    /** The protocol by which the mailbox is read, as configured. */
    public String storeProtocol() {
        try {
            return pool.configuration().account().in().server().protocol();
        } catch (DiagnosedResourceException invalid) {
            return "imaps";
        }
    }

    /** What is set for Jakarta Mail beside the adapter's own properties. */
    public Map<String, String> mailProperties() {
        try {
            return pool.configuration().account().mailProperties();
        } catch (DiagnosedResourceException invalid) {
            return Map.of();
        }
    }

    /** Where that mailbox sends; of a configuration that is invalid, the mailbox alone. */
    public URLName transportUrl(MailboxRequest request) {
        return url(request, "smtp", MailAccount::out);
    }

    /** Where that mailbox is read; of a configuration that is invalid, the mailbox alone. */
    public URLName storeUrl(MailboxRequest request) {
        return url(request, "imaps", MailAccount::in);
    }

    /** Equal for stores of one mailbox at one server. */
    public static Object place(URLName storeUrl) {
        return storeUrl.toString().toLowerCase(Locale.ROOT);
    }

    private URLName url(MailboxRequest request, String otherwise, Function<MailAccount, Endpoint> end) {
        String user = request == null ? mailbox() : request.mailbox();
        try {
            MailServer server = end.apply(pool.configuration().account()).server();
            return new URLName(server.protocol(), server.host(), server.port(), null, user, null);
        } catch (DiagnosedResourceException invalid) {
            return new URLName(otherwise, null, -1, null, user, null);
        }
    }

    /** The mailbox, as configured; null if it is missing. */
    String mailbox() {
        try {
            return pool.configuration().account().mailbox();
        } catch (DiagnosedResourceException invalid) {
            return pool.getMailbox();
        }
    }
}
