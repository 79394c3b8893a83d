import FlowLang
import FlowProgram
import TwiML

/// A text message is paid by its segments: where a flow bounds them, this finds messages that may need more and would be cut.
///
/// What is said between two waits is one message, so that all texts on the way are added up, in each language.
@Sendable func messageCost(_ proof: Proof) -> [Diagnostic] {
    let graph = proof.graph
    let program = graph.program
    guard program.channel == .sms, program.maxSegments != nil || program.segmentLimits != nil else {
        return []
    }
    let own = Dictionary(
        (program.segmentLimits ?? []).map { ($0.operation, $0.segments) }, uniquingKeysWith: min)
    var finder = CircleFinder(graph)
    let components = finder.components(among: graph.reached) { !graph.isWait(graph.edges[$0].source) }
    return program.languages.indices.flatMap { language in
        MessageSums(graph, language, own).tooLong(along: components.reversed())
    }
}

/// What texts come to at most.
struct MessageBound: Hashable {
    /// Septets, as far as it is GSM-7.
    var septets = 0
    /// UTF-16 units.
    var units = 0
    var mayBeUCS2 = false

    var segments: Int {
        mayBeUCS2
            ? MessageSegments.Encoding.ucs2.segments(ofAtMost: units)
            : MessageSegments.Encoding.gsm7.segments(ofAtMost: septets)
    }

    /// The larger in every respect.
    func joined(with other: MessageBound) -> MessageBound {
        MessageBound(
            septets: max(septets, other.septets), units: max(units, other.units),
            mayBeUCS2: mayBeUCS2 || other.mayBeUCS2)
    }

    /// With another text on a line of its own.
    func followed(by other: MessageBound) -> MessageBound {
        guard units > 0, other.units > 0 else { return joined(with: other) }
        return MessageBound(
            septets: septets + 1 + other.septets, units: units + 1 + other.units,
            mayBeUCS2: mayBeUCS2 || other.mayBeUCS2)
    }

    mutating func add(text: String) {
        for scalar in text.unicodeScalars {
            units += scalar.utf16.count
            if let width = GSM7.width(of: scalar) { septets += width } else { mayBeUCS2 = true }
        }
    }

    mutating func add(_ hole: Hole) {
        let (scalars, isPlain) = hole.type.written
        let count = min(scalars, hole.limit)
        septets += count * (isPlain ? 1 : 2)
        units += count * (isPlain ? 1 : 2)
        if !isPlain { mayBeUCS2 = true }
    }
}

extension Program {
    /// What a rendering of a text conversation comes to at most.
    func bound(of rendering: Rendering, in language: Int) -> MessageBound {
        var bound = MessageBound()
        func add(_ piece: Piece) {
            switch piece {
            case .fixed(let index):
                if statics.indices.contains(index) {
                    bound.add(text: unescapedText(Array(statics[index].xml.utf8)))
                }
            case .hole(let hole): bound.add(hole)
            case .element(_, let content, _): content.forEach(add)
            case .action, .side, .callback: break
            }
        }
        rendering.pieces(in: language).forEach(add)
        return bound
    }
}

extension ValueType {
    /// Scalars of a value as it is written at most, and whether each is one of GSM-7's table in one septet.
    fileprivate var written: (scalars: Int, isPlain: Bool) {
        switch self {
        case .digits(let range): (range.upperBound, true)
        // "+1 (555) 555-0100"
        case .phone: (32, true)
        case .words(let words):
            (
                words.map(\.unicodeScalars.count).max() ?? 0,
                words.allSatisfy { $0.unicodeScalars.allSatisfy { GSM7.width(of: $0) == 1 } }
            )
        case .bool: (8, false)
        case .integer, .number: (40, false)
        case .date, .time, .datetime, .duration, .money: (100, false)
        default: (scalarLimit ?? Self.maxTextLimit, false)
        }
    }
}

private struct MessageSums {
    private let graph: FlowGraph
    private let language: Int
    /// Bounds by operation.
    private let own: [Int: Int]
    private var sums: [MessageBound]
    private var limits: [Int?]

    init(_ graph: FlowGraph, _ language: Int, _ own: [Int: Int]) {
        self.graph = graph
        self.language = language
        self.own = own
        sums = Array(repeating: MessageBound(), count: graph.program.operations.count)
        limits = Array(repeating: nil, count: sums.count)
    }

    /// - Parameter components: each before those that it leads to.
    func tooLong(along components: [CircleFinder.Component]) -> [Diagnostic] {
        var copy = self
        return components.flatMap { copy.pass($0) }
    }

    private mutating func pass(_ component: CircleFinder.Component) -> [Diagnostic] {
        var sum = MessageBound()
        var limit: Int?
        for node in component.nodes {
            sum = sum.joined(with: sums[node])
            limit = smaller(limit, limits[node])
        }
        var found: [Diagnostic] = []
        for node in component.nodes {
            var after = sum
            var bound = limit
            switch graph.program.operations[node] {
            case .emit(let rendering):
                after = after.followed(by: graph.program.bound(of: rendering, in: language))
                bound = smaller(bound, own[node] ?? graph.program.maxSegments)
            case .gather(let gather):
                let prompt = graph.program.bound(of: gather.prompt, in: language)
                bound = smaller(bound, own[node] ?? graph.program.maxSegments)
                let again = gather.noMatch.map {
                    graph.program.bound(of: $0, in: language).followed(by: prompt)
                }
                after = again.reduce(after.followed(by: prompt)) { $0.joined(with: $1) }
            default: break
            }
            if let bound, after.segments > bound {
                found.append(
                    CheckMessages.longMessage(
                        after.segments, bound: bound, mayBeUCS2: after.mayBeUCS2, at: graph.linked.spans[node]
                    ))
                // Said once for a way.
                after = MessageBound()
            }
            guard !graph.isWait(node) else { continue }
            for edge in graph.ways(from: node) {
                let target = graph.edges[edge].target
                sums[target] = sums[target].joined(with: after)
                limits[target] = smaller(limits[target], bound)
            }
        }
        return found
    }

    private func smaller(_ one: Int?, _ other: Int?) -> Int? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }
}
