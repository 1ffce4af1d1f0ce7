package org.outlookmail.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outlookmail.DiagnosisCode;

/** An address is told to a server as it is, with its domain as DNS has it, or not at all. */
@Tag("unit")
class EnvelopeAddressTest {

    @ParameterizedTest
    @CsvSource({
        "Bob@Example.COM, Bob@Example.COM",
        "bob+tag@example.com, bob+tag@example.com",
        "user%other.org@relay.example.com, user%other.org@relay.example.com",
        "\"two words\"@example.com, \"two words\"@example.com",
        "\"a@b\"@example.com, \"a@b\"@example.com",
        "\"a\\\"b\"@example.com, \"a\\\"b\"@example.com",
        "bob@localhost, bob@localhost",
        "bob@[127.0.0.1], bob@[127.0.0.1]",
        "bob@[IPv6:2001:db8::1], bob@[IPv6:2001:db8::1]",
        "bob@xn--mnchen-3ya.de, bob@xn--mnchen-3ya.de",
        "bob@münchen.de, bob@xn--mnchen-3ya.de",
        "bob@MÜNCHEN.de, bob@xn--mnchen-3ya.de",
        "bob@mu\u0308nchen.de, bob@xn--mnchen-3ya.de",
        "bob@例え.テスト, bob@xn--r8jz45g.xn--zckzah",
        "łob@example.com, łob@example.com",
        "łob@münchen.de, łob@xn--mnchen-3ya.de"
    })
    void anAddressIsToldAsItIsWithItsDomainInALabels(String text, String told) throws Exception {
        assertThat(EnvelopeAddress.of(text)).hasToString(told);
    }

    @Test
    void onlyALocalPartBeyondAsciiNeedsSmtpUtf8() throws Exception {
        assertThat(EnvelopeAddress.of("łob@example.com").needsUtf8()).isTrue();
        assertThat(EnvelopeAddress.of("\"ł b\"@example.com").needsUtf8()).isTrue();
        assertThat(EnvelopeAddress.of("bob@münchen.de").needsUtf8()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bob",
                "@example.com",
                "bob@",
                "bob@example.com.",
                "bob@.example.com",
                "bob@example..com",
                "bob@-example.com",
                "bob@my_host.example.com",
                ".bob@example.com",
                "bob.@example.com",
                "b..ob@example.com",
                "a@b@example.com",
                "bob @example.com",
                " bob@example.com",
                "bob@example.com ",
                "<bob@example.com>",
                "<bob@example.com> ORCPT=rfc822;x@evil.org",
                "bob@example.com> NOTIFY=NEVER",
                "Bob <bob@example.com>",
                "bob@example.com (Bob)",
                "bob(comment)@example.com",
                "bob@example.com,eve@example.org",
                "Team: bob@example.com;",
                "@relay.example.org:bob@example.com",
                "bob@example.com\r\nRCPT TO:<eve@example.org>",
                "bob@example.com\n",
                "bob\u0000@example.com",
                "\"a\nb\"@example.com",
                "\"unfinished@example.com",
                "bob@[999.1.1.1]",
                "bob@[example.com]",
                "bob\u00a0@example.com",
                "bob\u200b@example.com",
                "bob\u202e@example.com",
                "bob\ud800@example.com",
                "bob\u0085@example.com"
            })
    void whatIsNoAddressIsRefused(String text) {
        UnsendableException refused = catchThrowableOfType(UnsendableException.class, () -> EnvelopeAddress.of(text));
        assertThat(refused).as(text).isNotNull();
        assertThat(refused.code()).isEqualTo(DiagnosisCode.MESSAGE_INCOMPLETE);
        assertThat(refused.getRef()).isEqualTo(text);
    }

    /** IDNA 2003 would make another domain of each of them, which IDNA 2008 and its registries keep apart. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob@straße.de",
                "bob@βόλος.com",
                "bob@ｅxample.com",
                "bob@example。com",
                "bob@example．com",
                "bob@\u212aontoso.com",
                "bob@conto\u017fo.com",
                "bob@ﬁrma.de",
                "bob@a\u0301-.example",
                "bob@mÃ¼nchen.de",
                "jÃ¶rg@example.com"
            })
    void aDomainThatCouldBeTakenForAnotherIsRefusedAndNotMapped(String text) {
        UnsendableException refused = catchThrowableOfType(UnsendableException.class, () -> EnvelopeAddress.of(text));
        assertThat(refused).as(text).isNotNull();
        assertThat(refused.code()).isEqualTo(DiagnosisCode.ADDRESS_NOT_TRANSMISSIBLE);
        assertThat(refused.getRef()).isEqualTo(text);
    }

    @Test
    void anAddressThatIsTooLongIsRefused() {
        for (String text : new String[] {
            "bob@" + "a".repeat(64) + ".com", "bob@" + "a.".repeat(130) + "com", "b".repeat(500) + "@example.com"
        }) {
            assertThat(catchThrowableOfType(UnsendableException.class, () -> EnvelopeAddress.of(text)))
                    .isNotNull();
        }
    }

    /** A web form takes what it gets; the JDK's patterns would need the whole stack for some of it. */
    @Test
    void anAddressOfAMillionLettersIsRefusedLikeAnyOther() {
        for (String text : new String[] {
            "a.".repeat(500_000) + "a@example.com",
            '"' + "ab".repeat(500_000) + "\"@example.com",
            "a@" + "b.".repeat(500_000) + "com",
            "a@" + "\u00fc.".repeat(500_000) + "com"
        }) {
            assertThat(catchThrowableOfType(UnsendableException.class, () -> EnvelopeAddress.of(text)))
                    .hasMessage("it is too long");
        }
    }
}
