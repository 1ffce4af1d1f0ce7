package org.outlookmail.mail.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;

/** The replies that users of Exchange Online meet, as Microsoft documents them and users report them. */
@Tag("unit")
class ServerReplyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "535 5.7.3 Authentication unsuccessful [AM0PR01CA0001.eurprd01.prod.exchangelabs.com] | AUTHENTICATION_REFUSED",
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. | SMTP_AUTH_DISABLED",
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. | SMTP_AUTH_DISABLED",
                "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. | SECURITY_POLICY",
                "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated. | SECURITY_POLICY",
                "550 5.7.30 Basic authentication is not supported for Client Submission. | BASIC_NOT_SUPPORTED",
                "501 5.5.127 Authentication failed. Token will expire soon | TOKEN_EXPIRES_SOON",
                "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending | MAIL_THROTTLED",
                "421 4.3.2 Service not available | MAIL_THROTTLED",
                "421 Too many connections | MAIL_THROTTLED",
                "454 4.7.0 Too many login attempts, please try again later | MAIL_THROTTLED",
                "-ERR Too many connections to this mailbox. | MAIL_THROTTLED",
                "-ERR [LOGIN-DELAY] minimum time between mail checks violation | MAIL_THROTTLED",
                "421 4.4.2 Connection dropped due to SocketError | CONNECTION_LOST",
                "454 4.7.0 Temporary authentication failure | MAIL_SERVER_UNAVAILABLE",
                "454 | MAIL_SERVER_UNAVAILABLE",
                "451 | MAIL_SERVER_UNAVAILABLE",
                "451 4.3.0 Temporary server error | MAIL_SERVER_UNAVAILABLE",
                "421 Service not available | MAIL_SERVER_UNAVAILABLE",
                "421 4.7.0 Temporary System Problem. Try again later | MAIL_SERVER_UNAVAILABLE",
                "[UNAVAILABLE] Temporary authentication failure. | MAIL_SERVER_UNAVAILABLE",
                "[INUSE] Mailbox in use | MAIL_SERVER_UNAVAILABLE",
                "[SERVERBUG] This should not happen | MAIL_SERVER_UNAVAILABLE",
                "Server Unavailable. 15 | MAIL_SERVER_UNAVAILABLE",
                "[SYS/TEMP] Server Unavailable. 21 | MAIL_SERVER_UNAVAILABLE",
                "[IN-USE] Do you have another POP session running? | MAIL_SERVER_UNAVAILABLE",
                "* BYE [UNAVAILABLE] The server is restarting | MAIL_SERVER_UNAVAILABLE",
                "435 4.7.8 Error: authentication failed: bad credentials | AUTHENTICATION_REFUSED",
                "432 4.7.12 A password transition is needed | AUTHENTICATION_REFUSED",
                "535 5.7.8 Error: authentication failed | AUTHENTICATION_REFUSED",
                "535 | AUTHENTICATION_REFUSED",
                "554 5.7.1 Access denied | AUTHENTICATION_REFUSED",
                "550 Access denied | AUTHENTICATION_REFUSED",
                "[AUTHENTICATIONFAILED] Invalid credentials (Failure), try again | AUTHENTICATION_REFUSED",
                "[EXPIRED] That password is no longer valid | AUTHENTICATION_REFUSED",
                "[AUTH] Temporarily locked | AUTHENTICATION_REFUSED",
                "Invalid user name or password, please try again | AUTHENTICATION_REFUSED",
                "Authentication failure: unknown user name or bad password. | AUTHENTICATION_REFUSED",
                "[AUTHORIZATIONFAILED] No such authorization-ID | MAILBOX_NOT_PERMITTED",
                "[CONTACTADMIN] Your account is closed | MAIL_FAILURE",
                "[PRIVACYREQUIRED] Use TLS | MAIL_FAILURE",
                "[SYS/PERM] Your mailbox is broken | MAIL_FAILURE",
                "501 Cannot decode the response | MAIL_FAILURE",
                "501 5.5.2 Cannot decode the response | MAIL_FAILURE",
                "503 5.5.1 Bad sequence of commands | MAIL_FAILURE",
                "538 5.7.11 Encryption required | MAIL_FAILURE",
                "504 5.7.4 Unrecognized authentication type | MECHANISM_NOT_OFFERED",
                "504 | MECHANISM_NOT_OFFERED",
                "502 5.5.1 AUTH not implemented | MECHANISM_NOT_OFFERED",
                "500 Unrecognized command | MECHANISM_NOT_OFFERED",
                "534 5.7.9 Authentication mechanism is too weak | MECHANISM_NOT_OFFERED",
                "Unsupported authentication mechanism | MECHANISM_NOT_OFFERED",
                "Authentication mechanism is not supported. | MECHANISM_NOT_OFFERED",
                "AUTHENTICATE failed. | AUTHENTICATION_REFUSED",
                "A1 BAD User is authenticated but not connected. | MAILBOX_NOT_PERMITTED",
                "[LIMIT] Too many connections | MAIL_THROTTLED",
                "A1 NO Request is throttled. Suggested Backoff Time: 299904 milliseconds | MAIL_THROTTLED",
                "* BYE Session invalidated - AccessTokenExpired | CONNECTION_LOST",
                "Connection dropped by server? | CONNECTION_LOST",
                "[EOF] | CONNECTION_LOST",
                "'' | AUTHENTICATION_REFUSED"
            })
    void aRefusedLogin(String reply, DiagnosisCode code) {
        assertThat(ServerReply.of(reply).ofLogin()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "530 5.7.57 Client not authenticated to send mail. | NOT_AUTHENTICATED",
                "550 5.7.60 SMTP; Client does not have permissions to send as this sender | SEND_AS_DENIED",
                "554 5.2.252 SendAsDenied; a@contoso.com not allowed to send as b@contoso.com | SEND_AS_DENIED",
                "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed | SEND_AS_DENIED",
                "430 4.2.0 STOREDRV; mailbox logon failure | MAILBOX_NOT_PERMITTED",
                "432 4.3.2 Concurrent connections limit exceeded. | MAIL_THROTTLED",
                "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded | MAIL_THROTTLED",
                "450 4.7.1 Client host rejected: too many messages | MAIL_THROTTLED",
                "450 4.7.1 Greylisted, see http://postgrey.schweikert.ch/help/contoso.com.html | MESSAGE_REFUSED",
                "451 4.7.1 Greylisting in action, please come back later | MESSAGE_REFUSED",
                "450 4.7.1 Service unavailable; try again later | MESSAGE_REFUSED",
                "451 4.7.0 Temporary server error. Please try again later. PRX2 | MESSAGE_REFUSED",
                "451 4.7.24 SPF validation failed | MESSAGE_REFUSED",
                "454 4.7.5 Certificate validation failure | MESSAGE_REFUSED",
                "451 4.5.0 SMTP protocol violation | MESSAGE_REFUSED",
                "452 4.3.1 Insufficient system resources | MESSAGE_REFUSED",
                "451 4.7.650 The mail server has been temporarily rate limited | MAIL_THROTTLED",
                "421 4.7.28 Gmail has detected an unusual rate of mail from you | MAIL_THROTTLED",
                "554 5.2.122 The message was throttled. Suggested Backoff Time: 5000 milliseconds | MAIL_THROTTLED",
                "550 5.7.1 Too many messages, for ever | MESSAGE_REFUSED",
                "550 | MESSAGE_REFUSED",
                "421 | CONNECTION_LOST",
                "451 4.7.500 Server busy. Please try again later | MAIL_THROTTLED",
                "421 4.3.2 Service not active | MAIL_THROTTLED",
                "421 4.4.2 Message submission rate for this client has exceeded the configured limit | MAIL_THROTTLED",
                "554 5.2.2 mailbox full | MAILBOX_FULL",
                "550 5.7.236 Message cannot be delivered | SENDER_LIMIT",
                "550 5.1.8 Access denied, bad outbound sender | SENDER_BLOCKED",
                "552 5.3.4 Message size exceeds fixed maximum message size | MESSAGE_TOO_LARGE",
                "554 Transaction failed | MESSAGE_REFUSED"
            })
    void aRefusedMessage(String reply, DiagnosisCode code) {
        assertThat(ServerReply.of(reply).ofMessage(false)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup | RECIPIENT_REFUSED",
                "501 5.1.3 Invalid address | RECIPIENT_REFUSED",
                "452 4.5.3 Too many recipients | RECIPIENT_REFUSED",
                "450 4.7.1 <a@b.org>: Recipient address rejected: Greylisted | RECIPIENT_REFUSED",
                "450 4.2.0 <a@b.org>: Recipient address rejected: Greylisted | RECIPIENT_REFUSED",
                "450 4.2.1 The user is receiving mail at a message rate that prevents more | RECIPIENT_REFUSED",
                "451 4.1.1 Try again later | RECIPIENT_REFUSED",
                "550 5.1.8 Access denied, bad outbound sender | SENDER_BLOCKED",
                "550 5.7.236 Message cannot be delivered | SENDER_LIMIT",
                "554 5.2.252 SendAsDenied | SEND_AS_DENIED",
                "432 4.3.2 Concurrent connections limit exceeded. | MAIL_THROTTLED",
                "421 4.4.2 Connection dropped | CONNECTION_LOST"
            })
    void aRefusedRecipient(String reply, DiagnosisCode code) {
        assertThat(ServerReply.of(reply).ofMessage(true)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A2 NO Reports doesn't exist. | FOLDER_FAILURE",
                "A2 BAD User is authenticated but not connected. | MAILBOX_NOT_PERMITTED",
                "A2 NO Request is throttled. Suggested Backoff Time: 299904 milliseconds | MAIL_THROTTLED",
                "A2 NO [THROTTLED] Slow down | MAIL_THROTTLED",
                "* BYE Session invalidated - AccessTokenExpired | CONNECTION_LOST",
                "* BYE Jakarta Mail Exception: java.net.SocketTimeoutException: Read timed out | MAIL_SERVER_TIMEOUT",
                "A1 NO [UNAVAILABLE] Try again later | MAIL_SERVER_UNAVAILABLE",
                "A1 NO Server Unavailable. 15 | MAIL_SERVER_UNAVAILABLE",
                "A1 NO [INUSE] The mailbox is locked | MAIL_SERVER_UNAVAILABLE",
                "STAT command failed: [SYS/TEMP] Server Unavailable. 21 | MAIL_SERVER_UNAVAILABLE",
                "STAT command failed: [IN-USE] The mailbox is locked | MAIL_SERVER_UNAVAILABLE",
                "A1 NO [NONEXISTENT] Unknown Mailbox: Temporary (Failure) | FOLDER_FAILURE",
                "A1 NO Mailbox doesn't exist: Unavailable | FOLDER_FAILURE",
                "A1 NO [NOPERM] Access to Unavailable denied | FOLDER_FAILURE",
                "'' | FOLDER_FAILURE"
            })
    void aRefusedFolder(String reply, DiagnosisCode code) {
        assertThat(ServerReply.of(reply).ofFolder()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"554 5.7.1 Your address is on a block list", "A1 NO something new", "502 Not implemented"})
    void whatIsNoRefusedLoginAndSaysNothingKnownIsNotGuessedAt(String reply) {
        assertThat(ServerReply.of(reply).recognised()).isEmpty();
    }

    @Test
    void aReplyOfSeveralLinesIsReadAsOne() {
        ServerReply reply = ServerReply.of("550-5.7.60 Client does not have\r\n550 5.7.60 permissions\r\n");
        assertThat(reply.code()).isEqualTo(550);
        assertThat(reply.status()).isEqualTo("5.7.60");
        assertThat(reply.text()).isEqualTo("550-5.7.60 Client does not have 550 5.7.60 permissions");
    }

    @Test
    void aReplyWithoutAnEnhancedStatusHasItsCodeAlone() {
        ServerReply reply = ServerReply.of("550 mailbox unavailable 5.7.60");
        assertThat(reply.code()).isEqualTo(550);
        assertThat(reply.status()).isEmpty();
        assertThat(reply.ofMessage(false)).isEqualTo(DiagnosisCode.MESSAGE_REFUSED);
    }

    @Test
    void whatIsNoReplyHasNoCode() {
        assertThat(ServerReply.of(null)).isEqualTo(new ServerReply(-1, "", ""));
        assertThat(ServerReply.of("250 2.0.0 OK").code()).isEqualTo(250);
        assertThat(ServerReply.of("Could not connect").code()).isEqualTo(-1);
    }

    @Test
    void aChallengeThatIsNoBase64IsLeftAsItIs() {
        assertThat(ServerReply.of("334 eyabc").text()).isEqualTo("334 eyabc");
    }

    @Test
    void aChallengeThatAsksForTheResponseIsNoRefusal() {
        assertThat(ServerReply.refusesByChallenge("334 \r\n")).isFalse();
        assertThat(ServerReply.refusesByChallenge("334 UGFzc3dvcmQ6\r\n")).isFalse();
        assertThat(ServerReply.refusesByChallenge("334 eyJzdGF0dXMiOiI0MDAifQ==\r\n"))
                .isTrue();
    }

    @Test
    void onlyAnOrderlyRefusalLeavesTheConnectionIntact() {
        assertThat(ServerReply.of("550 5.1.10 not found").connectionIntact()).isTrue();
        assertThat(ServerReply.of("421 4.3.2 Service not available").connectionIntact())
                .isFalse();
        assertThat(ServerReply.of("530 5.7.57 Client not authenticated").connectionIntact())
                .isFalse();
        assertThat(ServerReply.of("[EOF]").connectionIntact()).isFalse();
        assertThat(ServerReply.of("").connectionIntact()).isFalse();
    }
}
