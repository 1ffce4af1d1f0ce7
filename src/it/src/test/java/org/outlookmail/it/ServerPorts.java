package org.outlookmail.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Free ports of 127.0.0.1 by name, no two the same. Immutable. */
record ServerPorts(Map<String, Integer> numbers) {

    static ServerPorts choose(String... names) throws IOException {
        Map<String, Integer> numbers = new TreeMap<>();
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (String name : names) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                numbers.put(name, socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
        return new ServerPorts(Map.copyOf(numbers));
    }

    int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("no port " + name + " among " + numbers.keySet());
        }
        return number;
    }

    List<Integer> of(String... names) {
        return Stream.of(names).map(this::number).toList();
    }
}
