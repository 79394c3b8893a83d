package import FlowProgram

/// A program as the machine runs it: what every turn would make anew of it, made once.
package final class ExecutableProgram: Sendable {
    package let program: Program
    /// Of the program's content, 32 bytes.
    package let hash: [UInt8]
    /// The statics' bytes, one after another.
    let staticBytes: [UInt8]
    /// Where static i begins, and at the end where the last one ends.
    let staticStarts: [Int]
    let initialVariables: [Value]
    /// The flow's name in a URL.
    let flowBytes: [UInt8]
    /// Operations that a turn may take.
    let operationBound: Int
    /// Sms: by operation, the segments of a message with a bound of its own.
    private let segmentLimits: [Int: Int]
    /// For each operation the seconds that the answer to its request may take.
    private let answerSeconds: [UInt8]
    /// For each variable and each config item: it is never logged.
    let secretVariables: [Bool]
    /// Somewhere it looks at who answered a call.
    let readsWhoAnswered: Bool
    /// A handler may read variables after the conversation's end.
    let keepsVariables: Bool
    let secretConfig: [Bool]
    /// Params of the flow whose values are never shown.
    let secretParameters: [String]

    package init(_ program: Program, hash: [UInt8]) {
        self.program = program
        self.hash = hash
        var bytes: [UInt8] = []
        var starts = [0]
        starts.reserveCapacity(program.statics.count + 1)
        for piece in program.statics {
            bytes.append(contentsOf: piece.xml.utf8)
            starts.append(bytes.count)
        }
        staticBytes = bytes
        staticStarts = starts
        initialVariables = program.variables.map { $0.initial ?? Value.none }
        flowBytes = Array(percentEncoded(program.flow).utf8)
        operationBound = program.operations.count + Limits.operationsPastProgram
        keepsVariables = program.handlers.contains { $0.event != .expired }
        var readsWhoAnswered = false
        for operation in program.operations {
            operation.forEachExpression { if $0.readsWhoAnswered { readsWhoAnswered = true } }
        }
        self.readsWhoAnswered = readsWhoAnswered
        segmentLimits = Dictionary(
            (program.segmentLimits ?? []).map { ($0.operation, max(1, $0.segments)) }, uniquingKeysWith: min)
        answerSeconds = AnswerTime(of: program, within: Limits.fetchMillisecondsPerTurn).milliseconds.map {
            $0 > 0
                ? UInt8(clamping: ($0 + 999) / 1_000 + Limits.secondsBesidesFetches)
                : UInt8(Limits.secondsWithoutFetch)
        }
        secretVariables = program.variables.map { $0.type.isSecret }
        secretConfig = program.config.map { $0.type.isSecret }
        secretParameters = program.parameters.filter { $0.type.isSecret }.map(\.name)
    }

    /// The segments that a message with the text of an operation may have; nil: as many as the provider takes.
    func maxSegments(at operation: Int) -> Int? {
        (segmentLimits.isEmpty ? nil : segmentLimits[operation]) ?? program.maxSegments.map { max(1, $0) }
    }

    /// How long the provider waits for the answer to a request of an operation: its own fetches and two seconds more, so that
    /// a process that hangs leaves time for another try (see `Conversation.overrides`).
    func answerSeconds(at operation: Int) -> Int {
        answerSeconds.indices.contains(operation) ? Int(answerSeconds[operation]) : 0
    }

    /// Where static i lies in `staticBytes`; nothing for an index that the program doesn't have.
    func range(ofStatic index: Int) -> Range<Int> {
        guard index >= 0, index + 1 < staticStarts.count else { return 0..<0 }
        return staticStarts[index]..<staticStarts[index + 1]
    }

    /// The name of the state that an operation belongs to.
    package func state(of operation: Int) -> String? {
        var low = 0
        var high = program.states.count
        while low < high {
            let middle = (low + high) / 2
            if program.states[middle].entry <= operation { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? program.states[low - 1].name : nil
    }
}

extension ValueType {
    var isSecret: Bool {
        switch self {
        case .secret: true
        case .optional(let type): type.isSecret
        default: false
        }
    }
}
