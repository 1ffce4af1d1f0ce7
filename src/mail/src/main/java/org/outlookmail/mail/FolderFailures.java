package org.outlookmail.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.MethodNotSupportedException;
import jakarta.mail.ReadOnlyFolderException;
import jakarta.mail.Store;
import jakarta.mail.StoreClosedException;
import java.io.IOException;
import org.outlookmail.DiagnosedAuthenticationException;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.Diagnosis;
import org.outlookmail.DiagnosisCode;

/**
 * Says what the failures of an account's stores, folders and messages mean. Types that callers ask for stay, name the
 * application's objects, and carry the diagnosis as their cause. Immutable, but for what the inbox knows.
 */
record FolderFailures(MailAccount account, Inbox inbox) {

    /**
     * What leaves a folder, or one of its messages.
     *
     * @param doing what it was to do, such as {@code opened}
     */
    MessagingException of(Folder folder, String doing, long startedNanos, Exception failure) {
        String summary = "The folder " + shown(folder) + " of " + account.mailbox() + " could not be " + doing + ".";
        return told(folder, folder.getStore(), summary, startedNanos, failure);
    }

    /** What leaves a store. */
    MessagingException of(Store store, String doing, long startedNanos, Exception failure) {
        return told(
                null,
                store,
                "The mailbox " + account.mailbox() + " could not be " + doing + ".",
                startedNanos,
                failure);
    }

    private MessagingException told(Folder folder, Store store, String summary, long startedNanos, Exception failure) {
        if (failure instanceof MessagingException known && Diagnosis.of(known).isPresent()) {
            return known;
        }
        Folder concerned =
                failure instanceof FolderNotFoundException missing ? owner(missing.getFolder(), folder) : folder;
        Diagnosis diagnosis =
                inbox.diagnosis(summary, concerned == null ? null : concerned.getFullName(), startedNanos, failure);
        DiagnosedMessagingException told = DiagnosedMessagingException.within(diagnosis, failure);
        String message = diagnosis.toString();
        if (failure instanceof FolderNotFoundException) {
            return new FolderNotFoundException(concerned, message, told);
        }
        if (failure instanceof ReadOnlyFolderException) {
            return new ReadOnlyFolderException(folder, message, told);
        }
        if (failure instanceof FolderClosedException) {
            return new FolderClosedException(folder, message, told);
        }
        if (failure instanceof StoreClosedException) {
            return new StoreClosedException(store, message, told);
        }
        if (failure instanceof MessageRemovedException) {
            return new MessageRemovedException(message, told);
        }
        if (failure instanceof MethodNotSupportedException) {
            return new MethodNotSupportedException(message, told);
        }
        if (failure instanceof AuthenticationFailedException) {
            return new DiagnosedAuthenticationException(diagnosis, failure);
        }
        DiagnosedMessagingException itself = new DiagnosedMessagingException(diagnosis, failure);
        return keepsItsType(failure) ? annotated((MessagingException) failure, diagnosis, itself) : itself;
    }

    /** Such as a malformed address in a header, or a search that IMAP does not know; not what only this adapter knows. */
    private static boolean keepsItsType(Exception failure) {
        return failure instanceof MessagingException
                && failure.getClass() != MessagingException.class
                && !failure.getClass().getName().startsWith("org.outlookmail.");
    }

    private static MessagingException annotated(
            MessagingException failure, Diagnosis diagnosis, DiagnosedMessagingException otherwise) {
        return failure.setNextException(new DiagnosedMessagingException(diagnosis, null)) ? failure : otherwise;
    }

    private static Folder owner(Folder named, Folder otherwise) {
        if (named instanceof MailboxFolder) {
            return named;
        }
        return named instanceof WireFolder wire && wire.owner() != null ? wire.owner() : otherwise;
    }

    /**
     * Content that could not be read, with the diagnosis in its chain. Not as its next cause: of a {@code MessagingException}
     * there, Jakarta Mail 2.1.5 makes a {@code MessageRemovedException}, as if the message did not exist any more.
     */
    IOException reading(Folder folder, long startedNanos, IOException failure) {
        if (Diagnosis.of(failure).isEmpty()) {
            Throwable last = failure;
            while (last.getCause() != null) {
                last = last.getCause();
            }
            MessagingException told =
                    of(folder, "read", startedNanos, new MessagingException(failure.getMessage(), failure));
            DiagnosedMessagingException diagnosed =
                    new DiagnosedMessagingException(Diagnosis.of(told).orElseThrow(), null);
            return chained(failure, last, diagnosed);
        }
        return failure;
    }

    private static IOException chained(IOException failure, Throwable last, DiagnosedMessagingException diagnosed) {
        if (last instanceof MessagingException chain) {
            chain.setNextException(diagnosed);
            return failure;
        }
        IOException told = new IOException(diagnosed.getMessage(), diagnosed);
        try {
            last.initCause(told);
            return failure;
        } catch (IllegalStateException settled) {
            // It was made with a cause that is null, and can have no other.
            told.addSuppressed(failure);
            return told;
        }
    }

    /** A folder that is used after it was closed with the connection that the server took back. */
    FolderClosedException takenBack(Folder folder, Exception closed) {
        return closed(
                folder,
                account.takenBack("The folder " + shown(folder) + " of " + account.mailbox()
                        + " was closed with its connection."),
                closed);
    }

    /** A folder that is used after its connection has ended. */
    FolderClosedException lost(Folder folder, String doing, long startedNanos, Exception closed) {
        String summary = "The folder " + shown(folder) + " of " + account.mailbox() + " could not be " + doing
                + ", because its connection has ended.";
        Diagnosis diagnosis =
                inbox.diagnosis(summary, folder.getFullName(), startedNanos, new FolderClosedException(folder));
        return closed(folder, diagnosis, closed);
    }

    /** A folder that ends before the messages marked as deleted were expunged. */
    FolderClosedException notExpunged(Folder folder, Exception closed) {
        Diagnosis diagnosis = Diagnosis.of(
                DiagnosisCode.CONNECTION_LOST,
                "The messages marked as deleted in the folder " + shown(folder) + " of " + account.mailbox()
                        + " were not expunged, because its connection had ended.",
                java.util.Map.of("mailbox", account.mailbox(), "folder", shown(folder)));
        return closed(folder, diagnosis, closed);
    }

    private static FolderClosedException closed(Folder folder, Diagnosis diagnosis, Exception cause) {
        DiagnosedMessagingException told = DiagnosedMessagingException.within(diagnosis, cause);
        return new FolderClosedException(folder, diagnosis.toString(), told);
    }

    private static String shown(Folder folder) {
        String name = folder.getFullName();
        return name.isEmpty() ? "at the root" : name;
    }
}
