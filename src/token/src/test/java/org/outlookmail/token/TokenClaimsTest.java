package org.outlookmail.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token says of itself, and that a strange one spoils no diagnosis. */
@Tag("unit")
class TokenClaimsTest {

    private static Map<String, String> claims(String payload) {
        return TokenClaims.of("header." + encoded(payload) + ".signature").values();
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theClaimsThatExplainARefusalAreToldInAFixedOrder() {
        assertThat(claims("""
                        {"exp": 1795165200, "tid": "tenant", "name": "not told", "roles": ["SMTP.SendAsApp", "Mail.Send"],
                         "aud": "https://outlook.office365.com", "appid": "client", "upn": "user@contoso.com", "scp": "s"}
                        """))
                .containsExactly(
                        Map.entry("aud", "https://outlook.office365.com"),
                        Map.entry("roles", "[SMTP.SendAsApp, Mail.Send]"),
                        Map.entry("scp", "s"),
                        Map.entry("tid", "tenant"),
                        Map.entry("appid", "client"),
                        Map.entry("upn", "user@contoso.com"),
                        Map.entry("exp", "2026-11-20T09:00:00Z"));
    }

    @Test
    void theEndIsReadable() {
        assertThat(claims("{\"exp\":1795165200}")).containsEntry("exp", "2026-11-20T09:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "-9223372036854775808", "\"soon\""})
    void anEndThatIsNoMomentIsToldAsItStands(String exp) {
        assertThat(claims("{\"exp\":" + exp + "}")).containsEntry("exp", exp.replace("\"", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b", "a.b.c.d", "a.!!!.c", "..", "EwB4A8l6BAAURSN"})
    void anOpaqueTokenTellsNothing(String token) {
        assertThat(TokenClaims.of(token).values()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "17", "\"text\"", "{\"aud\":", "{\"aud\":null}", "not json", "{}"})
    void aPayloadThatHoldsNoClaimsTellsNothing(String payload) {
        assertThat(claims(payload)).isEmpty();
    }

    @Test
    void theMapIsACopyThatNobodyChanges() {
        Map<String, String> source = new HashMap<>(Map.of("aud", "a"));
        TokenClaims claims = new TokenClaims(source);
        source.clear();

        assertThat(claims.values()).containsEntry("aud", "a");
        assertThatThrownBy(() -> claims.values().put("tid", "t")).isInstanceOf(UnsupportedOperationException.class);
    }
}
