import BenchmarkSupport
import FlowProgram
import FlowRuntime

/// A turn of the menu flow against a hand-written switch that builds the same documents.
@main
struct TurnBenchmark {
    static func main() throws {
        let call = try MenuCall()
        try call.checkDocuments()
        let ways: [(name: String, play: (MenuCall) -> Int)] = [
            ("hand-written switch", { $0.playByHand() }),
            ("machine: session in, document out", { $0.playMachine() }),
            ("machine, session read and written as a row", { $0.playMachineWithRows() }),
            ("Conversation.answerNow, memory sessions", { $0.playConversation() }),
        ]
        let calls = 2_000
        let times = try ways.map { name, play in
            var bytes = 0
            let seconds = fastest(of: 20) { for _ in 0..<calls { bytes += play(call) } }
            guard bytes > 0 else { throw Different(turn: 0) }
            return (name: name, seconds: seconds / Double(calls * MenuCall.keys.count))
        }
        let base = times[0].seconds
        print("a turn", String(repeating: " ", count: 40), "ns   ratio")
        for time in times {
            print(
                time.name, String(repeating: " ", count: 44 - time.name.utf8.count),
                column(time.seconds * 1e9, 4), column(time.seconds / base, 7))
        }
    }
}
