package org.outlookmail.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Microsoft's own Graph client for JavaScript, against the box. */
@Tag("unit")
class GraphClientNodeTest {
    private static final String MAILBOX = "orders@contoso.com";

    @Test
    void aClientThatNobodyHereWroteSendsListsReadsAndUploads() throws Exception {
        try (Sandbox box = Sandbox.builder().randomPorts().start()) {
            ForeignProgram node =
                    Npm.with("@microsoft/microsoft-graph-client@3.0.7", Path.of("target", "graph-client"), box);
            String base = box.graphUrl().toString().replace("v1.0", "");
            ForeignProgram.Ended ended = node.run(
                    "node",
                    node.bring("/graph/graph-client.mjs"),
                    base,
                    box.issueToken(Map.of(
                            "aud", "https://graph.microsoft.com", "roles", List.of("Mail.Send", "Mail.ReadWrite"))),
                    MAILBOX);
            assertThat(ended.code()).as(ended.errors()).isZero();
            JsonNode told = new ObjectMapper().readTree(ended.output());

            assertThat(told.path("subjects"))
                    .extracting(JsonNode::asText)
                    .containsExactlyInAnyOrder("Mail 1", "Mail 2", "Mail 3", "Mail 4", "Mail 5");
            assertThat(told.path("attachment").toString()).isEqualTo("[{\"name\":\"large.txt\",\"octets\":1500000}]");
            assertThat(told.path("mime").asBoolean()).isTrue();
            assertThat(told.path("error").path("statusCode").asInt()).isEqualTo(404);
            assertThat(told.path("error").path("code").asText()).isEqualTo("ErrorItemNotFound");
            assertThat(box.messages(MAILBOX)).hasSize(6);
        }
    }
}
