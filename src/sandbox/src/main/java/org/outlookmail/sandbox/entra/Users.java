package org.outlookmail.sandbox.entra;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.outlookmail.sandbox.SandboxSettings;

/** The tenant's users and their passwords. Safe for any thread. */
final class Users {
    private final Map<String, SandboxSettings.User> users = new ConcurrentHashMap<>();

    Users(Iterable<SandboxSettings.User> declared) {
        declared.forEach(user -> users.put(user.upn().toLowerCase(Locale.ROOT), user));
    }

    /** The user of that name whose sign-in nothing forbids. */
    SandboxSettings.User user(String upn) throws EntraRefusedException {
        SandboxSettings.User user = users.get(upn.toLowerCase(Locale.ROOT));
        if (user == null) {
            throw new EntraRefusedException(EntraError.userUnknown(upn));
        }
        if (!user.refusal().isEmpty()) {
            throw new EntraRefusedException(EntraError.userRefused(user.refusal()));
        }
        return user;
    }

    /** The same, by the password. */
    SandboxSettings.User user(String upn, String password) throws EntraRefusedException {
        SandboxSettings.User user = users.get(upn.toLowerCase(Locale.ROOT));
        boolean matches = user != null
                && MessageDigest.isEqual(
                        password.getBytes(StandardCharsets.UTF_8),
                        user.password().getBytes(StandardCharsets.UTF_8));
        if (user != null && !matches) {
            throw new EntraRefusedException(EntraError.passwordWrong());
        }
        return user(upn);
    }
}
