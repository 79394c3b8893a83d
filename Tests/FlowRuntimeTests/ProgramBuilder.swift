import FlowProgram
import FlowRuntime

/// Programs by hand: operations by index, pieces from plain XML.
struct ProgramBuilder {
    var channel = Channel.voice
    var languages = [Program.Language(tag: "en-US", voice: nil)]
    var config: [Program.ConfigItem] = []
    var parameters: [Program.Parameter] = []
    var variables: [Program.Variable] = []
    var states: [Program.State] = []
    var statics: [StaticPiece] = []
    var operations: [Operation] = []
    var errorHandler: Int?
    var handlers: [Program.Handler] = []
    var expires = 14_400
    /// Besides those that set, fetch or log.
    var stops: Set<Int> = []

    /// A piece of XML, whose text has as many units as it has UTF-16 units without entities.
    mutating func xml(_ text: String) -> Piece {
        let plain = text.replacing("&amp;", with: "&").replacing("&lt;", with: "<")
        statics.append(StaticPiece(xml: text, units: plain.utf16.count))
        return .fixed(statics.count - 1)
    }

    mutating func text(_ text: String) -> Rendering { Rendering([xml(text)]) }

    mutating func say(_ text: String) -> Rendering { Rendering([xml("<Say>\(text)</Say>")]) }

    /// A verb with an action around a text.
    mutating func verb(_ name: String, _ inside: String = "") -> Rendering {
        Rendering([xml("<\(name) action=\""), .action, xml("\">\(inside)</\(name)>")])
    }

    /// A gather that leads one step on when it is answered with a digit.
    mutating func gather(
        _ prompt: String, attempts: Int = 1, noInput: [String] = [], noMatch: [String] = [],
        choices: [ChoicePattern] = [], input: InputForm? = nil, into: Int? = nil, next: Int = 0,
        otherwise: Int
    ) -> Operation {
        let isVoice = channel == .voice
        return .gather(
            Gather(
                prompt: isVoice ? verb("Gather", prompt) : text(prompt), attempts: attempts,
                noInput: noInput.map { say($0) }, noMatch: noMatch.map { isVoice ? say($0) : text($0) },
                choices: choices, input: input, into: into, next: next, otherwise: otherwise))
    }

    mutating func variable(_ name: String, _ type: ValueType = .text, initial: Value? = nil) -> Int {
        variables.append(Program.Variable(name: name, type: type, initial: initial))
        return variables.count - 1
    }

    mutating func program(flow: String = "test") -> Program {
        let apology = channel == .voice ? say("Sorry.") : text("Sorry.")
        let pardon = channel == .voice ? say("Pardon.") : nil
        var program = Program(
            flow: flow, channel: channel, languages: languages, timezone: nil, config: config,
            parameters: parameters, variables: variables, hours: [],
            states: states.isEmpty ? [Program.State(name: "start", entry: 0)] : states,
            operations: operations, statics: statics, entry: 0, errorHandler: errorHandler,
            handlers: handlers, apology: apology, expires: expires,
            stopsSilentWay: operations.indices.map { stops.contains($0) || operations[$0].hasEffect })
        program.pardon = pardon
        return program
    }
}

extension Operation {
    fileprivate var hasEffect: Bool {
        switch self {
        case .set, .setLanguage, .fetch, .send, .log: true
        default: false
        }
    }
}

func keys(_ keys: String..., to target: Int) -> ChoicePattern {
    ChoicePattern(keys: keys, phrases: [], target: target)
}

func phrases(_ phrases: String..., to target: Int) -> ChoicePattern {
    ChoicePattern(keys: [], phrases: [phrases], target: target)
}

func hole(_ variable: Int, _ form: Hole.Form = .written) -> Piece {
    .hole(Hole(expression: .variable(variable), form: form))
}
