package org.outlookmail.cluster.durable;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Refresh tokens in one small text file, an entry a line: name, blank, sealed text. It is replaced as a whole, so a server
 * that dies while it writes leaves the old one; several servers may share it in one folder.
 *
 * <p>Thread rule: free for any thread. It holds nothing open.
 */
public final class FileStore implements DurableStore {

    private static final Logger LOG = System.getLogger(FileStore.class.getName());

    private static final String HEAD = "# Refresh tokens of the Outlook Mail Connector, encrypted with tokenCacheKey.";

    /** Another server writes for some milliseconds only. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long POLL_MILLIS = 20;

    private final Path file;

    /**
     * @param file need not exist yet; its folder must. Not null
     */
    public FileStore(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public Optional<String> load(String name) throws IOException {
        return Optional.ofNullable(read().get(name));
    }

    @Override
    public boolean replace(String name, Optional<String> old, String text) throws IOException {
        return locked(() -> {
            Map<String, String> entries = read();
            if (!Optional.ofNullable(entries.put(name, text)).equals(old)) {
                return false;
            }
            write(entries);
            return true;
        });
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                int blank = line.indexOf(' ');
                if (blank < 1) {
                    throw damaged("it has a line that is no entry");
                }
                entries.put(line.substring(0, blank), line.substring(blank + 1));
            }
        } catch (NoSuchFileException notYet) {
            LOG.log(Level.DEBUG, () -> "no store yet: " + file);
        } catch (CharacterCodingException noText) {
            throw damaged("it is no text");
        }
        return entries;
    }

    /** It is left as it is: whoever overwrote it would lose what can perhaps be saved. */
    private IOException damaged(String how) {
        return new IOException("tokenStoreFile " + file + " is damaged, " + how
                + ": put a copy in its place, or move it away and sign in again");
    }

    private void write(Map<String, String> entries) throws IOException {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        entries.forEach(
                (name, value) -> text.append(name).append(' ').append(value).append('\n'));
        Path fresh = Files.createTempFile(folder(), "tokens", ".new", onlyForUs());
        boolean done = false;
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(fresh);
            }
        }
    }

    private Path folder() throws IOException {
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("tokenStoreFile names " + file
                    + ", whose folder does not exist: create it, writable for" + " the server");
        }
        return folder;
    }

    private static FileAttribute<?>[] onlyForUs() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Something done to the file. */
    @FunctionalInterface
    private interface Deed {
        boolean run() throws IOException;
    }

    /** A file of its own beside it is locked, because the store itself is replaced. */
    private synchronized boolean locked(Deed deed) throws IOException {
        Path beside = folder().resolve(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (!lock.isValid()) {
                throw new IOException("the lock " + beside + " was lost");
            }
            return deed.run();
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        long started = System.nanoTime();
        while (System.nanoTime() - started < PATIENCE.toNanos()) {
            FileLock lock = tried(channel);
            if (lock != null) {
                return lock;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while another server writes " + file, interrupted);
            }
        }
        throw new IOException("another server has been writing " + file + " for " + PATIENCE.toSeconds() + " seconds");
    }

    /** Null if somebody else has it: another process, or another adapter of this JVM, which the JDK tells by throwing. */
    private static FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException inThisJvm) {
            return null;
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
