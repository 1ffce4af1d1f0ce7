package org.outlookmail.connector.config;

import static org.outlookmail.configuration.Property.MAIL_PROPERTIES;
import static org.outlookmail.configuration.Property.SMTP_HELLO_NAME;
import static org.outlookmail.configuration.Property.TRANSPORT;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.outlookmail.configuration.PropertyReader;
import org.outlookmail.mail.MailAccount;
import org.outlookmail.mail.configuration.AccountReader;
import org.outlookmail.mail.wire.HelloName;

/**
 * Reads the property {@code mailProperties}, which holds further properties of Angus Mail.
 *
 * <p>Thread rule: one use, one thread.
 */
final class MailPropertiesReader {

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.@-]{1,254}");
    private static final Pattern PAGE = Pattern.compile("[1-9]\\d{0,2}|1000");
    private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,5}|[12]\\d{6}");

    private final PropertyReader reader;

    MailPropertiesReader(PropertyReader reader) {
        this.reader = reader;
    }

    /** Modifiable; unusable if problems were found. */
    Map<String, String> mailProperties() {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : reader.text(MAIL_PROPERTIES).orElse("").split("[;\\n]", -1)) {
            int equals = pair.indexOf('=');
            if (pair.isBlank()) {
                continue;
            }
            if (equals < 0 || !pair.strip().startsWith("mail.")) {
                reader.problem(MAIL_PROPERTIES, "has \"" + pair.strip() + "\": each part must be mail.key=value");
                continue;
            }
            String name = pair.substring(0, equals).strip();
            if (MailAccount.reserved(name)) {
                reader.problem(MAIL_PROPERTIES, "has " + name + ", which is the adapter's own to set: remove it");
            } else if (pairs.put(name, pair.substring(equals + 1).strip()) != null) {
                reader.problem(MAIL_PROPERTIES, "has " + name + " twice");
            }
        }
        helloName(pairs);
        pairs.forEach(this::localAddress);
        graph(pairs);
        return pairs;
    }

    /** Angus Mail has a property for it, which an administrator may have set before there was one here. */
    private void helloName(Map<String, String> pairs) {
        String angus = "mail." + reader.choice(TRANSPORT) + ".localhost";
        Optional<String> name = reader.text(SMTP_HELLO_NAME);
        String present = pairs.get(angus);
        if (present == null) {
            return;
        }
        if (name.isPresent() && !present.equals(name.get())) {
            reader.problem(
                    SMTP_HELLO_NAME,
                    "is \"" + name.get() + "\", and mailProperties has another " + angus + ": remove that");
        } else if (!HelloName.valid(present)) {
            reader.problem(MAIL_PROPERTIES, "has " + angus + "=" + present + ": it " + AccountReader.HELLO_RULE);
        }
    }

    private void graph(Map<String, String> pairs) {
        matching(
                pairs,
                MailAccount.GRAPH_USER,
                USER,
                "must be the object id or the user principal name of the mailbox's user");
        matching(pairs, "mail.graph.pagesize", PAGE, "must be a number from 1 to 1000");
        matching(pairs, "mail.graph.maxmimesize", SIZE, "must be a number of octets from 1 to 2999999");
    }

    private void matching(Map<String, String> pairs, String name, Pattern pattern, String rule) {
        String value = pairs.get(name);
        if (value != null && !pattern.matcher(value).matches()) {
            reader.problem(MAIL_PROPERTIES, "has " + name + "=" + value + ": it " + rule);
        }
    }

    private void localAddress(String property, String value) {
        if (property.endsWith(".localaddress")
                && !PropertyReader.HOST.matcher(value).matches()) {
            reader.problem(
                    MAIL_PROPERTIES, "has " + property + "=" + value + ": it must be an address of this machine");
        }
    }
}
