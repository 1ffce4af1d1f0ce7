package org.outlookmail.sandbox.entra;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.outlookmail.sandbox.wire.Http;

/** The HTML that a user sees. Whatever comes from outside is escaped here and nowhere else. Stateless. */
final class SignInPage {
    private static final String PAGE = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in to the sandbox</title>
            <body style="font: 16px sans-serif; max-width: 30em; margin: 3em auto">
            <h1>Sign in</h1><p>%s</p>
            %s</body></html>
            """;

    /** Without an action: the page posts to the address it was got from, with all that stands there. */
    private static final String FORM = """
            <form method="post">%s<p><label>User<br><input name="user" value="%s"></label></p>
            <p><label>Password<br><input name="password" type="password"></label></p>
            <p><button name="do" value="sign-in">Sign in</button> <button name="do" value="decline">Decline</button></p>
            </form>
            """;

    private static final String CODE = """
            <p><label>Code<br><input name="code" autofocus required></label></p>
            """;

    private static final String POSTING = """
            <form method="post" action="%s">%s<p><button>Go on</button></p></form>
            <script>document.forms[0].submit()</script>
            """;

    private SignInPage() {}

    /** Asks for a device code, a user and a password. */
    static String withCode(String said) {
        return PAGE.formatted(escaped(said), FORM.formatted(CODE, ""));
    }

    /** Asks for a user and a password. */
    static String withUser(String said, String user) {
        return PAGE.formatted(escaped(said), FORM.formatted("", escaped(user)));
    }

    /** Only says something. */
    static String saying(String said) {
        return PAGE.formatted(escaped(said), "");
    }

    /** Posts these fields to {@code address} by itself. */
    static String posting(String address, Map<String, String> fields) {
        String inputs = fields.entrySet().stream()
                .map(field -> "<input type=\"hidden\" name=\"" + escaped(field.getKey()) + "\" value=\""
                        + escaped(field.getValue()) + "\">")
                .collect(Collectors.joining());
        return PAGE.formatted("Back to the program.", POSTING.formatted(escaped(address), inputs));
    }

    /** Sends a page; no other may put it into a frame, where its reader would take it for theirs. */
    static void send(HttpExchange exchange, int status, String page) throws IOException {
        // No Referrer-Policy: with no-referrer browsers post "Origin: null", which is a stranger's.
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Frame-Options", "DENY");
        Http.answer(exchange, status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
