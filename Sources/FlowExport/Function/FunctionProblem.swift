import FlowProgram

/// Why a flow can't be a Function: the reason, at an operation.
public struct FunctionProblem: Error, Sendable, Hashable {
    /// An index into the programs that were to be exported.
    public var program: Int
    /// An index into the program's operations.
    public var operation: Int
    public var reason: Reason

    public enum Reason: Sendable, Hashable {
        /// What is to be remembered here can take so many characters.
        case sessionTooLarge(characters: Int, variables: [String])
        /// A secret would be carried by the URL or the cookie.
        case secretKept(String)
        /// A fetch with its tries may take so many milliseconds.
        case fetchTooSlow(Int)
        /// A text's fetches from here to its answer may take so many milliseconds together; a call's are put into several turns.
        case fetchesTooSlow(Int)
        /// The interpreter doesn't know it, or a Function has no place for it: `send`, `sides`, `on: hangup` …
        case unknown(String)
    }
}

/// Looks for what a Function can't do.
func functionProblems(of program: Program, at index: Int, _ live: LiveVariables) -> [FunctionProblem] {
    var problems = InterpreterVocabulary.unknownParts(of: program).map {
        FunctionProblem(program: index, operation: $0.operation, reason: .unknown($0.name))
    }
    let answerTime = AnswerTime(of: program, within: .max / 2).milliseconds
    for operation in program.operations.indices {
        func report(_ reason: FunctionProblem.Reason) {
            problems.append(FunctionProblem(program: index, operation: operation, reason: reason))
        }
        if let name = InterpreterVocabulary.unknownName(in: program.operations[operation]) {
            report(.unknown(name))
        }
        if case .fetch(let fetch) = program.operations[operation] {
            let milliseconds = fetch.worstCase
            if milliseconds > FunctionBounds.fetchMilliseconds {
                report(.fetchTooSlow(milliseconds))
            } else if program.channel == .sms, answerTime[operation] > FunctionBounds.fetchMilliseconds {
                report(.fetchesTooSlow(answerTime[operation]))
            }
        }
        guard program.mayStop(at: operation) else { continue }
        var kept = live.atOperation[operation]
        // Where a verb is passed by, its document holds what came of it, too.
        if case .connect(let connect) = program.operations[operation], connect.mayGoOn {
            kept = Set(kept).union(live.atOperation[connect.otherwise]).sorted()
        }
        for variable in kept where program.variables[variable].type.holdsSecret {
            report(.secretKept(program.variables[variable].name))
        }
        let characters = SealedSize.most(of: program, keeping: kept)
        guard characters > SealedSize.bound else { continue }
        let largest = kept.sorted {
            SealedSize.most(program.variables[$0].type) > SealedSize.most(program.variables[$1].type)
        }
        report(
            .sessionTooLarge(
                characters: characters,
                variables: largest.prefix(3).map {
                    "\(program.variables[$0].name) (\(program.variables[$0].type.display))"
                }))
    }
    return problems.uniqued
}

extension Program {
    /// Where a session may have to be kept. A document of more than 64,000 bytes is split anywhere; then the bound is looked at
    /// when it happens.
    fileprivate func mayStop(at operation: Int) -> Bool {
        if operations[operation].isWait { return true }
        if channel == .voice, case .fetch = operations[operation] { return true }
        return false
    }
}

extension ValueType {
    fileprivate var holdsSecret: Bool {
        switch self {
        case .secret: true
        case .optional(let inner), .list(let inner, _): inner.holdsSecret
        case .record(let record): record.fields.contains { $0.type.holdsSecret }
        default: false
        }
    }
}

extension [FunctionProblem] {
    /// A secret or a large variable is told of once, at the first step that keeps it.
    fileprivate var uniqued: [FunctionProblem] {
        var seen: Set<FunctionProblem> = []
        return filter { problem in
            var key = problem
            switch problem.reason {
            case .sessionTooLarge(_, let variables):
                key.reason = .sessionTooLarge(characters: 0, variables: variables)
            case .secretKept: break
            case .fetchTooSlow, .fetchesTooSlow, .unknown: return true
            }
            key.operation = 0
            return seen.insert(key).inserted
        }
    }
}
