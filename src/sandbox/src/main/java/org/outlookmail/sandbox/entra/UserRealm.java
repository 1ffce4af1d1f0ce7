package org.outlookmail.sandbox.entra;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.outlookmail.sandbox.SandboxSettings;

/**
 * Tells who checks a user's password: Entra itself for each domain of the box. Microsoft's libraries ask before they send
 * one. Immutable.
 */
final class UserRealm {
    private final ObjectMapper mapper = new ObjectMapper();
    private final Set<String> domains;

    /** The domains of the users and mailboxes that the box starts with. */
    UserRealm(SandboxSettings settings) {
        domains = Stream.concat(
                        settings.delegation().users().stream().map(SandboxSettings.User::upn),
                        settings.mailboxes().stream().map(SandboxSettings.Mailbox::address))
                .map(UserRealm::domain)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Entra tells of the domain and not whether there is such a user. */
    String json(String upn) {
        String domain = domain(upn);
        boolean managed = domains.contains(domain);
        ObjectNode realm = mapper.createObjectNode();
        realm.put("ver", "1.0");
        realm.put("account_type", managed ? "Managed" : "Unknown");
        if (managed) {
            realm.put("domain_name", domain);
        }
        realm.put("cloud_instance_name", "microsoftonline.com");
        realm.put("cloud_audience_urn", "urn:federation:MicrosoftOnline");
        return realm.toString();
    }

    private static String domain(String upn) {
        return upn.substring(upn.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
