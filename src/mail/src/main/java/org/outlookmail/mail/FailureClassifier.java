package org.outlookmail.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.outlookmail.Diagnosed;
import org.outlookmail.DiagnosedAuthenticationException;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.token.AccessToken;

/** Says what a failure of Angus Mail means, in terms of this configuration. See {@link SendFailure} for sending. */
final class FailureClassifier {

    private FailureClassifier() {}

    /** A login that failed. */
    static MessagingException connecting(
            MailAccount account, MailServer server, AccessToken token, long startedNanos, MessagingException failure) {
        Map<String, String> details = details(account, server, token, startedNanos, failure);
        if (failure instanceof AuthenticationFailedException) {
            DiagnosisCode code = ServerReply.of(failure.getMessage()).ofLogin();
            String summary = server + " refused the login as " + account.mailbox() + ".";
            return new DiagnosedAuthenticationException(Diagnosis.of(code, summary, details), failure);
        }
        Optional<DiagnosisCode> network = network(failure);
        if (network.isPresent()) {
            String summary = "No connection to " + server + " for " + account.mailbox() + ".";
            return new DiagnosedMessagingException(Diagnosis.of(network.get(), summary, details), failure);
        }
        ServerReply greeting = ServerReply.of(lastWords(failure));
        DiagnosisCode code = greeting.code() > 0 ? greeting.ofLogin() : DiagnosisCode.MAIL_FAILURE;
        String summary = server + " did not let " + account.mailbox() + " in.";
        return new DiagnosedMessagingException(Diagnosis.of(code, summary, details), failure);
    }

    /** A folder that could not be opened. */
    static MessagingException openingFolder(
            MailAccount account, AccessToken token, String folder, long startedNanos, MessagingException failure) {
        Map<String, String> details = details(account, account.store(), token, startedNanos, failure);
        details.put("folder", folder);
        DiagnosisCode code = failure instanceof FolderNotFoundException
                ? DiagnosisCode.FOLDER_FAILURE
                : network(failure)
                        .orElseGet(() -> ServerReply.of(lastWords(failure)).ofFolder());
        String summary = "The folder " + folder + " of " + account.mailbox() + " could not be opened.";
        return new DiagnosedMessagingException(Diagnosis.of(code, summary, details), failure);
    }

    static MessagingException noRecipients(MailAccount account, Message message) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", account.mailbox());
        details.put("subject", subject(message));
        return new DiagnosedMessagingException(
                Diagnosis.of(DiagnosisCode.MESSAGE_INCOMPLETE, "The message has no recipients.", details), null);
    }

    /** What the network or TLS did, if they are to blame. */
    static Optional<DiagnosisCode> network(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof MailConnectException
                    || next instanceof UnknownHostException
                    || next instanceof java.net.ConnectException) {
                return Optional.of(DiagnosisCode.MAIL_SERVER_UNREACHABLE);
            }
            if (next instanceof SocketTimeoutException) {
                return Optional.of(DiagnosisCode.MAIL_SERVER_TIMEOUT);
            }
            if (next instanceof SSLException) {
                return Optional.of(DiagnosisCode.MAIL_SERVER_TLS);
            }
            if (next instanceof SocketException || next instanceof EOFException) {
                return Optional.of(DiagnosisCode.CONNECTION_LOST);
            }
        }
        return Optional.empty();
    }

    /** Whether the failure carries an exception of I/O that is no network's, such as an attachment that cannot be read. */
    static boolean contentUnreadable(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof IOException) {
                return network(next).isEmpty();
            }
        }
        return false;
    }

    static Map<String, String> details(
            MailAccount account, MailServer server, AccessToken token, long startedNanos, MessagingException failure) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", account.mailbox());
        details.put("server", server.toString());
        details.put("reply", lastWords(failure));
        details.put("elapsedMillis", Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos)));
        if (token != null) {
            token.claims().values().forEach((claim, value) -> details.put("token." + claim, value));
        }
        return details;
    }

    /** The innermost message, which is the server's reply or the network's complaint; never one of our own. */
    private static String lastWords(Throwable failure) {
        String words = null;
        for (Throwable next = failure; next != null && !(next instanceof Diagnosed); next = next.getCause()) {
            words = next.getMessage() == null ? words : next.getMessage();
        }
        return words == null ? null : words.strip().replaceAll("\\s+", " ");
    }

    static String subject(Message message) {
        try {
            return message.getSubject();
        } catch (MessagingException unreadable) {
            return null;
        }
    }
}
