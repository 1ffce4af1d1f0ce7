package org.outlookmail.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outlookmail.testkit.TestBox.NOREPLY;
import static org.outlookmail.testkit.TestBox.subject;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.event.FolderAdapter;
import jakarta.mail.event.FolderEvent;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.event.StoreEvent;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.outlookmail.sandbox.FaultPlan;
import org.outlookmail.sandbox.Sandbox;
import org.outlookmail.testkit.Failures;
import org.outlookmail.testkit.TestBox;

/** Whoever listens to a store or a folder hears what happens, with his own objects as the source. */
@Tag("unit")
@ExtendWith(TestBox.class)
class FolderListenersTest {

    private final Sandbox box = TestBox.box();
    private final List<Object> heard = new CopyOnWriteArrayList<>();
    private Store store;

    @BeforeEach
    void connect() throws Exception {
        Session session = new KalistoSession(box).session();
        store = session.getStore("imap");
    }

    @AfterEach
    void disconnect() throws Exception {
        store.close();
    }

    private void hears(Object... events) {
        await().untilAsserted(() -> assertThat(heard).containsExactly(events));
    }

    @Test
    void foldersThatAreMadeRenamedAndDeletedAreToldByTheStore() throws Exception {
        store.connect();
        store.addFolderListener(new FolderAdapter() {
            @Override
            public void folderCreated(FolderEvent event) {
                heard.add("created " + event.getFolder().getFullName());
                heard.add(event.getSource());
            }

            @Override
            public void folderRenamed(FolderEvent event) {
                heard.add("renamed to " + event.getNewFolder().getFullName());
                heard.add(event.getFolder());
            }

            @Override
            public void folderDeleted(FolderEvent event) {
                heard.add("deleted");
                heard.add(event.getFolder());
            }
        });
        String name = "Folder " + UUID.randomUUID();
        Folder folder = store.getFolder(name);
        Folder renamed = store.getFolder(name + " B");
        assertThat(folder.create(Folder.HOLDS_MESSAGES)).isTrue();
        assertThat(folder.renameTo(renamed)).isTrue();
        assertThat(renamed.delete(false)).isTrue();
        hears("created " + name, store, "renamed to " + name + " B", folder, "deleted", renamed);
    }

    @Test
    void anAlertOfTheServerIsToldByTheStore() throws Exception {
        store.addStoreListener(event -> {
            if (event.getMessageType() == StoreEvent.ALERT) {
                heard.add(event.getMessage());
                heard.add(event.getSource());
            }
        });
        store.connect();
        box.faults(new FaultPlan().imap("NOOP", "reply", "* OK [ALERT] The mailbox is nearly full.\nOK done", -1));
        Folder inbox = store.getFolder("INBOX");
        inbox.open(Folder.READ_ONLY);
        inbox.close();
        box.faults(new FaultPlan().imap("STATUS", "reply", "NO [ALERT] The mailbox is full.", 1));
        Failures.failureOf(() -> store.getFolder("INBOX").getMessageCount());
        hears("The mailbox is full.", store);
    }

    @Test
    void mailThatComesAndGoesIsToldByTheFolder() throws Exception {
        store.connect();
        Folder inbox = store.getFolder("INBOX");
        inbox.addMessageCountListener(new MessageCountAdapter() {
            @Override
            public void messagesAdded(MessageCountEvent event) {
                heard.add("added");
                heard.add(event.getSource());
                heard.add(event.getMessages()[0].getFolder());
            }

            @Override
            public void messagesRemoved(MessageCountEvent event) {
                heard.add("removed");
                heard.add(event.getSource());
            }
        });
        inbox.open(Folder.READ_WRITE);
        int before = inbox.getMessageCount();
        new KalistoSession(box).send(subject(), NOREPLY);
        await().until(() -> inbox.getMessageCount() > before);
        hears("added", inbox, inbox);
        Message message = inbox.getMessage(inbox.getMessageCount());
        message.setFlag(Flags.Flag.DELETED, true);
        inbox.expunge();
        hears("added", inbox, inbox, "removed", inbox);
        inbox.close(false);
    }

    @Test
    void aFolderKeepsItsListenersWhenItIsOpenedOverAnotherLogin() throws Exception {
        store.connect();
        Folder inbox = store.getFolder("INBOX");
        inbox.addMessageChangedListener(event -> heard.add(event.getMessage().getFolder()));
        new KalistoSession(box).send(subject(), NOREPLY);
        inbox.open(Folder.READ_WRITE);
        inbox.close(false);
        box.faults(new FaultPlan().dropConnections("imap"));
        inbox.open(Folder.READ_WRITE);
        inbox.getMessage(inbox.getMessageCount()).setFlag(Flags.Flag.FLAGGED, true);
        hears(inbox);
        inbox.close(false);
    }
}
