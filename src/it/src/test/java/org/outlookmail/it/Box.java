package org.outlookmail.it;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.naming.NamingException;

/** The sandbox's control API, as a test inside the server sees it. */
final class Box {

    /** A JSON Web Token; what is merely encrypted has no dot, and now and then the letters before it. */
    static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.eyJ");

    private final String url;

    private Box(String url) {
        this.url = url;
    }

    static Box inServer() throws NamingException {
        return new Box(Jndi.lookup("it/controlUrl", String.class));
    }

    /** A figure of GET /state, such as {@code /entra/tokenRequests}. */
    long count(String pointer) throws IOException {
        try (InputStream in = open("/state", "GET").getInputStream();
                JsonReader reader = Json.createReader(in)) {
            JsonObject state = reader.readObject();
            return state.containsKey(pointer.substring(1, pointer.indexOf('/', 1)))
                    ? ((JsonNumber) Json.createPointer(pointer).getValue(state)).longValueExact()
                    : 0;
        }
    }

    void reset() throws IOException {
        post("/reset", "");
    }

    void fault(String json) throws IOException {
        post("/faults", json);
    }

    /** A user enters the code that a program shows. */
    void signIn(String userCode, String user) throws IOException {
        post("/signin", "{\"userCode\":\"" + userCode + "\",\"user\":\"" + user + "\"}");
    }

    private void post(String path, String body) throws IOException {
        HttpURLConnection connection = open(path, "POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        if (connection.getResponseCode() >= 300) {
            throw new IOException("the sandbox answered " + connection.getResponseCode() + " to " + path);
        }
        connection.disconnect();
    }

    private HttpURLConnection open(String path, String method) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url + path).toURL().openConnection();
        connection.setConnectTimeout(5000);
        connection.setReadTimeout(10000);
        connection.setRequestMethod(method);
        return connection;
    }
}
