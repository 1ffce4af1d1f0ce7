/**
 * Entra, and two providers beside it. A token request passes through {@code EntraServer} (paths), {@code TokenEndpoint}
 * (faults, counting), {@code TokenRequest} (parameters) and a {@code Grant}: {@code ClientCredentialsGrant},
 * {@code PasswordGrant}, {@code RefreshTokenGrant} with the {@code RefreshTokenBook}, {@code DeviceCodeGrant} with the
 * {@code DeviceCodes} that {@code DeviceEndpoint} hands out, or {@code GoogleGrant} with its {@code ServiceAccount}.
 * {@code ClientProof} decides whether the client is who it says, {@code Directory} knows tenant, clients and permissions,
 * {@code Users} the users, {@code UserTokens} and {@code TokenIssuer} make the JWT; {@code EntraRefusedException} carries an
 * {@code EntraError} back. Later the mail protocols ask {@code TokenCheck}. {@code Entra} holds it all, {@code EntraAdmin}
 * changes it, {@code KeyDocument} publishes the key, {@code TokenCounters} count.
 */
package org.outlookmail.sandbox.entra;
