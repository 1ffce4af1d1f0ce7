package org.outlookmail.sandbox.entra;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a client asks for on behalf of a user: one resource, permissions there, and what OpenID Connect adds. Immutable.
 *
 * @param resource Graph, if nothing but OpenID Connect's own scopes is asked for, as Entra has it
 * @param permissions may be empty then
 * @param openId openid, profile, email, offline_access, as far as asked for; sorted
 */
record UserScope(String resource, List<String> permissions, Set<String> openId) {
    /** The scopes that name no resource; Microsoft's own libraries send three of them with every request. */
    static final Set<String> OPENID = Set.of("openid", "profile", "offline_access", "email");

    /** RFC 6749, 3.3. */
    private static final String TOKEN = "[\\x21\\x23-\\x5B\\x5D-\\x7E]+";

    private static final String PERMISSION = "[A-Za-z][A-Za-z0-9.]*";

    /** Reads what was sent. */
    static UserScope parse(String scope) throws EntraRefusedException {
        String resource = "";
        List<String> permissions = new ArrayList<>();
        Set<String> openId = new TreeSet<>();
        for (String part : List.of(scope.trim().split(" +", -1))) {
            if (OPENID.contains(part)) {
                openId.add(part);
                continue;
            }
            int end = part.lastIndexOf('/');
            // A permission without a resource is one of Graph's.
            String of = end < 0 ? Directory.GRAPH : withoutSlash(part.substring(0, end));
            boolean known = part.matches(TOKEN) && (end >= 0 || part.matches(PERMISSION));
            if (!known || !(resource.isEmpty() || resource.equals(of))) {
                throw new EntraRefusedException(EntraError.scopeMalformed(scope));
            }
            resource = of;
            permissions.add(part.substring(end + 1));
        }
        if (resource.isEmpty() && openId.equals(Set.of("offline_access"))) {
            throw new EntraRefusedException(EntraError.scopeMalformed(scope));
        }
        return new UserScope(resource.isEmpty() ? Directory.GRAPH : resource, List.copyOf(permissions), openId);
    }

    /** A resource with a trailing slash is asked for with two of them, and means the same here. */
    static String withoutSlash(String resource) {
        return resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
    }

    /** Whether this of OpenID Connect's scopes is among them. */
    boolean has(String scope) {
        return openId.contains(scope);
    }
}
