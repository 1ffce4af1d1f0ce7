package org.outlookmail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class MailboxAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "noreply@contoso.com",
                "Anne.O'Neill+orders=1@Sales.Contoso.com",
                "a@b",
                "_x@localhost",
                "info@xn--mnchen-3ya.de",
                "1@1.example"
            })
    void anAddressIsRead(String text) {
        assertThat(MailboxAddress.of(text)).get().hasToString(text.toLowerCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "contoso.com",
                "@contoso.com",
                "orders@",
                "evil@evil.org@contoso.com",
                "x\u0001user=orders@contoso.com\u0001@sales.contoso.com",
                "orders\u0000@contoso.com",
                "orders@contoso.com\r\n",
                "orders@contoso.com\n",
                "orders@\u0085contoso.com",
                "orders @contoso.com",
                " orders@contoso.com",
                "\"orders\"@contoso.com",
                "\"evil@evil.org\"@contoso.com",
                "orders@[127.0.0.1]",
                "<orders@contoso.com>",
                "orders@contoso.com>",
                "orders@contoso.com,evil@evil.org",
                "a:orders@contoso.com;",
                "orders(comment)@contoso.com",
                ".orders@contoso.com",
                "orders.@contoso.com",
                "or..ders@contoso.com",
                "orders@.contoso.com",
                "orders@contoso.com.",
                "orders@contoso..com",
                "orders@-contoso.com",
                "orders@contoso-.com",
                "orders@con_toso.com",
                // Other case: k of the Kelvin sign, i with a combining dot of the Turkish I, s of the long s.
                "\u212aate@contoso.com",
                "\u0130nfo@contoso.com",
                "info@conto\u017fo.com",
                "info@m\u00fcnchen.de",
                // Looks like an @, or like a dot, in full width.
                "orders\uff20contoso.com",
                "orders@contoso\uff0ecom"
            })
    void whatIsNoAddressIsNone(String text) {
        assertThat(MailboxAddress.of(text)).isEmpty();
        assertThat(MailboxAddress.isAddress(text)).isFalse();
    }

    @Test
    void nothingIsNone() {
        assertThat(MailboxAddress.of(null)).isEmpty();
    }

    @Test
    void anAddressLongerThanTheProtocolAllowsIsNone() {
        assertThat(MailboxAddress.isAddress("a".repeat(64) + "@contoso.com")).isTrue();
        assertThat(MailboxAddress.isAddress("a".repeat(65) + "@contoso.com")).isFalse();
        assertThat(MailboxAddress.isAddress("a@" + "b".repeat(63) + ".com")).isTrue();
        assertThat(MailboxAddress.isAddress("a@" + "b".repeat(64) + ".com")).isFalse();
        assertThat(MailboxAddress.isAddress("a@" + "b.".repeat(125) + "bc")).isTrue();
        assertThat(MailboxAddress.isAddress("a@" + "b.".repeat(125) + "bcd")).isFalse();
        assertThat(MailboxAddress.isAddress("a@" + "b".repeat(1_000_000))).isFalse();
    }

    @Test
    void twoSpellingsOfOneMailboxAreEqual() {
        assertThat(MailboxAddress.of("Orders@CONTOSO.com")).isEqualTo(MailboxAddress.of("orders@contoso.com"));
    }
}
