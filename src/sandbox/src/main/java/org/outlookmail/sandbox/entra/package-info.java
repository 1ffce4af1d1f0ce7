/**
 * Entra. A token request passes through {@code EntraServer} (paths), {@code TokenEndpoint} (faults, counting),
 * {@code TokenRequest} (parameters), {@code Grant} and {@code ClientCredentialsGrant} (the flow), {@code Directory} (tenant,
 * clients, permissions) and {@code TokenIssuer} (the JWT); {@code EntraRefusedException} carries an {@code EntraError} back.
 * Later the mail protocols ask {@code TokenCheck}. {@code Entra} holds it all, {@code KeyDocument} publishes the key,
 * {@code TokenCounters} count.
 */
package org.outlookmail.sandbox.entra;
