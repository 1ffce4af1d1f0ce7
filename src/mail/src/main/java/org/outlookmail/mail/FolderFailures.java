package org.outlookmail.mail;

import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.MessagingException;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;

/** Says what the failures of an account's folders mean. Immutable, but for what the proof knows. */
record FolderFailures(MailAccount account, Proof proof) {

    MessagingException opening(String folder, long startedNanos, MessagingException failure) {
        return FailureClassifier.openingFolder(account, proof, folder, startedNanos, failure);
    }

    /** A folder that is used after it was closed with the connection that the server took back. */
    FolderClosedException takenBack(Folder folder, IllegalStateException closed) {
        Diagnosis diagnosis = FailureClassifier.takenBack(
                account,
                "The folder " + folder.getFullName() + " of " + account.mailbox() + " was closed with its connection.");
        return new FolderClosedException(
                folder, diagnosis.summary(), new DiagnosedMessagingException(diagnosis, closed));
    }
}
