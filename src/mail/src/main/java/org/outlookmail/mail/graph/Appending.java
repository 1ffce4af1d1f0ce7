package org.outlookmail.mail.graph;

import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.Map;
import org.outlookmail.DiagnosedMessagingException;
import org.outlookmail.DiagnosisCode;

/** Puts messages into a folder, of which Graph makes drafts. */
final class Appending {

    private final GraphClient client;
    private final GraphSettings settings;
    private final String folder;

    Appending(GraphClient client, GraphSettings settings, String folder) {
        this.client = client;
        this.settings = settings;
        this.folder = folder;
    }

    /** Refuses what would become something else than its owner thinks; before anything is appended. */
    void check(Message message) throws MessagingException {
        if (!message.isSet(Flags.Flag.DRAFT)) {
            throw refused(
                    client,
                    DiagnosisCode.GRAPH_APPEND_IS_DRAFT,
                    "A message that is no draft cannot be put into the folder " + folder + " over Graph.",
                    folder);
        }
    }

    void append(Message message, String folderId) throws MessagingException {
        try (Spool mime = new Spool()) {
            message.writeTo(mime);
            if (mime.size() > settings.maxMimeOctets()) {
                throw refused(
                        client,
                        DiagnosisCode.MESSAGE_TOO_LARGE,
                        "A message of " + mime.size() + " octets cannot be put into the folder " + folder
                                + " over Graph, which takes " + settings.maxMimeOctets() + " in one piece.",
                        folder);
            }
            client.done(
                    GraphRequest.mime(client.path("mailFolders", folderId, "messages"), mime.octets()), client.turn());
        } catch (IOException unreadable) {
            throw new MessagingException("the message could not be written: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Such UIDs have no order. */
    static MessagingException noRange(GraphClient client, String folder) {
        return refused(
                client,
                DiagnosisCode.GRAPH_NO_SUCH_NUMBERS,
                "The folder " + folder + " was asked for a range of UIDs, which over Graph have no order.",
                folder);
    }

    private static MessagingException refused(GraphClient client, DiagnosisCode code, String summary, String folder) {
        return new DiagnosedMessagingException(
                client.account().diagnosis(code, summary, client.diagnosis().details(folder, Map.of())), null);
    }
}
