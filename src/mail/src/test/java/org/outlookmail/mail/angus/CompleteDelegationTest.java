package org.outlookmail.mail.angus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.DelegatedCalls.others;
import static org.outlookmail.testkit.DelegatedCalls.reasons;

import jakarta.mail.Folder;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.pop3.POP3Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.mail.MailboxFolder;
import org.outlookmail.mail.MailboxUidFolder;

/**
 * Every public method of what an application gets from Jakarta Mail is ours, or stands here with the reason why it need not
 * be: a new version of Jakarta Mail or Angus Mail that has more of them fails here.
 */
@Tag("unit")
class CompleteDelegationTest {

    private static final String LISTENERS = "Jakarta Mail keeps the listeners; what happens is told to it";
    private static final String CALLS_OURS = "does nothing but call one of ours";
    private static final String KNOWN = "tells what the object knows, and asks nobody";
    private static final String READ_ONLY = "a message that was read is read-only; refused without asking the server";
    private static final String FROM_HEADERS = "comes from getHeader, which is ours";

    @Test
    void ofAFolder() {
        Map<String, String> reasons = reasons(
                "list(); listSubscribed(); close(); getMode()",
                CALLS_OURS,
                "getStore(); getURLName(); toString()",
                KNOWN,
                "addFolderListener(FolderListener); removeFolderListener(FolderListener);"
                        + " removeConnectionListener(ConnectionListener); removeMessageCountListener(MessageCountListener);"
                        + " addMessageChangedListener(MessageChangedListener);"
                        + " removeMessageChangedListener(MessageChangedListener)",
                LISTENERS);
        assertThat(others(MailboxFolder.class, Folder.class)).isEqualTo(reasons.keySet());
        assertThat(others(MailboxUidFolder.class, Folder.class, UIDFolder.class))
                .isEqualTo(reasons.keySet());
    }

    private static final String WRITES = "addFrom(Address[]); addHeader(String, String); addHeaderLine(String);"
            + " addRecipients(RecipientType, Address[]); removeHeader(String); setContentID(String);"
            + " setContentLanguage(String[]); setContentMD5(String); setDataHandler(DataHandler);"
            + " setDescription(String, String); setDisposition(String); setFileName(String); setFrom(Address);"
            + " setHeader(String, String); setRecipients(RecipientType, Address[]); setReplyTo(Address[]);"
            + " setSender(Address); setSentDate(Date); setSubject(String, String); saveChanges(); addRecipient(RecipientType,"
            + " Address); addRecipients(RecipientType, String); setContent(Multipart); setContent(Object, String);"
            + " setDescription(String); setFrom(); setFrom(String); setRecipient(RecipientType, Address);"
            + " setRecipients(RecipientType, String); setSubject(String); setText(String); setText(String, String);"
            + " setText(String, String, String)";

    private static final String SELF = "getMessageNumber(); getSession(); isExpunged()";

    private static final String CALLING = "match(SearchTerm); reply(boolean); setFlag(Flag, boolean)";

    @Test
    void ofAMessageReadByImap() {
        Map<String, String> reasons = reasons(
                WRITES,
                READ_ONLY,
                SELF,
                KNOWN,
                CALLING,
                CALLS_OURS,
                "getPeek(); setPeek(boolean); invalidateHeaders()",
                "a setting of the message, and what it forgets");
        assertThat(others(IMAPMail.class, MimeMessage.class, IMAPMessage.class)).isEqualTo(reasons.keySet());
    }

    @Test
    void ofAMessageReadByPop3() {
        Map<String, String> reasons = reasons(
                WRITES,
                READ_ONLY,
                SELF,
                KNOWN,
                CALLING + "; getRawInputStream(); getDataHandler(); writeTo(OutputStream); isMimeType(String)",
                CALLS_OURS,
                "getAllRecipients(); getContentID(); getContentLanguage(); getContentMD5(); getContentType();"
                        + " getDescription(); getDisposition(); getEncoding(); getFileName(); getFrom(); getMessageID();"
                        + " getRecipients(RecipientType); getReplyTo(); getSender(); getSentDate(); getSubject()",
                FROM_HEADERS,
                "getFlags(); isSet(Flag); getLineCount(); getReceivedDate(); invalidate(boolean)",
                "POP3 has nothing of the kind; kept in the message");
        assertThat(others(Pop3Mail.class, MimeMessage.class, POP3Message.class)).isEqualTo(reasons.keySet());
    }
}
