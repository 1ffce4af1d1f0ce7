package org.outlookmail.mail.angus;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderClosedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.StoreClosedException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.util.MailConnectException;
import org.outlookmail.Diagnosed;
import org.outlookmail.DiagnosedAuthenticationException;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;
import org.outlookmail.mail.Call;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.MailServer;
import org.outlookmail.mail.Proof;
import org.outlookmail.mail.TokenProof;
import org.outlookmail.mail.wire.HelloName;
import org.outlookmail.mail.wire.NetworkFailure;
import org.outlookmail.mail.wire.ServerReply;
import org.outlookmail.mail.wire.WriteTimeouts;

/** Says what a failure of Angus Mail means, in terms of this configuration. See {@link SendFailure} for sending. */
final class FailureClassifier {

    /** What Angus Mail says when a write was ended by {@link WriteTimeouts}; it has no type of its own. */
    private static final String WRITE_TIMED_OUT = "Write timed out";

    /** What Angus Mail's IMAP client says when it could not log in once more; it keeps the reason to itself. */
    private static final Set<String> NO_CONNECTION =
            Set.of("connection failure", "failed to create new store connection", "Connection closed");

    /** What Angus Mail says of a server that does not offer what we require; each client in its own words. */
    private static final Pattern NO_TLS = Pattern.compile("^(STARTTLS is required but host does not support STARTTLS"
            + "|STARTTLS required but not supported by server|STLS required but not supported)$");

    private static final String AT_THE_MAILBOX =
            "The token carries the permission, so it is the mailbox: it does not exist, the"
                    + " application has no right on it, or its service principal was registered with the wrong object id.";

    private static final String GRANT_IT =
            "Check the property {mailbox}; with the object id of the enterprise application (not of"
                    + " the app registration) an Exchange administrator runs: New-ServicePrincipal -AppId <application id> -ObjectId"
                    + " <object id>; Add-MailboxPermission -Identity <mailbox> -User <object id> -AccessRights FullAccess";

    private FailureClassifier() {}

    /**
     * A login that failed.
     *
     * @param refusal the server's own words if the client has noted them, else null
     */
    static MessagingException connecting(
            MailAccount account, MailServer server, Proof proof, Call call, String refusal, Exception failure) {
        Map<String, String> details = details(account, server, proof, call.facts(), failure);
        ServerReply reply = ServerReply.of(refusal == null ? details.get("reply") : refusal);
        putReply(details, reply);
        Optional<MechanismMissingException> missing = missing(failure);
        if (missing.isPresent()) {
            return notOffered(account, server, proof, details, missing.get(), failure);
        }
        if (NO_TLS.matcher(String.valueOf(details.get("reply"))).find()) {
            details.remove("reply"); // It is Angus Mail's, not the server's.
            return new DiagnosedMessagingException(
                    account.diagnosis(
                            DiagnosisCode.TLS_NOT_OFFERED,
                            server + " does not turn to TLS, so that " + account.mailbox() + " says nothing there.",
                            details),
                    failure);
        }
        if (failure instanceof HelloName.RefusedException hello) {
            details.put("hello", hello.name());
            String summary = server + " does not take the name " + hello.name() + ", by which " + account.mailbox()
                    + " says hello.";
            return new DiagnosedMessagingException(
                    account.diagnosis(DiagnosisCode.HELLO_REFUSED, summary, details), failure);
        }
        boolean refused = failure instanceof AuthenticationFailedException;
        if (refused) {
            details.put(
                    "nextTokenAt",
                    proof.pausedUntil()
                            .map(pause -> pause.plusMillis(999)
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .toString())
                            .orElse(null));
        }
        Optional<DiagnosisCode> network = network(failure);
        DiagnosisCode code = network.orElseGet(
                () -> refused ? reply.ofLogin() : reply.recognised().orElse(DiagnosisCode.MAIL_FAILURE));
        if (code == DiagnosisCode.AUTHENTICATION_REFUSED) {
            return unproven(account, server, proof, details, failure);
        }
        if (refused && network.isEmpty() && code != DiagnosisCode.CONNECTION_LOST) {
            String summary = server + " refused the login as " + account.mailbox() + ".";
            return new DiagnosedAuthenticationException(account.diagnosis(code, summary, details), failure);
        }
        String summary = network.isPresent()
                ? "No connection to " + server + " for " + account.mailbox() + "."
                : server + " did not let " + account.mailbox() + " in.";
        return new DiagnosedMessagingException(account.diagnosis(code, summary, details), failure);
    }

    private static Optional<MechanismMissingException> missing(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof MechanismMissingException missing) {
                return Optional.of(missing);
            }
        }
        return Optional.empty();
    }

    private static MessagingException notOffered(
            MailAccount account,
            MailServer server,
            Proof proof,
            Map<String, String> details,
            MechanismMissingException missing,
            Exception failure) {
        boolean token = proof instanceof TokenProof;
        details.remove("reply"); // It is Angus Mail's, not the server's.
        details.put("offered", missing.offered());
        return new DiagnosedAuthenticationException(
                account.diagnosis(
                        DiagnosisCode.MECHANISM_NOT_OFFERED,
                        server + " does not offer " + (token ? "XOAUTH2" : "PLAIN or LOGIN") + " to "
                                + account.mailbox() + ".",
                        details),
                failure);
    }

    /** The server did not say why, but perhaps the token does. */
    private static MessagingException unproven(
            MailAccount account, MailServer server, Proof proof, Map<String, String> details, Exception failure) {
        String summary = server + " refused the login as " + proof.user()
                + (proof.user().equals(account.mailbox()) ? "." : " to " + account.mailbox() + ".");
        Optional<Diagnosis> doubt = proof.suspicion();
        Diagnosis diagnosis = account.diagnosis(
                doubt.map(Diagnosis::code).orElseGet(proof::whenRefused),
                doubt.map(reason -> summary + " " + reason.summary()).orElse(summary),
                details);
        boolean atTheMailbox = doubt.isEmpty() && proof.permitted();
        return new DiagnosedAuthenticationException(
                atTheMailbox ? diagnosis.narrowed(AT_THE_MAILBOX, GRANT_IT, account.names()) : diagnosis, failure);
    }

    /**
     * What a store, a folder or a message could not do.
     *
     * @param summary what it was to do
     * @param folder its full name, or null
     */
    static Diagnosis reading(
            MailAccount account, Proof proof, String summary, String folder, long startedNanos, Exception failure) {
        Map<String, String> details = details(account, account.in().server(), proof, Call.facts(startedNanos), failure);
        details.put("folder", folder);
        ServerReply reply = ServerReply.of(details.get("reply"));
        putReply(details, reply);
        DiagnosisCode code = failure instanceof FolderNotFoundException
                ? DiagnosisCode.FOLDER_FAILURE
                : network(failure).orElseGet(reply::ofFolder);
        boolean gone = code == DiagnosisCode.FOLDER_FAILURE && gone(failure);
        return account.diagnosis(gone ? DiagnosisCode.CONNECTION_LOST : code, summary, details);
    }

    /** What Angus Mail says when the connection ended, or when it could not make another one with the token of its login. */
    private static boolean gone(Exception failure) {
        return failure instanceof FolderClosedException
                || failure instanceof StoreClosedException
                || failure instanceof IllegalStateException
                || (failure.getMessage() != null && NO_CONNECTION.contains(failure.getMessage()));
    }

    /** What the server said, and how long it asks to wait. */
    static void putReply(Map<String, String> details, ServerReply reply) {
        details.put("reply", reply.text().isEmpty() ? null : reply.text());
        details.put(
                Diagnosis.RETRY_AFTER,
                reply.suggestedPause().map(Diagnosis::retryAfterSeconds).orElse(null));
    }

    /** What the network or TLS did, if they are to blame. */
    static Optional<DiagnosisCode> network(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof MailConnectException
                    && NetworkFailure.ofProxy(failure).isEmpty()) {
                return Optional.of(DiagnosisCode.MAIL_SERVER_UNREACHABLE);
            }
            if (next instanceof IOException && WRITE_TIMED_OUT.equals(next.getMessage())) {
                return Optional.of(DiagnosisCode.MAIL_SERVER_TIMEOUT);
            }
        }
        return NetworkFailure.of(failure);
    }

    static Map<String, String> details(
            MailAccount account, MailServer server, Proof proof, Map<String, String> facts, Exception failure) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("mailbox", account.mailbox());
        details.put("server", server.toString());
        details.put("reply", lastWords(failure));
        details.putAll(facts);
        details.putAll(proof.facts());
        return details;
    }

    /** The innermost message, which is the server's reply or the network's complaint; never one of our own. */
    private static String lastWords(Throwable failure) {
        String words = null;
        for (Throwable next = failure; next != null && !(next instanceof Diagnosed); next = next.getCause()) {
            String said = next.getMessage();
            words = said == null ? words : next instanceof UnknownHostException ? "unknown host " + said : said;
        }
        return words == null ? null : words.strip().replaceAll("\\s+", " ");
    }
}
