package org.outlookmail.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outlookmail.testkit.DelegatedCalls.others;
import static org.outlookmail.testkit.DelegatedCalls.reasons;

import jakarta.mail.Store;
import jakarta.mail.Transport;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every public method of what an application gets from Jakarta Mail is ours, or stands here with the reason why it need not
 * be: a new version of Jakarta Mail or Angus Mail that has more of them fails here.
 */
@Tag("unit")
class CompleteDelegationTest {

    private static final String LISTENERS = "Jakarta Mail keeps the listeners; what happens is told to it";
    private static final String CALLS_OURS = "does nothing but call one of ours";

    @Test
    void ofAStore() throws Exception {
        Map<String, String> reasons = reasons(
                "connect(); connect(String, String); connect(String, String, String)",
                CALLS_OURS,
                "addFolderListener(FolderListener); removeFolderListener(FolderListener); addStoreListener(StoreListener);"
                        + " removeStoreListener(StoreListener); removeConnectionListener(ConnectionListener)",
                LISTENERS,
                "getURLName(); toString()",
                "the URL that was set when it was connected");
        Class<?> plain = Class.forName("org.outlookmail.providers.ImapStore");
        assertThat(others(plain, Store.class)).isEqualTo(reasons.keySet());
    }

    @Test
    void ofATransport() throws Exception {
        Map<String, String> reasons = reasons(
                "connect(); connect(String, String); connect(String, String, String)",
                CALLS_OURS,
                "addTransportListener(TransportListener); removeTransportListener(TransportListener);"
                        + " addConnectionListener(ConnectionListener); removeConnectionListener(ConnectionListener)",
                LISTENERS,
                "isConnected()",
                "whether connect came last, or close; the next message logs in anew if it must",
                "getURLName(); toString()",
                "the URL that was set when it was connected");
        Class<?> plain = Class.forName("org.outlookmail.providers.SmtpTransport");
        assertThat(others(plain, Transport.class)).isEqualTo(reasons.keySet());
    }
}
