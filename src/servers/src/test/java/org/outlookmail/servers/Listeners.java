package org.outlookmail.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a process and its descendants listen, TCP and UDP, as Linux tells it: proc_pid_net(5) has the sockets of all
 * processes, the links in /proc/(pid)/fd say which of them are a process's own.
 */
final class Listeners {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENS = "0A";
    /** Of UDP: bound, and to no partner. */
    private static final String UNCONNECTED = "07";

    private Listeners() {}

    /** Whether this system tells it. */
    static boolean told() {
        return Files.isReadable(PROC.resolve("self/net/tcp"));
    }

    static List<InetSocketAddress> of(ProcessHandle root) throws IOException {
        List<InetSocketAddress> all = new ArrayList<>();
        for (ProcessHandle each :
                Stream.concat(Stream.of(root), root.descendants()).toList()) {
            Path process = PROC.resolve(Long.toString(each.pid()));
            Set<String> own = sockets(process.resolve("fd"));
            all.addAll(listeners(process.resolve("net/tcp"), LISTENS, own));
            all.addAll(listeners(process.resolve("net/tcp6"), LISTENS, own));
            all.addAll(listeners(process.resolve("net/udp"), UNCONNECTED, own));
            all.addAll(listeners(process.resolve("net/udp6"), UNCONNECTED, own));
        }
        return all;
    }

    /** The inodes of the sockets among the open files. */
    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                try {
                    String target = Files.readSymbolicLink(link).toString();
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.substring("socket:[".length(), target.length() - 1));
                    }
                } catch (NoSuchFileException closed) {
                    // since the folder was listed
                }
            }
        }
        return inodes;
    }

    /** Those of a table that are in that state and whose inode is among {@code own}. */
    static List<InetSocketAddress> listeners(Path table, String state, Set<String> own) throws IOException {
        List<InetSocketAddress> found = new ArrayList<>();
        if (Files.exists(table)) { // without IPv6 there is no tcp6
            for (String line : Files.readAllLines(table)) {
                // sl local_address rem_address st tx:rx tr:tm->when retrnsmt uid timeout inode
                String[] fields = line.strip().split("\\s+", -1);
                if (fields[3].equals(state) && own.contains(fields[9])) {
                    found.add(address(fields[1]));
                }
            }
        }
        return found;
    }

    /** {@code 0100007F:1F90} is 127.0.0.1:8080: words of four bytes in the machine's order, and the port. */
    private static InetSocketAddress address(String text) throws UnknownHostException {
        String[] parts = text.split(":", -1);
        byte[] words = HexFormat.of().parseHex(parts[0]);
        byte[] address = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            address[i] = words[ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? i ^ 3 : i];
        }
        return new InetSocketAddress(InetAddress.getByAddress(address), Integer.parseInt(parts[1], 16));
    }
}
