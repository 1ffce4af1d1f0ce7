package org.outlookmail.sandbox.mailstore;

import com.icegreen.greenmail.store.FolderListener;
import com.icegreen.greenmail.store.MailFolder;
import jakarta.mail.Flags;

/**
 * Tells of every change in a folder until it is closed. The callback runs on the thread that makes the change, inside
 * GreenMail's locks: it must hand over and return.
 */
public final class FolderWatch implements AutoCloseable {
    private final MailFolder folder;
    private final FolderListener listener;

    FolderWatch(MailFolder folder, Runnable changed) {
        this.folder = folder;
        this.listener = new FolderListener() {
            @Override
            public void added(int number) {
                changed.run();
            }

            @Override
            public void expunged(int number) {
                changed.run();
            }

            @Override
            public void flagsUpdated(int number, Flags flags, Long uid) {
                changed.run();
            }

            @Override
            public void mailboxDeleted() {
                changed.run();
            }
        };
        folder.addListener(listener);
    }

    @Override
    public void close() {
        folder.removeListener(listener);
    }
}
