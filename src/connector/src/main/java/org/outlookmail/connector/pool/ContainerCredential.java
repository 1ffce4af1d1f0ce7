package org.outlookmail.connector.pool;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.security.PasswordCredential;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import org.outlookmail.DiagnosedResourceException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.MailboxAddress;
import org.outlookmail.secret.Secret;

/**
 * What a server's administrator gives a factory by container-managed authentication (in Liberty {@code
 * containerAuthDataRef}): the user is the mailbox. The password counts only where the mail server takes passwords
 * (provider basic).
 *
 * @param mailbox the address
 * @param password perhaps empty
 */
record ContainerCredential(String mailbox, Secret password) {

    /**
     * The credential for a factory; empty if there is none. Some servers always pass one without a user.
     *
     * @throws ResourceException diagnosed, if the user is no mailbox
     */
    static Optional<ContainerCredential> of(Subject subject, MailManagedConnectionFactory factory)
            throws ResourceException {
        if (subject == null) {
            return Optional.empty();
        }
        for (PasswordCredential credential : subject.getPrivateCredentials(PasswordCredential.class)) {
            String user = credential.getUserName();
            boolean ours = credential.getManagedConnectionFactory() == null
                    || credential.getManagedConnectionFactory().equals(factory);
            if (ours && user != null && !user.isBlank()) {
                return Optional.of(new ContainerCredential(address(user.strip(), factory), password(credential)));
            }
        }
        return Optional.empty();
    }

    private static String address(String user, MailManagedConnectionFactory factory) throws ResourceException {
        if (!MailboxAddress.isAddress(user)) {
            throw new DiagnosedResourceException(
                    Diagnosis.of(
                            DiagnosisCode.CONFIGURATION_INVALID,
                            "The user \"" + user + "\" of the authentication data given to " + factory
                                    + " is no mailbox: it must be one address such as noreply@contoso.com.",
                            Map.of()),
                    null);
        }
        return user;
    }

    private static Secret password(PasswordCredential credential) {
        return Secret.of(credential.getPassword() == null ? "" : new String(credential.getPassword()));
    }
}
