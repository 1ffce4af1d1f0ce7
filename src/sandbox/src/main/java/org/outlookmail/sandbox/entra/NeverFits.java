package org.outlookmail.sandbox.entra;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;

/** Stands for a key of another kind than the signature's. */
final class NeverFits implements JWSVerifier {
    private final JCAContext context = new JCAContext();

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) {
        return false;
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of();
    }

    @Override
    public JCAContext getJCAContext() {
        return context;
    }
}
