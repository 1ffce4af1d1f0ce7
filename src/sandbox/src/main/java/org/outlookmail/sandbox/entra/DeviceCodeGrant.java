package org.outlookmail.sandbox.entra;

import java.util.Set;
import org.outlookmail.sandbox.SandboxSettings;

/**
 * A user's token after the user has signed in elsewhere (RFC 8628). Microsoft's own libraries name the grant without the
 * prefix that the RFC has.
 */
final class DeviceCodeGrant implements Grant {
    private final ClientProof clients;
    private final Users users;
    private final UserTokens tokens;
    private final DeviceCodes codes;

    DeviceCodeGrant(ClientProof clients, Users users, UserTokens tokens, DeviceCodes codes) {
        this.clients = clients;
        this.users = users;
        this.tokens = tokens;
        this.codes = codes;
    }

    @Override
    public Set<String> types() {
        return Set.of("urn:ietf:params:oauth:grant-type:device_code", "device_code");
    }

    @Override
    public Issued issue(TokenRequest request) throws EntraRefusedException {
        SandboxSettings.Client client = clients.any(request);
        String deviceCode = request.required("device_code");
        String scope = codes.scope(deviceCode);
        UserTokens.Wish wish = UserTokens.Wish.of(request, scope);
        return tokens.first(client, users.user(codes.poll(deviceCode, client.id())), wish);
    }
}
