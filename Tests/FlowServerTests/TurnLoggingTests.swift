import FlowRuntime
import FlowServer
import Logging
import Testing

@Suite struct TurnLoggingTests {
    @Test(arguments: [
        ("Ann Lee", "Ann Lee"), ("Zoë \"Z\" \\ 😀", "Zoë \"Z\" \\ 😀"),
        ("a\nerror flowc: fault", "a\\nerror flowc: fault"), ("a\r\nb\tc", "a\\r\\nb\\tc"),
        ("\u{1B}[2J", "\\u{1B}[2J"), ("a\u{85}b\u{2028}c", "a\\u{0085}b\\u{2028}c"),
    ])
    func `what a flow logs can't begin another line`(value: String, shown: String) {
        let entry = LogEntry(fields: [LogEntry.Field(name: "said", value: value)])
        #expect(entry.metadata == ["said": .string(shown)])
    }
}
