package org.outlookmail.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.outlookmail.secret.Secret;

/** What is sealed opens in its place with its key, and in no other case. */
@Tag("unit")
class EntryCipherTest {

    private static final String TEXT = "eyJ-a-token-that-nobody-may-see";

    private static final EntryCipher CIPHER = new EntryCipher(Secret.of("passphrase"), "salt");

    @Test
    void whatIsSealedOpensWithTheSamePassphraseOnAnotherNode() {
        EntryCipher other = new EntryCipher(Secret.of("passphrase"), "salt");

        assertThat(other.open("name", CIPHER.seal("name", TEXT))).contains(TEXT);
        assertThat(other.name("text")).isEqualTo(CIPHER.name("text"));
    }

    @Test
    void whatIsSealedDoesNotShowTheText() {
        String hidden = CIPHER.seal("name", TEXT);

        assertThat(hidden).doesNotContain(TEXT);
        assertThat(new String(Base64.getDecoder().decode(hidden), StandardCharsets.ISO_8859_1))
                .doesNotContain("eyJ");
    }

    @Test
    void theSameTextIsSealedDifferentlyEachTime() {
        assertThat(CIPHER.seal("name", TEXT)).isNotEqualTo(CIPHER.seal("name", TEXT));
    }

    @Test
    void anEntryOfAnotherKeyDoesNotOpen() {
        assertThat(new EntryCipher(Secret.of("another"), "salt").open("name", CIPHER.seal("name", TEXT)))
                .isEmpty();
        assertThat(new EntryCipher(Secret.of("passphrase"), "pepper").open("name", CIPHER.seal("name", TEXT)))
                .isEmpty();
    }

    @Test
    void anEntryMovedToAnotherNameDoesNotOpen() {
        assertThat(CIPHER.open("elsewhere", CIPHER.seal("name", TEXT))).isEmpty();
    }

    @Test
    void anEntryAlteredInAnyByteDoesNotOpen() {
        byte[] sealed = Base64.getDecoder().decode(CIPHER.seal("name", TEXT));
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThat(CIPHER.open("name", Base64.getEncoder().encodeToString(altered)))
                    .as("byte %d", i)
                    .isEmpty();
        }
    }

    @Test
    void whatWasNeverSealedDoesNotOpen() {
        assertThat(CIPHER.open("name", "")).isEmpty();
        assertThat(CIPHER.open("name", "AQ==")).isEmpty();
        assertThat(CIPHER.open("name", "no base64 at all!")).isEmpty();
        assertThat(CIPHER.open(
                        "name",
                        Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4})))
                .isEmpty();
    }

    @Test
    void aNameTellsNothingAndDependsOnTheKey() {
        String name = CIPHER.name("the-tenant-id");

        assertThat(name).doesNotContain("tenant").hasSize(43);
        assertThat(name).isNotEqualTo(CIPHER.name("another-tenant-id"));
        assertThat(name).isNotEqualTo(new EntryCipher(Secret.of("another"), "salt").name("the-tenant-id"));
    }
}
