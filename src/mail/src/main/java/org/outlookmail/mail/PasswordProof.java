package org.outlookmail.mail;

import java.util.Map;
import org.outlookmail.DiagnosisCode;

/** A password: always at hand, and there is no other. */
final class PasswordProof implements Proof {

    private final Authentication.Password password;

    PasswordProof(Authentication.Password password) {
        this.password = password;
    }

    @Override
    public String user() {
        return password.userName();
    }

    @Override
    public String fetch() {
        return password.password().reveal();
    }

    @Override
    public DiagnosisCode whenRefused() {
        return DiagnosisCode.PASSWORD_REFUSED;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("userName", password.userName());
    }
}
