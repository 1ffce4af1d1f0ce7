package org.outlookmail.demo;

import java.nio.file.Path;
import org.outlookmail.sandbox.Sandbox;

/**
 * What an administrator would write into {@code configDropins/overrides} for a tenant of their own; here for the one in the
 * box. Immutable.
 *
 * @param sandbox the box
 * @param mailbox the address of both connection factories
 * @param httpPort where the server listens
 * @param trustStore a file that {@link Sandbox#writeTrustStore} wrote
 */
public record SandboxOverrides(Sandbox sandbox, String mailbox, int httpPort, Path trustStore) {

    /**
     * The file's text.
     *
     * @param further elements to add; perhaps empty
     */
    public String xml(String further) {
        return """
                <server>
                  <variable name="outlookmail.tenantId" value="%s"/>
                  <variable name="outlookmail.clientId" value="%s"/>
                  <variable name="outlookmail.clientSecret" value="%s"/>
                  <variable name="outlookmail.mailbox" value="%s"/>
                  <variable name="outlookmail.authority" value="%s"/>
                  <variable name="outlookmail.smtpHost" value="localhost"/>
                  <variable name="outlookmail.smtpPort" value="%d"/>
                  <variable name="outlookmail.storeHost" value="localhost"/>
                  <variable name="outlookmail.storePort" value="%d"/>
                  <variable name="outlookmail.graphEndpoint" value="%s"/>
                  <variable name="http.port" value="%d"/>
                  <keyStore id="defaultTrustStore" location="%s" type="PKCS12" password="sandbox"/>
                  <ssl id="defaultSSLConfig" keyStoreRef="defaultKeyStore" trustStoreRef="defaultTrustStore" trustDefaultCerts="true"/>
                  %s
                </server>
                """.formatted(
                        sandbox.tenantId(),
                        sandbox.clientId(),
                        sandbox.clientSecret(),
                        mailbox,
                        sandbox.entraUrl(),
                        sandbox.smtpPort(),
                        sandbox.imapsPort(),
                        sandbox.graphUrl().resolve("/"), // without its version
                        httpPort,
                        trustStore,
                        further);
    }
}
