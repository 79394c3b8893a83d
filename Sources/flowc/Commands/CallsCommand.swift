import ArgumentParser
import FlowProgram
import FlowRuntime
import FlowServer

struct CallsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls",
        abstract: "List the calls and text conversations in the journal.",
        discussion: """
            The latest first: when it began, channel, flow, the person's number, turns, how it ended and in which state, and \
            its name for `flowc replay`. The journal is opened with FLOWC_STORE_KEY.

            Example: flowc calls --limit 20
            """)

    @OptionGroup var journal: JournalOptions

    @Option(help: "Only those of one flow.")
    var flow: String?

    @Option(help: "How many are looked at, at most.")
    var limit = 50

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @Option(help: "text, or json: an object a line.")
    var format = Format.text

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit goes from 1 to 100000") }
    }

    func run() async throws {
        try await journal.withJournal { store, _ in
            var calls: [ConversationSummary] = []
            for id in try await store.conversations(limit: limit) {
                let entries = try await store.recorded(id)
                if let call = ConversationSummary(id: id, entries, showsNumbers: journal.showNumbers),
                    flow == nil || call.flow == flow
                {
                    calls.append(call)
                }
            }
            let flowWidth = calls.map(\.flow.count).max() ?? 0
            let personWidth = calls.map(\.person.count).max() ?? 0
            for call in calls {
                switch format {
                case .json: Console.print(json(call))
                case .text:
                    Console.print(
                        [
                            Value.datetime(call.began).plainText, padded(call.channel.rawValue, 5),
                            padded(call.flow, flowWidth), padded(call.person, personWidth),
                            padded("\(call.turns) turn\(call.turns == 1 ? "" : "s")", 9), call.id, end(call),
                        ].joined(separator: "  "))
                }
            }
        }
    }

    private func end(_ call: ConversationSummary) -> String {
        (call.outcome?.rawValue ?? "open") + (call.state.map { " in \($0)" } ?? "")
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func json(_ call: ConversationSummary) -> String {
        let texts: [(String, String?)] = [
            ("id", call.id), ("channel", call.channel.rawValue), ("flow", call.flow),
            ("person", call.person), ("began", Value.datetime(call.began).plainText),
            ("last", Value.datetime(call.last).plainText), ("outcome", call.outcome?.rawValue),
            ("state", call.state),
        ]
        let members = texts.map { name, text in
            "\"\(name)\":" + (text.map { "\"\(jsonEscaped($0))\"" } ?? "null")
        }
        return "{\(members.joined(separator: ",")),\"turns\":\(call.turns)}"
    }
}
